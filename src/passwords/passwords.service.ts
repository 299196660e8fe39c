import { Injectable, Logger } from '@nestjs/common';
import { digestOf } from '../common/digest.js';
import { Config } from '../config/config.js';
import { PasswordUnacceptable } from '../password-policy/password-policy.errors.js';
import { isTooLong, MAX_PASSWORD_CHARACTERS } from '../password-policy/password-rules.js';
import { ARGON2_LIMITS } from './argon2.verifier.js';
import { decoyArgon2id, hashArgon2id, isArgon2idOfAtLeast, type Argon2Parameters } from './argon2id.js';
import { HashQueue } from './hash-queue.js';
import { verifiersWithin } from './verifiable-hash.js';
import type { Verifier } from './verifier.js';

/** How many unusable hashes are remembered as reported; beyond that no further one is reported. */
const MOST_REPORTS = 1_000;

/** Makes and checks password hashes. Every hash is computed through the one HashQueue, off the event loop. */
@Injectable()
export class Passwords {
  private readonly logger = new Logger(Passwords.name);
  private readonly parameters: Argon2Parameters;
  private readonly verifiers: readonly Verifier[];
  private readonly decoy: string;
  private readonly reported = new Set<string>();

  constructor(
    config: Config,
    private readonly queue: HashQueue,
  ) {
    this.parameters = config.hashing;
    // The configuration cannot ask for more than these limits, so our own hashes are within them too.
    this.verifiers = verifiersWithin(ARGON2_LIMITS);
    this.decoy = decoyArgon2id(config.hashing);
    if (!isArgon2idOfAtLeast(this.decoy, config.hashing)) {
      throw new Error('HASH_MEMORY_KIB: must be at least 8 times HASH_PARALLELISM');
    }
  }

  /**
   * The argon2id hash of `password` with the configured parameters, as a PHC string.
   * @throws PasswordUnacceptable when it is longer than 1,024 characters: such a hash would never match.
   * @throws Overloaded, or AbortError when `signal` was aborted while waiting.
   */
  async hash(password: string, signal?: AbortSignal): Promise<string> {
    if (isTooLong(password)) {
      throw new PasswordUnacceptable([{ code: 'too-long', params: { max: MAX_PASSWORD_CHARACTERS } }]);
    }
    return this.queue.run(() => hashArgon2id(password, this.parameters), signal);
  }

  /**
   * Tells whether `hash` is of `password`. `isOutdated` speaks of the hash alone: it is not argon2id with
   * at least the configured parameters, so a password that matched should be hashed again.
   *
   * Whatever makes the answer no - no such user, no password (`hash` null), an unusable hash, a password
   * over 1,024 characters, a wrong one - costs at least one hash with the configured parameters, so that
   * the time does not tell which it was (contract 3.4). A foreign hash that is dearer stays dearer.
   * @throws Overloaded, or AbortError when `signal` was aborted while waiting.
   */
  async verify(
    hash: string | null,
    password: string,
    signal?: AbortSignal,
  ): Promise<{ matches: boolean; isOutdated: boolean }> {
    const isOutdated = hash !== null && !isArgon2idOfAtLeast(hash, this.parameters);
    const matches = await this.queue.run(() => this.compare(hash, password, isOutdated), signal);
    return { matches, isOutdated };
  }

  private async compare(hash: string | null, password: string, isOutdated: boolean): Promise<boolean> {
    if (isTooLong(password)) return this.refuse('');
    if (hash === null) return this.refuse(password);
    const verifier = this.verifierOf(hash);
    if (!verifier) {
      this.reportUnusable(hash);
      return this.refuse(password);
    }
    if (!isOutdated) return this.ask(verifier, hash, password);
    // A weaker hash is quicker than the decoy of an unknown user: the decoy beside it hides that.
    const [matches] = await Promise.all([this.ask(verifier, hash, password), this.refuse(password)]);
    return matches;
  }

  /** A hash that cannot be worked out is of no password. */
  private async ask(verifier: Verifier, hash: string, password: string): Promise<boolean> {
    try {
      return await verifier.verify(hash, password);
    } catch {
      this.reportUnusable(hash);
      return false;
    }
  }

  /** Does the work of one verification and answers no. */
  private async refuse(password: string): Promise<false> {
    await this.verifierOf(this.decoy)?.verify(this.decoy, password);
    return false;
  }

  private verifierOf(hash: string): Verifier | undefined {
    return this.verifiers.find((verifier) => verifier.recognises(hash));
  }

  private reportUnusable(hash: string): void {
    const digest = digestOf(hash);
    if (this.reported.has(digest) || this.reported.size >= MOST_REPORTS) return;
    this.reported.add(digest);
    this.logger.warn(
      'A stored password hash is malformed, of an unknown kind, over the limits or cannot be worked out: its user cannot sign in until the password is reset',
    );
  }
}
