import type { Strategy } from 'passport';

/**
 * Runs one Passport strategy and answers what it found: its user, or null when it passed on.
 * Passport's own driver wraps each request in a chain of closures; this one keeps the contract
 * (success, fail, error, pass) and nothing else.
 * @throws what the strategy reports as its error, or as the reason of its failure; `refusal()` when it
 *   fails without one.
 */
export function driveStrategy<User>(
  strategy: Strategy,
  request: object,
  refusal: () => Error,
): Promise<User | null> {
  return new Promise((resolve, reject) => {
    const run = Object.create(strategy, {
      success: { value: (user: User) => resolve(user) },
      pass: { value: () => resolve(null) },
      fail: { value: (reason: unknown) => reject(reason instanceof Error ? reason : refusal()) },
      error: { value: (error: Error) => reject(error) },
    }) as { authenticate(request: object): void };
    run.authenticate(request);
  });
}
