import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, MINUTE } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { KeyRing } from '../secrets/key-ring.js';
import type { Proof, Provider } from './provider.js';
import { Providers } from './providers.service.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';
import { AccessNotGranted, AttemptUnknown } from './social.errors.js';

/** How long a browser may be away, in ms. */
export const ATTEMPT_TTL = 10 * MINUTE;

/** A browser that is sent to a provider. `cookie` ties the way back to it. */
export interface StartedAttempt {
  readonly location: string;
  readonly cookie: { readonly name: string; readonly value: string };
}

/** A browser that has come back, with the cookies that it sent. */
export interface ReturnedBrowser {
  readonly query: URLSearchParams;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly callbackUrl: string;
}

/** What came of an attempt. */
export interface AttemptResult {
  readonly provider: string;
  readonly proof: Proof;
  /** What the page that opened the window wants to be called by. */
  readonly callback: string | null;
}

/** The way of a browser to a provider and back. */
@Injectable()
export class SignInAttempts {
  constructor(
    private readonly providers: Providers,
    private readonly repository: SignInAttemptsRepository,
    private readonly keys: KeyRing,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * An attempt waits ten minutes for its browser, its secret encrypted.
   * @throws ProviderUnknown, ProviderNotConfigured, ProviderUnavailable
   */
  async start(name: string, callbackUrl: string, callback: string | null): Promise<StartedAttempt> {
    const provider = this.providers.get(name);
    const { location, key, secret } = await provider.begin(callbackUrl);
    const digest = digestOf(key);
    const browser = randomBytes(32).toString('base64url');
    await this.unitOfWork.run((tx) =>
      this.repository.insert(tx, {
        digest,
        provider: name,
        browserDigest: digestOf(browser),
        secret: this.keys.seal(secret, placeOf(digest)),
        callback,
        expiresAt: this.clock.now() + ATTEMPT_TTL,
      }),
    );
    return { location, cookie: { name: cookieName(key), value: browser } };
  }

  /** The name of the cookie that a returning browser must show; null when its answer names no attempt. */
  cookieOf(name: string, query: URLSearchParams): string | null {
    const key = this.providers.find(name)?.keyOf(query) ?? null;
    return key === null ? null : cookieName(key);
  }

  /**
   * What a browser brings back. The attempt is over, whatever comes of it; another browser's is left alone.
   * @throws ProviderUnknown, ProviderNotConfigured, AccessNotGranted, AttemptUnknown, ProofRefused,
   *   ProviderUnavailable
   */
  async finish(name: string, returned: ReturnedBrowser): Promise<AttemptResult> {
    const provider = this.providers.get(name);
    const { key, attempt } = await this.take(provider, returned);
    if (provider.isDenied(returned.query)) throw new AccessNotGranted();
    if (!attempt) throw new AttemptUnknown();
    const secret = this.keys.open(attempt.secret, placeOf(digestOf(key)));
    const { query, callbackUrl } = returned;
    const proof = await provider.complete({ key, secret, callbackUrl, query });
    return { provider: name, proof, callback: attempt.callback };
  }

  private async take(provider: Provider, { query, cookies }: ReturnedBrowser) {
    const key = provider.keyOf(query) ?? '';
    const browser = cookies[cookieName(key)];
    if (key === '' || !browser) return { key, attempt: null };
    const attempt = await this.unitOfWork.run((tx) =>
      this.repository.consume(tx, {
        digest: digestOf(key),
        provider: provider.name,
        browserDigest: digestOf(browser),
        now: this.clock.now(),
      }),
    );
    return { key, attempt };
  }
}

/** One cookie an attempt: two windows of a browser do not disturb each other. */
function cookieName(key: string): string {
  return `attempt_${digestOf(key).slice(0, 16)}`;
}

function placeOf(digest: string): string {
  return `sign_in_attempts:secret:${digest}`;
}
