import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { isEmail, ValidateBy, ValidateIf } from 'class-validator';
import { isUuidShaped } from '../../../common/ids.js';

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

const numberAsText = Transform(({ value }: { value: unknown }) =>
  typeof value === 'number' ? String(value) : value,
);
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
export function RequiredText() {
  return applyDecorators(ApiProperty(), numberAsText, Required(), NotNull(), IsText(), NotBlank(), NoNul());
}

/** Text that may be left out or null, and is otherwise not empty. */
export function OptionalText() {
  return applyDecorators(
    ApiPropertyOptional({ type: String, nullable: true }),
    numberAsText,
    ValidateIf((_, value) => isGiven(value)),
    IsText(),
    NotBlank(),
    NoNul(),
  );
}

/** An e-mail address that must be there; outer white space is dropped. */
export function RequiredEmail() {
  return applyDecorators(
    ApiProperty({ format: 'email' }),
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
export function OptionalEmail() {
  return applyDecorators(
    ApiPropertyOptional({ format: 'email' }),
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
export function OptionalUuid() {
  return applyDecorators(
    ApiPropertyOptional({ type: String, format: 'uuid', nullable: true }),
    ValidateIf((_, value) => isGiven(value)),
    rule('uuid', isUuidShaped),
  );
}

/** A name that may be left out or empty; outer white space is dropped. */
export function OptionalName(length: number) {
  return applyDecorators(
    ApiPropertyOptional({ type: String, maxLength: length }),
    numberAsText,
    trimmed,
    ValidateIf((_, value) => value !== undefined),
    NotNull(),
    IsText(),
    NoNul(),
    AtMost(length),
  );
}

/** True or false, as JSON or as a form writes it. */
export function OptionalBoolean() {
  return applyDecorators(
    ApiPropertyOptional({ type: Boolean }),
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    ValidateIf((_, value) => value !== undefined),
    rule('boolean', (value) => typeof value === 'boolean'),
  );
}

/** A list of UUIDs, a hundred at most. */
export function OptionalUuidList() {
  return applyDecorators(
    ApiPropertyOptional({ type: [String], format: 'uuid' }),
    ValidateIf((_, value) => value !== undefined),
    rule('uuid-list', (value) => Array.isArray(value) && value.length <= 100 && value.every(isUuidShaped)),
  );
}

/** What the origin's framework takes for an address: a usual one, or one at localhost; 254 characters at most. */
export function isAddress(text: string): boolean {
  const usual = text.replace(/@localhost$/i, '@localhost.localdomain');
  return text.length <= 254 && isEmail(usual, { allow_utf8_local_part: false });
}
