import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  Equals,
  IsArray,
  IsBoolean,
  IsDefined,
  IsObject,
  IsOptional,
  Matches,
  ValidateNested,
} from 'class-validator';
import { AtMostCharacters, Trimmed } from '../../http/validation.js';

/** 1,023 bytes (WebAuthn 4). */
const CREDENTIAL_ID = /^[\w-]{1,1364}$/;
const SHORT = /^[\w-]{1,8192}$/;
const LONG = /^[\w-]{1,65536}$/;
const USER_HANDLE = /^[\w-]{1,86}$/;
const TRANSPORT = /^[a-z-]{1,32}$/;
const MOST_TRANSPORTS = 10;
const LONGEST_NAME = 100;

/** What names a credential, and is not looked at by itself. */
class CredentialHead {
  @ApiProperty({ description: 'The device’s name for the passkey, base64url' })
  @Matches(CREDENTIAL_ID)
  id: string;

  @ApiProperty({ description: 'The same' })
  @Matches(CREDENTIAL_ID)
  rawId: string;

  @ApiProperty({ enum: ['public-key'], description: 'What it is' })
  @Equals('public-key')
  type: 'public-key';
}

/** `response` of a credential that was made. */
export class PasskeyAttestation {
  @ApiProperty({ description: 'Base64url' })
  @Matches(SHORT)
  clientDataJSON: string;

  @ApiProperty({ description: 'Base64url; without certificates' })
  @Matches(LONG)
  attestationObject: string;

  @ApiPropertyOptional({ type: [String], description: 'How the device is reached' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_TRANSPORTS)
  @Matches(TRANSPORT, { each: true })
  transports?: string[];
}

/** What `navigator.credentials.create()` answered, as its `toJSON()` writes it; other members are dropped. */
export class MadePasskey extends CredentialHead {
  @ApiProperty({ type: PasskeyAttestation, description: 'What the device says of it' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PasskeyAttestation)
  response: PasskeyAttestation;
}

/** Body of `PATCH /v1/me/passkeys/:id`. */
export class RenamePasskeyRequest {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_NAME, description: 'What one calls it' })
  @Trimmed()
  @Matches(/\S/)
  @AtMostCharacters(LONGEST_NAME)
  name: string;
}

/** Body of `POST /v1/me/passkeys`. */
export class AddPasskeyRequest extends RenamePasskeyRequest {
  @ApiProperty({ type: MadePasskey, description: 'What the browser made with the options' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => MadePasskey)
  response: MadePasskey;
}

/** What a device signed. */
class AssertionHead {
  @ApiProperty({ description: 'Base64url' })
  @Matches(SHORT)
  clientDataJSON: string;

  @ApiProperty({ description: 'Base64url' })
  @Matches(SHORT)
  authenticatorData: string;

  @ApiProperty({ description: 'Base64url' })
  @Matches(SHORT)
  signature: string;
}

/** `response` of a credential that was shown. */
export class PasskeyAssertion extends AssertionHead {
  @ApiProperty({ description: 'Whom the device knows by it, base64url' })
  @Matches(USER_HANDLE)
  userHandle: string;
}

/** `response` of a credential that was asked for by name, of which a device need not say whose it is. */
export class OwnPasskeyAssertion extends AssertionHead {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Whom the device knows by it, base64url; not every device tells',
  })
  @IsOptional()
  @Matches(USER_HANDLE)
  userHandle?: string;
}

/** What `navigator.credentials.get()` answered who is signed in, as its `toJSON()` writes it. */
export class ShownOwnPasskey extends CredentialHead {
  @ApiProperty({ type: OwnPasskeyAssertion, description: 'What the device signed' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => OwnPasskeyAssertion)
  response: OwnPasskeyAssertion;
}

/** What `navigator.credentials.get()` answered, as its `toJSON()` writes it; other members are dropped. */
export class ShownPasskey extends CredentialHead {
  @ApiProperty({ type: PasskeyAssertion, description: 'What the device signed' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PasskeyAssertion)
  response: PasskeyAssertion;
}

/** Body of `POST /v1/sessions/passkey`. */
export class OpenPasskeySessionRequest {
  @ApiProperty({ type: ShownPasskey, description: 'What the browser answered to the options' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ShownPasskey)
  response: ShownPasskey;

  @ApiPropertyOptional({ default: false, description: 'Whether the cookie outlives the browser' })
  @IsOptional()
  @IsBoolean()
  remember?: boolean;
}
