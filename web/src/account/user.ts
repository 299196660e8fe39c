import type { VNode } from 'preact';

/** What `GET /v1/me` answers, as far as the pages show it. */
export interface User {
  readonly id: string;
  readonly email: string | null;
  readonly emailConfirmed: boolean;
  readonly username: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string | null;
  readonly locale: string | null;
  readonly hasPassword: boolean;
  readonly emailNotifications: boolean;
}

/** What every section of the account is given. */
export interface SectionProperties {
  readonly user: User;
  /** The user is another one now: every section shows him so. */
  readonly onChange: (user: User) => void;
  /** The account is gone. */
  readonly onDeleted: () => void;
}

export type SectionPart = (properties: SectionProperties) => VNode;

/** By what the user knows his account. */
export const identifierOf = ({ email, username, phone, id }: User): string =>
  email ?? username ?? phone ?? id;

export function nameOf(user: User): string {
  const name = `${user.firstName} ${user.lastName}`.trim();
  return name ? `${name} (${identifierOf(user)})` : identifierOf(user);
}
