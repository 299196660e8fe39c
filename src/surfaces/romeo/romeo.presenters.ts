import type { PersonalAccount } from '../../accounts/personal-account.js';
import type { UserSummary } from '../../common/security/principal.js';

/** An account as 002 shows it; its images by their whole addresses. */
export function accountView(account: PersonalAccount, publicUrl: string) {
  const address = (name: string | null) => name && `${publicUrl}/media/${name}`;
  return {
    href: `/api/account/${account.id}`,
    name: account.name,
    display_name: account.displayName,
    description: account.description,
    profile_cover: address(account.images.profileCover),
    avatar: address(account.images.avatar),
  };
}

/** A user as 002 shows him: his e-mail address, else his name (contract 4.3). */
export function userView(user: Pick<UserSummary, 'id' | 'email' | 'username'>, account: PersonalAccount) {
  return { href: `/api/user/${account.id}`, username: user.email ?? user.username ?? user.id };
}
