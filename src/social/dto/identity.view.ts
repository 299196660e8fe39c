import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import type { LinkedIdentity } from '../linked-identity.js';

/** Body of `POST /v1/me/identities`. */
export class LinkIdentityRequest {
  @ApiProperty({ example: 'twitter', maxLength: 64, description: 'The provider’s name' })
  @IsString()
  @Matches(/^[a-z0-9]{1,64}$/)
  provider: string;

  @ApiProperty({ description: 'The `external_token` that the provider’s page handed over', maxLength: 600 })
  @IsString()
  @MaxLength(600)
  token: string;
}

/** An account elsewhere that signs one in. */
export class IdentityView {
  @ApiProperty({ format: 'uuid', description: 'Its id' })
  id: string;

  @ApiProperty({ example: 'twitter', description: 'The provider’s name' })
  provider: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What the provider called him when it was linked',
  })
  label: string | null;

  @ApiProperty({ format: 'date-time', description: 'When it was linked' })
  linkedAt: string;
}

/** One's own accounts elsewhere, in order of linking. */
export class IdentitiesView {
  @ApiProperty({ type: [IdentityView], description: 'One’s accounts elsewhere' })
  items: IdentityView[];
}

export function toIdentityView({ id, provider, label, createdAt }: LinkedIdentity): IdentityView {
  return { id, provider, label, linkedAt: new Date(createdAt).toISOString() };
}
