import { ApiProperty } from '@nestjs/swagger';
import { LEVELS, USER_TYPES, type Level, type UserType } from '../../common/levels.js';
import type { UserSummary } from '../../common/security/principal.js';
import { PageView } from '../../http/paging/page.view.js';
import { USER_STATES, type UserRecord, type UserState } from '../user.js';

/** The signed-in user as `/v1/me` shows him. */
export class MeView {
  @ApiProperty({
    format: 'uuid',
    description: 'The user’s id, the same at every documented API that tells it',
  })
  id: string;

  @ApiProperty({ enum: USER_TYPES, enumName: 'UserType', description: 'What kind of user it is' })
  type: UserType;

  @ApiProperty({ enum: LEVELS, enumName: 'Level', description: 'Place on the role ladder' })
  level: Level;

  @ApiProperty({ type: String, nullable: true, description: 'The address of his mails, an identifier' })
  email: string | null;

  @ApiProperty({ description: 'True once the address was confirmed by a mailed link' })
  emailConfirmed: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'An identifier' })
  username: string | null;

  @ApiProperty({ description: 'May be empty' })
  firstName: string;

  @ApiProperty({ description: 'May be empty' })
  lastName: string;

  @ApiProperty({ type: String, nullable: true, description: 'An identifier' })
  phone: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'en_US', description: 'The language of his mails' })
  locale: string | null;

  @ApiProperty({ description: 'False for a user who wants none but what his account needs' })
  emailNotifications: boolean;

  @ApiProperty({ description: 'False for a user who has never set a password here' })
  hasPassword: boolean;

  @ApiProperty({ format: 'date-time', description: 'When he was made' })
  createdAt: string;

  @ApiProperty({ format: 'date-time', description: 'When he was last changed' })
  updatedAt: string;
}

/** A user as administrators see him. */
export class UserView extends MeView {
  @ApiProperty({
    enum: USER_STATES,
    enumName: 'UserState',
    description: '`new` has registered himself and must confirm his address',
  })
  state: UserState;

  @ApiProperty({ type: String, nullable: true, description: 'The number of his loyalty card, an identifier' })
  card: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'An administrator’s free role; null where his level says it all',
  })
  roleId: string | null;

  @ApiProperty({
    type: [String],
    description: 'Addresses and CIDR ranges from which his credentials count; empty is everywhere',
  })
  networks: string[];
}

/** One page of users. */
export class UserPageView extends PageView {
  @ApiProperty({ type: [UserView], description: 'In order of creation, or of what was searched for' })
  items: UserView[];
}

export function toMeView(user: UserSummary): MeView {
  return {
    id: user.id,
    type: user.type,
    level: user.level,
    email: user.email,
    emailConfirmed: user.isEmailConfirmed,
    username: user.username,
    firstName: user.firstName,
    lastName: user.lastName,
    phone: user.phone,
    locale: user.locale,
    emailNotifications: !user.unsubscribedFromAll,
    hasPassword: user.hasPassword,
    createdAt: new Date(user.createdAt).toISOString(),
    updatedAt: new Date(user.updatedAt).toISOString(),
  };
}

export function toUserView(user: UserRecord): UserView {
  const { state, card, roleId, networks } = user;
  return { ...toMeView(user), state, card, roleId, networks: [...networks] };
}
