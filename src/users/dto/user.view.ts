import { ApiProperty } from '@nestjs/swagger';
import { LEVELS, USER_TYPES, type Level, type UserType } from '../../common/levels.js';
import type { UserSummary } from '../../common/security/principal.js';
import type { UserRecord, UserState } from '../user.js';

/** The signed-in user as `/v1/me` shows him. */
export class MeView {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: USER_TYPES })
  type: UserType;

  @ApiProperty({ enum: LEVELS, description: 'Place on the role ladder' })
  level: Level;

  @ApiProperty({ type: String, nullable: true })
  email: string | null;

  @ApiProperty({ description: 'True once the address was confirmed by a mailed link' })
  emailConfirmed: boolean;

  @ApiProperty({ type: String, nullable: true })
  username: string | null;

  @ApiProperty()
  firstName: string;

  @ApiProperty()
  lastName: string;

  @ApiProperty({ type: String, nullable: true })
  phone: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'en_US', description: 'The language of his mails' })
  locale: string | null;

  @ApiProperty({ description: 'False for a user who has never set a password here' })
  hasPassword: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt: string;
}

/** A user as administrators see him. */
export class UserView extends MeView {
  @ApiProperty({
    enum: ['active', 'blocked', 'new'],
    description: '`new` has registered himself and must confirm his address',
  })
  state: UserState;
}

/** One page of users. */
export class UserPageView {
  @ApiProperty({ type: [UserView] })
  items: UserView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Give it as `cursor` for the next page; null at the end',
  })
  nextCursor: string | null;
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
    hasPassword: user.hasPassword,
    createdAt: new Date(user.createdAt).toISOString(),
    updatedAt: new Date(user.updatedAt).toISOString(),
  };
}

export function toUserView(user: UserRecord): UserView {
  return { ...toMeView(user), state: user.state };
}
