import passport from 'passport';
import type { FastifyRequest } from 'fastify';

type Done = (error: unknown, user?: object | false | null) => void;
type Verify = (token: string, request: FastifyRequest, done: Done) => void;

/**
 * A Passport strategy that only takes a token out of a request: absent passes on, present goes to
 * `verify`, whose refusal is final.
 */
export class ExtractingStrategy extends passport.Strategy {
  constructor(
    private readonly extract: (request: FastifyRequest) => string | null,
    private readonly verify: Verify,
  ) {
    super();
  }

  override authenticate(request: unknown): void {
    const source = request as FastifyRequest;
    let token: string | null;
    try {
      token = this.extract(source);
    } catch (error) {
      return this.error(error);
    }
    if (token === null) return this.pass();
    this.verify(token, source, (error, user) => (error || !user ? this.error(error) : this.success(user)));
  }
}
