import { generateSync } from 'otplib';
import { SECOND } from '../../src/common/clock.js';
import { bearer } from './api.js';
import { makePerson, signIn, type Person, type PersonFields } from './declared-people.js';
import type { TestGatehouse } from './gatehouse.js';

const STEP = 30 * SECOND;

/** An authenticator app on somebody's telephone. */
export class AuthenticatorApp {
  constructor(
    private readonly server: TestGatehouse,
    readonly secret: string,
  ) {}

  /** The code of the present step, or of one some steps away. */
  code(steps = 0): string {
    const epoch = Math.floor((this.server.clock.now() + steps * STEP) / SECOND);
    return generateSync({ secret: this.secret, epoch });
  }

  /** A code that has surely not been used: time moves on to its step. */
  freshCode(): string {
    this.server.clock.advance(STEP);
    return this.code();
  }

  /** Six digits that belong to no step around now. */
  wrongCode(): string {
    const near = [-2, -1, 0, 1, 2].map((steps) => this.code(steps));
    const candidates = Array.from({ length: 6 }, (_, n) => String(n).repeat(6));
    return candidates.find((code) => !near.includes(code))!;
  }
}

export interface Enrolled {
  readonly app: AuthenticatorApp;
  readonly recoveryCodes: readonly string[];
}

/** Enrols an authenticator app with a credential that may. */
export async function enrol(server: TestGatehouse, headers: Record<string, string>): Promise<Enrolled> {
  const offer = await server.api.post('/v1/me/factors/totp', undefined, headers);
  if (offer.status !== 201) throw new Error(`No enrolment: ${offer.status}`);
  const app = new AuthenticatorApp(server, offer.body.secret as string);
  const confirmed = await server.api.post('/v1/me/factors/totp/confirm', { code: app.code() }, headers);
  if (confirmed.status !== 200) throw new Error(`Not confirmed: ${confirmed.status}`);
  return { app, recoveryCodes: confirmed.body.recoveryCodes as string[] };
}

export interface Guarded extends Person, Enrolled {
  /** A token of 004 from before the enrolment; it goes on. */
  readonly token: string;
}

/** Somebody with a second factor. */
export async function makeGuarded(server: TestGatehouse, fields: PersonFields): Promise<Guarded> {
  const person = await makePerson(server, fields);
  const token = await signIn(server, person);
  return { ...person, token, ...(await enrol(server, bearer(token))) };
}
