import type { PersonalAccount } from '../../accounts/personal-account.js';
import type { UserSummary } from '../../common/security/principal.js';

/** An account as 002 shows it. */
export function accountView(account: PersonalAccount) {
  return {
    href: `/api/account/${account.id}`,
    name: account.name,
    display_name: account.displayName,
    description: account.description,
    profile_cover: null,
    avatar: null,
  };
}

/** A user as 002 shows him: his e-mail address, else his name (contract 4.3). */
export function userView(user: Pick<UserSummary, 'id' | 'email' | 'username'>, account: PersonalAccount) {
  return { href: `/api/user/${account.id}`, username: user.email ?? user.username ?? user.id };
}
