import { ApiProperty } from '@nestjs/swagger';
import type { Passkey } from '../../factors/passkey.js';
import type { AddedPasskey } from '../../factors/passkey-enrolment.service.js';

/** A passkey of one's own. */
export class PasskeyView {
  @ApiProperty({ format: 'uuid', description: 'Its id' })
  id: string;

  @ApiProperty({ description: 'What one calls it' })
  name: string;

  @ApiProperty({ description: 'Whether it is kept in more places than the device' })
  isBackedUp: boolean;

  @ApiProperty({ format: 'date-time', description: 'When it was added' })
  createdAt: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it last signed one in; null while it has not',
  })
  lastUsedAt: string | null;
}

/** One's own passkeys. */
export class PasskeysView {
  @ApiProperty({ type: [PasskeyView], maxItems: 20, description: 'In order of their making' })
  items: PasskeyView[];
}

/** A passkey just added. */
export class AddedPasskeyView extends PasskeyView {
  @ApiProperty({
    type: [String],
    description:
      'Where one had no recovery codes: ten, each of which stands in for the device once; shown this once',
    example: ['7h2k-9xqm-0c4d-r8ve'],
  })
  recoveryCodes: string[];
}

export function toPasskeyView({ id, name, isBackedUp, createdAt, lastUsedAt }: Passkey): PasskeyView {
  return {
    id,
    name,
    isBackedUp,
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
  };
}

export function toAddedPasskeyView({ passkey, recoveryCodes }: AddedPasskey): AddedPasskeyView {
  return { ...toPasskeyView(passkey), recoveryCodes: [...recoveryCodes] };
}
