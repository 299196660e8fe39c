import type { FieldFault } from '../../accounts/field-faults.js';
import type { MemberDraft } from '../../accounts/members/member.js';
import type { ValuesOf } from './forms/form.js';
import type { customerForm, sellerForm } from './forms/forms.js';

type Customer = Omit<ValuesOf<(typeof customerForm)['fields']>, 'levelId' | 'posId' | 'sellerId'>;
type Seller = ValuesOf<(typeof sellerForm)['fields']>;

/** What of a customer's form is about his account; the rest belongs to a loyalty programme. */
export function customerDraft(
  values: Customer,
  password: string | null,
  unreadable: readonly FieldFault[],
): MemberDraft {
  const { firstName, lastName, email, phone, loyaltyCardNumber, agreement1 } = values;
  const disagreed: FieldFault[] = agreement1 ? [] : [{ field: 'agreement1', code: 'blank' }];
  return {
    firstName,
    lastName,
    email,
    phone,
    card: loyaltyCardNumber,
    password,
    unreadable: [...unreadable, ...disagreed],
  };
}

/** What of a seller's form is about his account. */
export function sellerDraft(values: Seller, unreadable: readonly FieldFault[]): MemberDraft {
  const { firstName, lastName, email, phone, plainPassword } = values;
  return { firstName, lastName, email, phone, card: null, password: plainPassword, unreadable };
}
