import { characters } from '../../common/characters.js';
import type { ProfileEdit } from '../../accounts/edit-profile.service.js';
import { normaliseIdentifier } from '../../common/identifier.js';
import { isMailAddress } from '../../mail/mail-address.js';
import { PHONE } from '../../users/identifier-shapes.js';
import { InvalidParameter } from './gemini.errors.js';
import type { Parameters } from './parameters.js';

const LOCALE = /^[a-z]{2}([_-][A-Z]{2})?$/;

/**
 * What PATCH takes of a user (contract 4.1); whatever else is sent, `password` too, means nothing. A
 * null takes a text away.
 * @throws InvalidParameter
 */
export function userEditOf(parameters: Parameters): Omit<ProfileEdit, 'mailLocale'> {
  const has = (name: string) => parameters.has(name);
  const flag = parameters.optionalFlag('allow_email_notifications');
  return {
    ...(has('first_name') ? { firstName: line(parameters, 'first_name', 150) ?? '' } : {}),
    ...(has('last_name') ? { lastName: line(parameters, 'last_name', 150) ?? '' } : {}),
    ...(has('address') ? { address: line(parameters, 'address', 500) } : {}),
    ...(has('zip_code') ? { zipCode: line(parameters, 'zip_code', 32) } : {}),
    ...(has('phone') ? { phone: matching(parameters, 'phone', PHONE) } : {}),
    ...(has('locale') ? { locale: matching(parameters, 'locale', LOCALE) ?? 'en_US' } : {}),
    ...(has('email') ? { email: address(parameters) } : {}),
    ...(flag === null ? {} : { unsubscribedFromAll: !flag }),
  };
}

function line(parameters: Parameters, name: string, most: number): string | null {
  const value = parameters.optionalText(name)?.trim() ?? null;
  if (value !== null && characters(value) > most) throw new InvalidParameter(name);
  return value;
}

function matching(parameters: Parameters, name: string, pattern: RegExp): string | null {
  const value = parameters.optionalText(name);
  if (value !== null && !pattern.test(value)) throw new InvalidParameter(name);
  return value;
}

function address(parameters: Parameters): string {
  const email = parameters.text('email');
  if (!isMailAddress(normaliseIdentifier(email))) throw new InvalidParameter('email');
  return email;
}
