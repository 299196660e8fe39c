import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import type { Db, Tx } from '../database/db.js';
import type { DataSubject, Told } from '../database/personal-data.service.js';
import { DeclarationsRepository } from '../declarations/declarations.repository.js';
import { Media } from '../media/media.service.js';
import { AccountsRepository } from './accounts.repository.js';
import { DECLARING_KINDS } from './declared-user.js';
import { toAccountView } from './dto/account.view.js';

/** Somebody's account: how it is told to him, and what of it does not go with him by itself. */
@Injectable()
export class PersonalAccountData {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly declarations: DeclarationsRepository,
    private readonly media: Media,
    private readonly config: Config,
  ) {}

  /** The account with the addresses of its images; null where there is none. */
  async tell(db: Db, { userId }: DataSubject): Promise<Told | null> {
    const account = await this.accounts.findByOwner(db, userId);
    if (!account) return null;
    const { id, name, displayName, description, avatar, profileCover } = toAccountView(
      account,
      this.config.links.publicUrl,
    );
    return { id, name, displayName, description, avatar, profileCover };
  }

  /** Forgets what manifests declared of him; the files of his images are removed after the commit. */
  async erase(tx: Tx, { userId }: DataSubject): Promise<() => Promise<void>> {
    await this.declarations.remove(tx, DECLARING_KINDS, userId);
    const account = await this.accounts.findByOwner(tx, userId);
    const images = Object.values(account?.images ?? {}).filter((name) => name !== null);
    return () => this.media.discard(images);
  }
}
