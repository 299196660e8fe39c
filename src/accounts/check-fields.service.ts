import { Injectable } from '@nestjs/common';
import { characters } from '../common/characters.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { Config } from '../config/config.js';
import { Reader } from '../database/db.js';
import { isMailAddress } from '../mail/mail-address.js';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import { PasswordUnacceptable } from '../password-policy/password-policy.errors.js';
import type { PolicyInForce } from '../password-policy/policy-in-force.js';
import { CARD, PHONE } from '../users/identifier-shapes.js';
import { UsersRepository } from '../users/users.repository.js';
import type { FieldFault } from './field-faults.js';

const LONGEST_NAME = 150;
/** Never what is an address, a phone or a card number: nobody gets a name that somebody else proves to be his. */
const USERNAME = /^(?=.*\p{L})[\p{L}\p{N}._-]{1,150}$/u;

/** Checks single fields of people; an empty list is no fault. `ownerId` is who may have the value already. */
@Injectable()
export class CheckFields {
  constructor(
    private readonly users: UsersRepository,
    private readonly policy: PasswordPolicy,
    private readonly reader: Reader,
    private readonly config: Config,
  ) {}

  async email(value: string | null, ownerId: string | null): Promise<FieldFault[]> {
    const faults = this.address(value);
    return faults.length > 0 || !value ? faults : this.free('email', value, ownerId);
  }

  /** What is wrong with an address by itself, whoever has it. */
  address(value: string | null): FieldFault[] {
    if (!value) return [{ field: 'email', code: 'blank' }];
    return isMailAddress(normaliseIdentifier(value)) ? [] : [{ field: 'email', code: 'invalid' }];
  }

  /** The same for somebody new, whose address must also be one that may register here. */
  async newEmail(value: string | null): Promise<FieldFault[]> {
    const faults = await this.email(value, null);
    if (faults.length > 0 || this.config.registration.emailFilter.test(normaliseIdentifier(value ?? ''))) {
      return faults;
    }
    return [{ field: 'email', code: 'invalid' }];
  }

  async username(value: string | null, ownerId: string | null): Promise<FieldFault[]> {
    if (value === null) return [];
    if (!USERNAME.test(value)) return [{ field: 'username', code: 'invalid' }];
    return this.free('username', value, ownerId);
  }

  async phone(value: string | null, ownerId: string | null): Promise<FieldFault[]> {
    if (!value) return [];
    if (!PHONE.test(value)) return [{ field: 'phone', code: 'phone' }];
    return this.free('phone', value, ownerId);
  }

  async card(value: string | null, ownerId: string | null): Promise<FieldFault[]> {
    if (!value) return [];
    if (!CARD.test(value)) return [{ field: 'card', code: 'invalid' }];
    return this.free('card', value, ownerId);
  }

  name(field: string, value: string | null, isRequired: boolean, longest = LONGEST_NAME): FieldFault[] {
    if (!value) return isRequired ? [{ field, code: 'blank' }] : [];
    return characters(value) > longest ? [{ field, code: 'too-long' }] : [];
  }

  /**
   * Every rule that a new password breaks; one that is empty is blank, where it is needed.
   * @param known the policy, where the caller has it already
   */
  async password(
    field: string,
    value: string | null,
    email: string | null,
    isRequired: boolean,
    known?: PolicyInForce,
  ): Promise<FieldFault[]> {
    if (!value) return isRequired ? [{ field, code: 'blank' }] : [];
    const policy = known ?? (await this.policy.inForce());
    try {
      policy.assertAcceptable(value, { email });
      return [];
    } catch (error) {
      if (!(error instanceof PasswordUnacceptable)) throw error;
      return [{ field, code: 'password', violations: error.violations }];
    }
  }

  private async free(field: string, value: string, ownerId: string | null): Promise<FieldFault[]> {
    const holder = await this.users.findByIdentifier(this.reader, value);
    return holder && holder.id !== ownerId ? [{ field, code: 'taken' }] : [];
  }
}
