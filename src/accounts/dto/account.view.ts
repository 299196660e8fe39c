import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, IsUUID, Matches, ValidateBy } from 'class-validator';
import { Transform } from 'class-transformer';
import { AtMostCharacters, MayBeLeftOut, Trimmed } from '../../http/validation.js';
import { LimitQuery } from '../../http/paging/page.query.js';
import { PageView } from '../../http/paging/page.view.js';
import { LONGEST_DESCRIPTION, LONGEST_DISPLAY_NAME, type PersonalAccount } from '../personal-account.js';

/** Query of `GET /v1/accounts`. */
export class ListAccountsQuery extends LimitQuery {
  @ApiPropertyOptional({ type: String, description: '`nextCursor` of the page before' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : value))
  @IsInt()
  cursor?: number;

  @ApiPropertyOptional({ format: 'uuid', description: 'The account of this user only' })
  @IsOptional()
  @IsUUID('all')
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  ownerId?: string;
}

/** What is said in the place of an image, which is no value that a rule could look at: null takes it away. */
const IsTakenAway = () =>
  ValidateBy({ name: 'image', validator: { validate: (value: unknown) => value === null } });

/** Body of `PATCH /v1/accounts/:id`; what is left out stays. */
export class EditAccountRequest {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: LONGEST_DISPLAY_NAME,
    description: 'The name that is shown',
  })
  @MayBeLeftOut()
  @Trimmed()
  @IsString()
  @Matches(/\S/)
  @AtMostCharacters(LONGEST_DISPLAY_NAME)
  displayName?: string;

  @ApiPropertyOptional({ maxLength: LONGEST_DESCRIPTION, description: 'Empty for none' })
  @MayBeLeftOut()
  @IsString()
  @AtMostCharacters(LONGEST_DESCRIPTION)
  description?: string;

  @ApiPropertyOptional({
    type: 'string',
    format: 'binary',
    nullable: true,
    description: 'PNG, JPEG or WebP up to 5 MiB, as a part of a form; null, in JSON, takes it away',
  })
  @MayBeLeftOut()
  @IsTakenAway()
  avatar?: null;

  @ApiPropertyOptional({
    type: 'string',
    format: 'binary',
    nullable: true,
    description: 'The picture behind it, in the same way',
  })
  @MayBeLeftOut()
  @IsTakenAway()
  profileCover?: null;
}

/** What is shown of a user beside his identity; everybody has one. */
export class AccountView {
  @ApiProperty({ type: 'integer', description: 'The account’s id, which document 002 also has for its user' })
  id: number;

  @ApiProperty({ format: 'uuid', description: 'Whose it is' })
  ownerId: string;

  @ApiProperty({ description: 'The name that it was made with' })
  name: string;

  @ApiProperty({ description: 'The name that is shown' })
  displayName: string;

  @ApiProperty({ description: 'Empty for none' })
  description: string;

  @ApiProperty({ type: String, format: 'uri', nullable: true, description: 'A picture of the user' })
  avatar: string | null;

  @ApiProperty({ type: String, format: 'uri', nullable: true, description: 'A picture behind it' })
  profileCover: string | null;
}

/** One page of accounts. */
export class AccountPageView extends PageView {
  @ApiProperty({ type: [AccountView], description: 'In order of creation' })
  items: AccountView[];
}

/** An account with its images by their whole addresses. */
export function toAccountView(account: PersonalAccount, publicUrl: string): AccountView {
  const address = (name: string | null) => name && `${publicUrl}/media/${name}`;
  const { images, ...fields } = account;
  return { ...fields, avatar: address(images.avatar), profileCover: address(images.profileCover) };
}
