import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Actor } from '../common/actor.js';
import { DomainError } from '../common/domain-error.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { ShownCredential } from '../factors/passkey.js';
import { PasskeyProofs } from '../factors/passkey-proofs.service.js';
import { SessionTokens } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
import type { UserRecord } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import { WrongCredentials } from './auth.errors.js';
import { EntryConditions } from './entry-conditions.service.js';
import type { SignedIn } from './sign-in.js';

const SECRET_BYTES = 32;
const SECRET = /^[\w-]{43}$/;

/** What a browser is to be asked with, and what it must show beside the answer. */
export interface AskedBrowser {
  readonly options: PublicKeyCredentialRequestOptionsJSON;
  readonly browser: string;
}

/** A passkey as a browser shows it. */
export interface PasskeySignInRequest {
  readonly surface: string;
  /** What it was given with the options; null when it shows nothing of that. */
  readonly browser: string | null;
  readonly shown: ShownCredential;
  /** The session cookie that came with the request: it ends. */
  readonly previousCookie: string | null;
}

/** Signs in by a passkey alone: who holds the device, and has shown it that he is its owner, is both factors. */
@Injectable()
export class PasskeySignIn {
  constructor(
    private readonly proofs: PasskeyProofs,
    private readonly entry: EntryConditions,
    private readonly users: UsersRepository,
    private readonly tokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Asks for any passkey of this server, of whomever; a browser that was asked before is known by the same secret. */
  async ask(previous: string | null): Promise<AskedBrowser> {
    const isKnown = previous !== null && SECRET.test(previous);
    const browser = isKnown ? previous : randomBytes(SECRET_BYTES).toString('base64url');
    const options = await this.unitOfWork.run((tx) => this.proofs.ask(tx, holderOf(browser)));
    return { options, browser };
  }

  /**
   * Opens a session by a cookie and ends the one that came with the request. Whatever is wrong is refused
   * alike. A passkey taken away, a user blocked or his sessions ended while this runs leave no session
   * behind; of two that race with the same answer one opens one.
   * @throws WrongCredentials
   * Spec: Web Authentication Level 3, 7.2; contract 3.3, 3.4.
   */
  async signIn(
    actor: Actor,
    { surface, browser, shown, previousCookie }: PasskeySignInRequest,
  ): Promise<SignedIn> {
    const known = await this.proofs.find(shown.id);
    const user = known && (await this.users.findById(this.reader, known.userId));
    const proof = browser === null ? null : await this.proofs.look(holderOf(browser), shown, known);
    if (!user || !proof) throw new WrongCredentials();
    this.assertMayEnter(actor, user);
    const token = this.tokens.cookie();
    const opened = await this.unitOfWork.run(async (tx) => {
      const session = { userId: user.id, epoch: user.grantEpoch, surface, description: 'Passkey' };
      const opened = await this.sessions.open(tx, actor, session, token);
      if (!opened || !(await this.proofs.spend(tx, proof))) throw new WrongCredentials();
      if (previousCookie) {
        await this.sessions.endByCookie(tx, actor, previousCookie, 'signed-in-anew', opened.grantId);
      }
      return opened;
    });
    return { user, ...opened, expiresAt: token.expiresAt, awaits: null, trusted: null };
  }

  /** Only who gives his password learns of a state (contract 3.4). */
  private assertMayEnter(actor: Actor, user: UserRecord): void {
    try {
      this.entry.assertMayEnterWithoutPassword(actor, user);
    } catch (error) {
      throw error instanceof DomainError ? new WrongCredentials({}, { cause: error }) : error;
    }
  }
}

const holderOf = (browser: string) => ({ purpose: 'sign-in', secret: browser }) as const;
