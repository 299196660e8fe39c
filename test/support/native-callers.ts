import type { Level } from '../../src/common/levels.js';
import { RECENT } from '../../src/common/security/access.js';
import type { Caller } from '../native/rights-table.js';
import { logIn } from '../surfaces/gemini/requests.js';
import { browserOf, invite, newVisitor, validate } from '../surfaces/romeo/browsers.js';
import { bearer } from './api.js';
import { keyHeader, makeKey, makeSignedIn, type SignedIn } from './api-keys.js';
import { makeGuarded } from './authenticator.js';
import type { TestGatehouse } from './gatehouse.js';
import { declareClient } from './oauth-clients.js';

export type Headers = Readonly<Record<string, string>>;

/** At least 32 characters, as `MASTER_API_KEY` is. */
export const MASTER_KEY = 'the-master-key-of-the-rights-table-01';

/** Makes callers, each a new person, so that what one of them ends is no other's. */
export class NativeCallers {
  private made = 0;

  constructor(private readonly server: TestGatehouse) {}

  /** What somebody new of this kind sends; a stale one moves the clock. */
  async make(caller: Caller): Promise<Headers> {
    switch (caller) {
      case 'anonymous':
        return {};
      case 'member':
      case 'admin':
        return bearer((await this.person(caller)).token);
      case 'manager':
      case 'superuser':
        return this.browser(caller);
      case 'stale':
        return this.stale();
      case 'key':
        return this.key('superuser');
      case 'member-key':
        return this.key('member');
      case 'profile-app':
        return this.application('admin', 'profile');
      case 'admin-app':
        return this.application('superuser');
      case 'pending':
        return this.pending();
      case 'guest':
        return this.guest();
      case 'service':
        return keyHeader(MASTER_KEY);
    }
  }

  private person(level: Level): Promise<SignedIn> {
    return makeSignedIn(this.server, { email: this.newEmail(), type: 'admin', level });
  }

  private async browser(level: Level): Promise<Headers> {
    const { email, password } = await this.person(level);
    return browserOf(await this.server.api.post('/v1/sessions', { identifier: email, password }));
  }

  private async stale(): Promise<Headers> {
    const { token } = await this.person('superuser');
    this.server.clock.advance(RECENT + 1_000);
    return bearer(token);
  }

  private async key(level: Level): Promise<Headers> {
    return keyHeader((await makeKey(this.server, await this.person(level))).secret);
  }

  private async application(level: Level, scope = 'profile performer venue'): Promise<Headers> {
    await declareClient(this.server);
    const { email } = await this.person(level);
    return bearer((await logIn(this.server, email, { scope })).token);
  }

  private async pending(): Promise<Headers> {
    const guarded = { email: this.newEmail(), type: 'admin', level: 'superuser' } as const;
    const { email, password } = await makeGuarded(this.server, guarded);
    const answer = await this.server.api.post('/api/v1.1/auth/login/', { email, password });
    if (answer.body.is_verified !== false) throw new Error('No second factor was asked for');
    return bearer(answer.body.token as string);
  }

  private async guest(): Promise<Headers> {
    const owner = await newVisitor(this.server, this.newEmail());
    const token = await invite(this.server, owner, (this.made += 1));
    return browserOf(await validate(this.server.api, token));
  }

  private newEmail(): string {
    return `caller-${(this.made += 1)}@rights.example`;
  }
}
