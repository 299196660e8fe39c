import { rmSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../common/actor.js';
import { Audit } from '../audit/audit.service.js';
import { DAY } from '../common/clock.js';
import { Config } from '../config/config.js';
import { Reader, type Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DeclarationsRepository } from '../declarations/declarations.repository.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';
import type { UserRecord } from '../users/user.js';
import { IdentifierTaken } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { CreateUser } from './create-user.service.js';
import { passwordPageLink } from './password-page-link.js';

const KIND = 'FirstAdmin';
const USERNAME = 'admin';
const PURPOSE = 'first-admin';

/** The administrator of a first start: made without a password, which a link lets its reader set. */
@Injectable()
export class FirstAdmin {
  private readonly logger = new Logger(FirstAdmin.name);
  private readonly file: string;

  constructor(
    private readonly config: Config,
    private readonly users: UsersRepository,
    private readonly createUser: CreateUser,
    private readonly declarations: DeclarationsRepository,
    private readonly tokens: OneTimeTokens,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.file = join(config.dataDir, 'first-admin.txt');
  }

  /**
   * Makes an administrator when there is none, and answers the link that sets his password (24 h,
   * single use), which is also in `$DATA_DIR/first-admin.txt` (0600). While he has no password and
   * no link is alive, another start gives a new one. Null when there is nothing to do. Of processes
   * that start together one makes him and gives the link.
   */
  async ensure(): Promise<string | null> {
    try {
      const given = await this.unitOfWork.run((tx) => this.giveToken(tx));
      return given && this.linkOf(given.user, given.token);
    } catch (error) {
      if (!(error instanceof IdentifierTaken)) throw error;
      // Another process, starting at the same time, was first; or the name is somebody else's.
      const isThere = await this.declarations.find(this.reader, KIND, USERNAME);
      if (!isThere) this.logger.warn(`There is no administrator, and "${USERNAME}" is taken: declare one`);
      return null;
    }
  }

  /** Removes the file once its link has done its work. */
  forget(userId: string): void {
    try {
      if (readFileSync(this.file, 'utf8').includes(userId)) rmSync(this.file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.logger.warn(`${this.file} could not be removed: ${(error as Error).message}`);
      }
    }
  }

  /** All in one unit: two processes must not both find that no link is alive, and end each other's. */
  private async giveToken(tx: Tx): Promise<{ user: UserRecord; token: string } | null> {
    const user = (await this.find(tx)) ?? (await this.create(tx));
    if (!user || user.passwordHash !== null || user.state !== 'active') return null;
    if (await this.tokens.hasLive(tx, user.id, PURPOSE)) return null;
    const token = await this.tokens.issue(tx, {
      purpose: PURPOSE,
      userId: user.id,
      address: null,
      epoch: user.grantEpoch,
      ttl: DAY,
    });
    await this.audit.record(tx, SYSTEM_ACTOR, { kind: 'password.link-given', userId: user.id });
    return { user, token };
  }

  private async find(tx: Tx): Promise<UserRecord | null> {
    const known = await this.declarations.find(tx, KIND, USERNAME);
    if (!known) return null;
    // Written again as it was: that locks the row until this unit ends.
    await this.declarations.save(tx, KIND, USERNAME, known);
    return this.users.findById(tx, known.subjectId);
  }

  private async create(tx: Tx): Promise<UserRecord | null> {
    if (await this.users.hasAnyOfType(tx, 'admin')) return null;
    const userId = await this.createUser.create(tx, SYSTEM_ACTOR, {
      type: 'admin',
      level: 'superuser',
      username: USERNAME,
      email: this.address(),
      isEmailConfirmed: true,
      passwordHash: null,
    });
    await this.declarations.save(tx, KIND, USERNAME, { subjectId: userId, applied: {} });
    return this.users.findById(tx, userId);
  }

  private linkOf(user: UserRecord, token: string): string {
    const link = passwordPageLink(this.config, token, user.email ?? USERNAME);
    // A new file: an older one would keep its mode.
    rmSync(this.file, { force: true });
    writeFileSync(this.file, `${link}\n${user.id}\n`, { mode: 0o600, flag: 'wx' });
    return link;
  }

  /** `admin@` the host of PUBLIC_URL: 004 signs in by e-mail address only. */
  private address(): string {
    const { hostname } = new URL(this.config.links.publicUrl);
    const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
    return `${USERNAME}@${isAddress ? 'localhost' : hostname}`;
  }
}
