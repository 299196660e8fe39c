import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { TotpOffer } from '../../factors/factor-enrolment.service.js';
import type { FactorOverview } from '../../factors/totp-factor.js';

/** Body of `POST /v1/me/factors/totp/confirm`. */
export class ConfirmTotpRequest {
  @ApiProperty({ example: '755224', description: 'What the authenticator app shows' })
  @Matches(/^\d{3} ?\d{3}$/)
  code: string;
}

/** An authenticator app that counts. */
export class TotpFactorView {
  @ApiProperty({ format: 'date-time', description: 'When its first code confirmed it' })
  enrolledAt: string;
}

/** Codes by e-mail, asked for where there is no authenticator app. */
export class EmailFactorView {
  @ApiProperty({ format: 'date-time', description: 'When one asked for them' })
  enabledAt: string;
}

/** One's own second factor. */
export class FactorsView {
  @ApiProperty({ type: TotpFactorView, nullable: true, description: 'Null without one' })
  totp: TotpFactorView | null;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 10, description: 'Recovery codes not used yet' })
  recoveryCodesLeft: number;

  @ApiProperty({ type: EmailFactorView, nullable: true, description: 'Null when they are not asked for' })
  email: EmailFactorView | null;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 20, description: 'How many passkeys one has' })
  passkeys: number;
}

/** A secret for an authenticator app, shown once. */
export class TotpOfferView {
  @ApiProperty({ description: 'In Base32, to be typed where no picture can be read' })
  secret: string;

  @ApiProperty({
    format: 'uri',
    description: 'What an authenticator app reads',
    example: 'otpauth://totp/id.example.org:ada%40example.org?secret=…',
  })
  uri: string;

  @ApiProperty({ description: '`uri` as a QR code: an SVG document' })
  qrCode: string;
}

/** Codes that stand in for a lost device, each once; shown once. */
export class RecoveryCodesView {
  @ApiProperty({
    type: [String],
    description: 'Each stands in for the device once',
    example: ['7h2k-9xqm-0c4d-r8ve'],
  })
  recoveryCodes: string[];
}

export function toFactorsView({
  enrolledAt,
  recoveryCodesLeft,
  emailEnabledAt,
  passkeys,
}: FactorOverview): FactorsView {
  const totp = enrolledAt === null ? null : { enrolledAt: new Date(enrolledAt).toISOString() };
  const email = emailEnabledAt === null ? null : { enabledAt: new Date(emailEnabledAt).toISOString() };
  return { totp, recoveryCodesLeft, email, passkeys };
}

export function toTotpOfferView({ secret, uri, qrCode }: TotpOffer): TotpOfferView {
  return { secret, uri, qrCode };
}
