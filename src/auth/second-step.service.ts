import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { DomainError } from '../common/domain-error.js';
import type { PendingPrincipal } from '../common/security/principal.js';
import { Reader, type Tx } from '../database/db.js';
import { methodsOf, type FactorDemand } from '../factors/factor-demand.js';
import { SecondFactorRequired } from '../factors/factors.errors.js';
import { SecondFactor } from '../factors/second-factor.service.js';
import type { FactorProof } from '../factors/totp-factor.js';
import type { DeviceProof } from '../factors/trusted-device.js';
import { TrustedDevices } from '../factors/trusted-devices.service.js';
import type { UserRecord } from '../users/user.js';
import { PendingSignInUnknown } from './auth.errors.js';
import { PendingSignIns } from './pending-sign-ins.service.js';
import type { SignInRequest } from './sign-in.js';

/** How a sign-in goes on once the password was right. */
export interface Passage {
  /** The code that was shown, where a second factor is asked for. */
  readonly proof: FactorProof | null;
  /** The trusted device that stands in for a code. */
  readonly device: DeviceProof | null;
  /** What the sign-in waits for; null when it opens a session now. */
  readonly awaits: FactorDemand | null;
  /** The sign-in that waited in this browser. */
  readonly pending: PendingPrincipal | null;
}

const THROUGH: Passage = { proof: null, device: null, awaits: null, pending: null };

/** The second factor of a sign-in whose password was right. */
@Injectable()
export class SecondStep {
  constructor(
    private readonly secondFactor: SecondFactor,
    private readonly pendingSignIns: PendingSignIns,
    private readonly devices: TrustedDevices,
    private readonly reader: Reader,
  ) {}

  /**
   * Asks for the factor that the user is to show. A code that is shown counts, else a trusted device; a
   * sign-in without either waits where its door lets it.
   * @throws SecondFactorRequired, WrongFactorCode, PendingSignInUnknown, PendingSignInExpired, RateLimited
   */
  async passageOf(actor: Actor, user: UserRecord, request: SignInRequest): Promise<Passage> {
    const demand = await this.secondFactor.demandOf(this.reader, user.id);
    if (!demand) return THROUGH;
    const { otp, waitsFor, browser } = request;
    if (otp && (demand.kind === 'app' || demand.kind === 'passkey')) {
      return { ...THROUGH, proof: await this.secondFactor.check(user.id, otp) };
    }
    const waits = waitsFor === 'any-factor' || (waitsFor === 'mailed-code' && demand.kind === 'email');
    if (otp && waits) return this.completed(actor, user, otp, request);
    const device = browser?.trusted && (await this.devices.look(this.reader, user.id, browser.trusted));
    if (device) return { ...THROUGH, device };
    if (!waits) throw new SecondFactorRequired(methodsOf(demand));
    return { ...THROUGH, awaits: demand, pending: await this.waiting(actor, user, request) };
  }

  /**
   * Uses up what was shown, in the unit that opens the session.
   * @throws PendingSignInUnknown, PendingSignInExpired, WrongFactorCode; SecondFactorRequired when the
   *   device is trusted no more
   */
  async settle(tx: Tx, actor: Actor, { proof, device, pending }: Passage): Promise<void> {
    if (device) await this.useDevice(tx, device);
    else if (proof && pending) await this.pendingSignIns.complete(tx, actor, pending, proof);
    else if (proof) await this.secondFactor.spend(tx, actor, proof);
  }

  private async useDevice(tx: Tx, device: DeviceProof): Promise<void> {
    if (await this.devices.isGood(tx, device)) return;
    const demand = await this.secondFactor.demandOf(tx, device.userId);
    throw new SecondFactorRequired(demand ? methodsOf(demand) : []);
  }

  private async completed(
    actor: Actor,
    user: UserRecord,
    otp: string,
    { surface, browser }: SignInRequest,
  ): Promise<Passage> {
    if (!browser?.pending) throw new PendingSignInUnknown();
    const shown = { secret: browser.pending, use: 'cookie', surface } as const;
    const pending = await this.pendingSignIns.find(actor, shown);
    if (pending.userId !== user.id) throw new PendingSignInUnknown();
    return { ...THROUGH, proof: await this.pendingSignIns.attempt(pending, otp), pending };
  }

  /** The sign-in of this user that waits in the browser already; null without a live one. */
  private async waiting(
    actor: Actor,
    user: UserRecord,
    { surface, browser }: SignInRequest,
  ): Promise<PendingPrincipal | null> {
    if (!browser?.pending) return null;
    const shown = { secret: browser.pending, use: 'cookie', surface } as const;
    const pending = await this.pendingSignIns.find(actor, shown).catch(noneOf);
    return pending?.userId === user.id ? pending : null;
  }
}

function noneOf(error: unknown): null {
  if (error instanceof DomainError && error.kind === 'unauthenticated') return null;
  throw error;
}
