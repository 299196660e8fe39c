import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { isEmail, ValidateBy, ValidateIf } from 'class-validator';
import { normaliseIdentifier } from '../../../common/identifier.js';
import { isUuidShaped } from '../../../common/ids.js';
import { isMailAddress } from '../../../mail/mail-address.js';

/**
 * The fields of document 004's bodies, with the rules of the serializers behind it: a JSON number
 * counts as text, null and blank are told apart from missing. The names of the rules are what the
 * surface's error table speaks of.
 */
export type FieldRule =
  | 'required'
  | 'null'
  | 'text'
  | 'blank'
  | 'nul-character'
  | 'email'
  | 'uuid'
  | 'boolean'
  | 'uuid-list'
  | 'length';

const rule = (name: FieldRule, validate: (value: unknown) => boolean) =>
  ValidateBy({ name, validator: { validate, defaultMessage: () => name } });

/** A number that has lost digits on its way through JSON is no text that anybody could type again. */
const isExact = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

const numberAsText = Transform(({ value }: { value: unknown }) => (isExact(value) ? String(value) : value));
const trimmed = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim() : value,
);

const isGiven = (value: unknown) => value !== undefined && value !== null;
const whenText = (check: (text: string) => boolean) => (value: unknown) =>
  typeof value !== 'string' || check(value);

const Required = () => rule('required', (value) => value !== undefined);
const NotNull = () => rule('null', (value) => value !== null);
const IsText = () => rule('text', (value) => !isGiven(value) || typeof value === 'string');
const NotBlank = () =>
  rule(
    'blank',
    whenText((text) => text !== ''),
  );
const NoNul = () =>
  rule(
    'nul-character',
    whenText((text) => !text.includes('\0')),
  );
const IsAddress = () =>
  rule(
    'email',
    whenText((text) => text === '' || isAddress(text)),
  );
const AtMost = (length: number) =>
  rule(
    'length',
    whenText((text) => [...text].length <= length),
  );

/** Text that must be there and not be empty; taken exactly as typed. */
export function RequiredText(description: string) {
  return applyDecorators(
    ApiProperty({ description }),
    numberAsText,
    Required(),
    NotNull(),
    IsText(),
    NotBlank(),
    NoNul(),
  );
}

/** Text that may be left out or null, and is otherwise not empty. */
export function OptionalText(description: string) {
  return applyDecorators(
    ApiPropertyOptional({ type: String, nullable: true, description }),
    numberAsText,
    ValidateIf((_, value) => isGiven(value)),
    IsText(),
    NotBlank(),
    NoNul(),
  );
}

/** An e-mail address that must be there; outer white space is dropped. */
export function RequiredEmail(description: string) {
  return applyDecorators(
    ApiProperty({ format: 'email', description }),
    numberAsText,
    trimmed,
    Required(),
    NotNull(),
    IsText(),
    NotBlank(),
    NoNul(),
    IsAddress(),
  );
}

/** An e-mail address that may be left out, but not be null. */
export function OptionalEmail(description: string) {
  return applyDecorators(
    ApiPropertyOptional({ format: 'email', description }),
    numberAsText,
    trimmed,
    ValidateIf((_, value) => value !== undefined),
    NotNull(),
    IsText(),
    NotBlank(),
    NoNul(),
    IsAddress(),
  );
}

/** A UUID that may be left out or null. */
export function OptionalUuid(description: string) {
  return applyDecorators(
    ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description }),
    ValidateIf((_, value) => isGiven(value)),
    rule('uuid', isUuidShaped),
  );
}

/** A name that may be left out or empty; outer white space is dropped. */
export function OptionalName(length: number, description: string) {
  return applyDecorators(
    ApiPropertyOptional({ type: String, maxLength: length, description }),
    numberAsText,
    trimmed,
    ValidateIf((_, value) => value !== undefined),
    NotNull(),
    IsText(),
    NoNul(),
    AtMost(length),
  );
}

const YES = /^(t|y|yes|true|on|1)$/i;
const NO = /^(f|n|no|false|off|0)$/i;

function booleanOf(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  return YES.test(String(value)) ? true : NO.test(String(value)) ? false : value;
}

/** True or false, as JSON or in any of the words that the origin's framework takes from a form. */
export function OptionalBoolean(description: string) {
  return applyDecorators(
    ApiPropertyOptional({ type: Boolean, description }),
    Transform(({ value }: { value: unknown }) => booleanOf(value)),
    ValidateIf((_, value) => value !== undefined),
    rule('boolean', (value) => typeof value === 'boolean'),
  );
}

/** A list of UUIDs, a hundred at most; a form writes a list of one as the one. */
export function OptionalUuidList(description: string) {
  return applyDecorators(
    ApiPropertyOptional({ type: [String], format: 'uuid', description }),
    Transform(({ value }: { value: unknown }) => (isUuidShaped(value) ? [value] : value)),
    ValidateIf((_, value) => value !== undefined),
    rule('uuid-list', (value) => Array.isArray(value) && value.length <= 100 && value.every(isUuidShaped)),
  );
}

const LONGEST_ADDRESS = 254;

/**
 * What the origin's framework takes for an address: a usual one, or one at localhost; 254 characters
 * at most. Judged as it will be stored and mailed to: Unicode has signs that become `(1)`, `@` or a
 * whole sentence when they are normalised.
 */
export function isAddress(text: string): boolean {
  if (text.length > LONGEST_ADDRESS) return false;
  const address = normaliseIdentifier(text);
  const usual = address.replace(/@localhost$/, '@localhost.localdomain');
  return isMailAddress(address) && isEmail(usual, { allow_utf8_local_part: false });
}
