import { Form } from './form.js';
import { checkbox, day, group, oneOf, secret, text, texts } from './readers.js';

/** 003 "Creating a permanent user token": its eight fields, in the document's order, and `roles`. */
export const administratorForm = new Form(
  'admin',
  {
    firstName: text,
    lastName: text,
    phone: text,
    email: text,
    plainPassword: secret,
    external: checkbox,
    apiKey: secret,
    isActive: checkbox,
    roles: texts,
  },
  { hidden: ['roles'] },
);

/** What an administrator edits of himself (reference note 1.8). */
export const ownAdministratorForm = new Form(
  'admin',
  { firstName: text, lastName: text, phone: text, email: text, roles: texts },
  { hidden: ['roles'] },
);

/** A free role (reference note 1.9); `permissions` is a list of `{resource, access}`. */
export const roleForm = new Form('role', {
  name: text,
  permissions: (value: unknown) => value ?? null,
});

/** A new password for the one that one has (reference note 1.6). */
export const passwordChangeForm = new Form(null, { currentPassword: secret, plainPassword: secret });

/** A new password by a mailed token (reference note 1.7). */
export const resetForm = new Form('reset', { plainPassword: secret });

const customer = {
  firstName: text,
  lastName: text,
  gender: oneOf('male', 'female', 'not_disclosed'),
  email: text,
  phone: text,
  birthDate: day,
  address: group,
  company: group,
  loyaltyCardNumber: text,
  labels: text,
  agreement1: checkbox,
  agreement2: checkbox,
  agreement3: checkbox,
  referral_customer_email: text,
};

const customerOptions = {
  aliases: { loyaltyCardNumber: 'card' },
  messages: {
    'email:taken': 'Customer with such email already exists.',
    'phone:taken': 'Customer with such phone already exists.',
    'loyaltyCardNumber:taken': 'Customer with such loyalty card number already exists.',
    'phone:phone': 'Incorrect phone number format, use 00000000000.',
  },
};

/** A customer who registers himself (reference note 1.10). */
export const selfRegisterForm = new Form(
  'customer',
  { ...customer, invitationToken: text, plainPassword: secret },
  customerOptions,
);

/** A customer whom somebody registers. */
export const customerForm = new Form(
  'customer',
  { ...customer, levelId: text, posId: text, sellerId: text },
  customerOptions,
);

/** A seller (reference note 1.11). */
export const sellerForm = new Form(
  'seller',
  {
    firstName: text,
    lastName: text,
    phone: text,
    email: text,
    plainPassword: secret,
    active: checkbox,
    posId: text,
    allowPointTransfer: checkbox,
  },
  { messages: { 'email:taken': 'This email is already taken' } },
);
