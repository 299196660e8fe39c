import { Injectable } from '@nestjs/common';
import { UnsubscribeTokens } from '../../accounts/unsubscribe-tokens.service.js';
import type { Level } from '../../common/levels.js';
import type { UserSummary } from '../../common/security/principal.js';
import { Config } from '../../config/config.js';
import type { AccountBody, UserBody } from './dto/account.view.js';

/** The words of 004 for the places on the role ladder. */
const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  member: 'simpleuser',
  manager: 'manager',
  admin: 'admin',
  superuser: 'superuser',
};

/** The one scope model that is documented; Gatehouse has no scopes to list under it. */
const NO_SCOPES: readonly string[] = [];

/** Writes users as document 004 shows them. */
@Injectable()
export class ConcreteDatastorePresenter {
  /** A summary never changes: while it is the cached one, so is what is written of it. */
  private readonly written = new WeakMap<UserSummary, AccountBody>();
  private readonly base: string;
  private readonly api: string;

  constructor(
    config: Config,
    private readonly unsubscribeTokens: UnsubscribeTokens,
  ) {
    this.base = config.links.publicUrl;
    this.api = `${config.links.publicUrl}/api/v1.1`;
  }

  userBody(user: UserSummary, token: string | null): UserBody {
    return {
      uid: user.id,
      email: user.email ?? '',
      url: `${this.api}/account/me/`,
      token,
      first_name: user.firstName,
      last_name: user.lastName,
      level: LEVEL_WORDS[user.level],
      is_verified: true,
      groups: [],
      external_auth: !user.hasPassword,
      mfa_mode: '',
      defaultdividers: [...NO_SCOPES],
    };
  }

  accountBody(user: UserSummary): AccountBody {
    const known = this.written.get(user);
    if (known) return known;
    const body = this.write(user);
    this.written.set(user, body);
    return body;
  }

  private write(user: UserSummary): AccountBody {
    return {
      uid: user.id,
      email: user.email ?? '',
      first_name: user.firstName,
      last_name: user.lastName,
      modification_date: seconds(user.updatedAt),
      creation_date: seconds(user.createdAt),
      public: true,
      url: `${this.api}/user/${user.id}/`,
      verbose_name: user.email ?? user.username ?? '',
      defaultdividers: [...NO_SCOPES],
      level: LEVEL_WORDS[user.level],
      unsubscribe_notification_url: `${this.base}/c/unsubscribe-notifications/${this.unsubscribeTokens.of(user.id)}`,
      unsubscribe_all: user.unsubscribedFromAll,
      unsubscribe_to: [...user.unsubscribedFrom],
      external_auth: !user.hasPassword,
    };
  }
}

/** The document's time: UTC, to the second. */
function seconds(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
