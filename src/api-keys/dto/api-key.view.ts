import { ApiProperty } from '@nestjs/swagger';
import { LEVELS, type Level } from '../../common/levels.js';
import { PageView } from '../../http/paging/page.view.js';
import type { ApiKey } from '../api-key.js';

/** A permanent key as it is listed. */
export class ApiKeyView {
  @ApiProperty({ format: 'uuid', description: 'The key’s id' })
  id: string;

  @ApiProperty({ maxLength: 150, description: 'What it is for' })
  name: string;

  @ApiProperty({ description: 'The last four characters of a generated secret; empty for a chosen one' })
  hint: string;

  @ApiProperty({ format: 'uuid', description: 'The user for whom it speaks' })
  ownerId: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null when the system made it' })
  createdBy: string | null;

  @ApiProperty({ enum: LEVELS, description: 'What it gives: the lower of its own level and its owner’s' })
  level: Level;

  @ApiProperty({
    type: [String],
    description: 'Where it counts, as addresses or CIDR ranges; empty is everywhere',
  })
  networks: string[];

  @ApiProperty({ format: 'date-time', description: 'When it was made' })
  createdAt: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null: until it is revoked',
  })
  expiresAt: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'To within half a minute; null before its first use',
  })
  lastUsedAt: string | null;
}

/** A key with its secret, which is answered once. */
export class IssuedApiKeyView extends ApiKeyView {
  @ApiProperty({ description: 'Shown this once; only its digest is kept' })
  secret: string;
}

/** One page of keys. */
export class ApiKeyPageView extends PageView {
  @ApiProperty({ type: [ApiKeyView], description: 'In order of creation' })
  items: ApiKeyView[];
}

const instant = (time: number | null) => (time === null ? null : new Date(time).toISOString());

export function toApiKeyView(key: ApiKey): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    hint: key.hint,
    ownerId: key.ownerId,
    createdBy: key.createdBy,
    level: key.level,
    networks: [...key.networks],
    createdAt: new Date(key.createdAt).toISOString(),
    expiresAt: instant(key.expiresAt),
    lastUsedAt: instant(key.lastUsedAt),
  };
}
