import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import {
  GRANT_TYPES,
  REQUESTABLE_SCOPES,
  type ClientState,
  type GrantType,
  type RequestableScope,
} from '../../../clients/client.js';
import { LimitQuery } from '../../../http/paging/page.query.js';
import { MayBeLeftOut } from '../../../http/validation.js';

const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const LONGEST_ID = 128;
const STATES: readonly ClientState[] = ['active', 'disabled'];

/** What a client may ask for. */
class ClientAllowance {
  @ApiPropertyOptional({
    type: [String],
    enum: GRANT_TYPES,
    description: 'The grant types that it may use (RFC 6749); none by default',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(GRANT_TYPES.length)
  @ArrayUnique()
  @IsIn(GRANT_TYPES, { each: true })
  grants?: GrantType[];

  @ApiPropertyOptional({
    type: [String],
    enum: REQUESTABLE_SCOPES,
    description: 'The scopes that it may ask for; none by default',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(REQUESTABLE_SCOPES.length)
  @ArrayUnique()
  @IsIn(REQUESTABLE_SCOPES, { each: true })
  scopes?: RequestableScope[];
}

/** Body of `POST /v1/clients`. */
export class CreateClientRequest extends ClientAllowance {
  @ApiProperty({ pattern: CLIENT_ID.source, maxLength: LONGEST_ID, description: 'Its `client_id`' })
  @IsString()
  @Matches(CLIENT_ID)
  id: string;
}

/** Body of `PATCH /v1/clients/:id`; what is left out stays. */
export class EditClientRequest extends ClientAllowance {
  @ApiPropertyOptional({
    enum: STATES,
    description: 'Disabling ends every token of the client with its next request; enabling brings none back',
  })
  @MayBeLeftOut()
  @IsIn(STATES)
  state?: ClientState;
}

/** Query of `GET /v1/clients`. */
export class ListClientsQuery extends LimitQuery {
  @ApiPropertyOptional({ maxLength: LONGEST_ID, description: '`nextCursor` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_ID)
  cursor?: string;

  @ApiPropertyOptional({ maxLength: LONGEST_ID, description: 'The beginning of the id, in whatever case' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_ID)
  q?: string;

  @ApiPropertyOptional({ enum: STATES, description: 'Only those in this state' })
  @IsOptional()
  @IsIn(STATES)
  state?: ClientState;
}
