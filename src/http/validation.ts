import { Transform } from 'class-transformer';
import {
  Validate,
  ValidateBy,
  ValidateIf,
  ValidatorConstraint,
  type ValidationOptions,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { characters } from '../common/characters.js';
import { isNetwork } from '../common/networks.js';

/** Text without the white space around it. */
export const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** A field that may be left out, but not be null. */
export const MayBeLeftOut = () => ValidateIf((_: unknown, value: unknown) => value !== undefined);

@ValidatorConstraint({ name: 'isNetwork' })
class NetworkConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isNetwork(value);
  }
}

/** An address, or a range of them in CIDR notation. */
export const IsNetwork = (options?: ValidationOptions) => Validate(NetworkConstraint, options);

/** Text of at most `longest` characters, each of which is a code point. */
export const AtMostCharacters = (longest: number) =>
  ValidateBy({
    name: 'maxLength',
    constraints: [longest],
    validator: { validate: (value: unknown) => typeof value === 'string' && characters(value) <= longest },
  });
