import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { NotFound } from '../common/errors.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import type { ImageOwner } from '../media/image-queue.js';
import { ImageRefused } from '../media/media.errors.js';
import { Media } from '../media/media.service.js';
import { RecodeImage, type RecodedImage } from '../media/recode-image.service.js';
import { AccountsRepository } from './accounts.repository.js';
import { refuseFaults, type FieldFault } from './field-faults.js';
import {
  IMAGE_FIELDS,
  type AccountChange,
  type AccountEdit,
  type AccountImages,
  type PersonalAccount,
} from './personal-account.js';

type Recoded = Partial<Record<keyof AccountImages, RecodedImage | null>>;

/** Changes one's own account. */
@Injectable()
export class ChangeAccount {
  constructor(
    private readonly repository: AccountsRepository,
    private readonly recodeImage: RecodeImage,
    private readonly media: Media,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes all given fields together or none, and answers the account as it is then. Images are decoded and
   * kept before the unit of work begins; those that it replaces are removed after the commit, and so are
   * the new ones when it fails.
   * @throws InvalidFields with every fault at once, of an image `image`; Overloaded; NotFound; CredentialUnknown
   *   when the caller's session was ended meanwhile; AbortError when he hung up before his image's turn
   * Spec: 002 "Account"; contract 4.3.
   */
  async change(
    { signal }: Actor,
    principal: UserPrincipal,
    id: number,
    edit: AccountEdit,
  ): Promise<PersonalAccount> {
    const { displayName, description } = edit;
    const { recoded, faults } = await this.recode({ id: principal.userId, signal }, edit.images ?? {});
    refuseFaults(edit, faults);
    const stored: string[] = [];
    try {
      const images = await this.store(recoded, stored);
      const { account, ended } = await this.write(
        principal,
        id,
        { displayName, description, images },
        stored,
      );
      await this.media.discard(ended);
      return account;
    } catch (error) {
      await this.media.discard(stored);
      throw error;
    }
  }

  private async recode(owner: ImageOwner, images: NonNullable<AccountEdit['images']>) {
    const recoded: Recoded = {};
    const faults: FieldFault[] = [];
    for (const field of IMAGE_FIELDS) {
      const bytes = images[field];
      if (bytes === undefined) continue;
      try {
        recoded[field] = bytes && (await this.recodeImage.recode(owner, bytes));
      } catch (error) {
        if (!(error instanceof ImageRefused)) throw error;
        faults.push({ field, code: 'image' });
      }
    }
    return { recoded, faults };
  }

  /** Keeps the images; `stored` holds the names of those that were, also when it throws. */
  private async store(recoded: Recoded, stored: string[]): Promise<AccountChange['images']> {
    const images: { -readonly [field in keyof AccountImages]?: string | null } = {};
    for (const field of IMAGE_FIELDS) {
      const image = recoded[field];
      if (image === undefined) continue;
      images[field] = image && (await this.media.store(image));
      if (images[field]) stored.push(images[field]);
    }
    return images;
  }

  private write(principal: UserPrincipal, id: number, change: AccountChange, claimed: readonly string[]) {
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      const owned = { id, ownerId: principal.userId };
      const account = await this.repository.update(tx, owned, change, this.clock.now());
      if (!account) throw new NotFound();
      if (Object.keys(change.images).length === 0) return { account, ended: [] };
      const shown = IMAGE_FIELDS.flatMap((field) => account.images[field] ?? []);
      return { account, ended: await this.media.assign(tx, id, { claimed, shown }) };
    });
  }
}
