import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { pageOf, type Page } from '../common/page.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { TrustedDevice } from '../factors/trusted-device.js';
import { TrustedDevices } from '../factors/trusted-devices.service.js';
import { Sessions } from '../grants/sessions.service.js';

/** The browsers in which a signed-in user is not asked for his second factor. */
@Injectable()
export class ManageTrustedDevices {
  constructor(
    private readonly devices: TrustedDevices,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Those that count, in order of their making, by pages. */
  async list(
    caller: UserPrincipal,
    { limit, cursor }: { limit: number; cursor: string | null },
  ): Promise<Page<TrustedDevice>> {
    const page = { afterId: cursor ?? '', limit: limit + 1 };
    const found = await this.devices.list(this.reader, caller.userId, page);
    return pageOf(found, limit, ({ id }) => id);
  }

  /** From the next sign-in on a factor is asked for in it; sessions go on. @throws TrustedDeviceNotFound */
  async revoke(actor: Actor, caller: UserPrincipal, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.devices.revoke(tx, actor, caller.userId, id);
    });
  }

  /** The same of all; without any nothing happens. */
  async revokeAll(actor: Actor, caller: UserPrincipal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.devices.revokeAll(tx, actor, caller.userId);
    });
  }
}
