import { Injectable } from '@nestjs/common';
import { UnsubscribeTokens } from '../../accounts/unsubscribe-tokens.service.js';
import type { Level } from '../../common/levels.js';
import type { UserSummary } from '../../common/security/principal.js';
import { Config } from '../../config/config.js';
import type { FactorDemand } from '../../factors/factor-demand.js';
import type { NumberedPage } from '../../users/list-active-users.service.js';
import type { AccountBody, UserBody } from './dto/account.view.js';
import type { UserDetailBody, UserListBody } from './dto/user-list.view.js';

/** The words of 004 for the places on the role ladder. */
const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  member: 'simpleuser',
  manager: 'manager',
  admin: 'admin',
  superuser: 'superuser',
};

/** The one scope model that is documented; Gatehouse has no scopes to list under it. */
const NO_SCOPES: readonly string[] = [];

const MAX_PAGE_SIZE = 250;

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

  /** Of somebody whose second factor is awaited; the token is the temporary one. */
  pendingBody(user: UserSummary, token: string, awaits: FactorDemand['kind']): UserBody {
    const mode = awaits === 'email' ? 'MFA_EMAIL' : 'MFA_OTP';
    return { ...this.userBody(user, token), is_verified: false, mfa_mode: mode };
  }

  accountBody(user: UserSummary): AccountBody {
    const known = this.written.get(user);
    if (known) return known;
    const body = this.write(user);
    this.written.set(user, body);
    return body;
  }

  /** A user as others see him. */
  userDetail(user: UserSummary): UserDetailBody {
    const {
      unsubscribe_notification_url: _url,
      unsubscribe_all: _all,
      unsubscribe_to: _some,
      ...detail
    } = this.accountBody(user);
    return detail;
  }

  userList(page: NumberedPage, found: { items: readonly UserSummary[]; total: number }): UserListBody {
    const pages = Math.max(1, Math.ceil(found.total / page.size));
    return {
      objects_count: found.items.length,
      next: page.number < pages ? this.pageUrl(page, page.number + 1) : null,
      previous: page.number > 1 ? this.pageUrl(page, page.number - 1) : null,
      results: found.items.map((user) => this.userDetail(user)),
      objects_count_per_page: page.size,
      num_total_pages: pages,
      num_current_page: page.number,
      max_allowed_objects_per_page: MAX_PAGE_SIZE,
      model_name: 'User',
      model_verbose_name: 'User',
      list_display: [],
      list_filter: {},
      total_objects_count: found.total,
      create_url: `${this.api}/user/`,
    };
  }

  private pageUrl({ size }: NumberedPage, number: number): string {
    return `${this.api}/user/?c_resp_page_size=${size}&page=${number}`;
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
