/** What the log may say of an error: never its other properties, which hold queries, bodies and keys. */
export interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

const DEEPEST_CAUSE = 5;

/**
 * Describes a thrown thing for the log. The message of a SyntaxError is withheld: `JSON.parse` quotes
 * the text that it failed on, which may be a body with a password.
 */
export function describeError(thrown: unknown, depth = 0): ErrorDescription {
  if (typeof thrown !== 'object' || thrown === null) return { type: typeof thrown, message: 'not an error' };
  const { name, message, code, stack, cause } = thrown as Record<string, unknown>;
  const isWithheld = name === 'SyntaxError';
  return {
    type: typeof name === 'string' ? name : 'Error',
    message: isWithheld ? '(withheld)' : typeof message === 'string' ? message : '',
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof stack === 'string' ? { stack: isWithheld ? framesOf(stack) : stack } : {}),
    ...(cause !== undefined && depth < DEEPEST_CAUSE ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

function framesOf(stack: string): string {
  const first = stack.search(/^\s+at /m);
  return first === -1 ? '' : stack.slice(first);
}
