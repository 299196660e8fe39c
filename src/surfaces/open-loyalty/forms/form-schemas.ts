import { ACCESSES, RESOURCES } from '../../../common/permissions.js';
import { flag, form, list, object, text, uuid, type Schema } from '../../../http/described.js';

/** A form's fields under its name, as its document sends them; in a form `admin[email]=…`. */
const named = (name: string, fields: Readonly<Record<string, Schema>>, description: string): Schema =>
  object({ [name]: form(fields, description) });

const person = {
  firstName: text('First name'),
  lastName: text('Last name'),
  phone: text('Phone number, digits with an optional +'),
  email: text('E-mail address', { format: 'email' }),
};
const roles = list(uuid('The id of a role'), 'One role at most');
const plainPassword = text('Password, exactly as it is typed');

export const ADMINISTRATOR_FORM = named(
  'admin',
  {
    ...person,
    plainPassword,
    external: flag('Whether he has a permanent token'),
    apiKey: text('The permanent token; needed of a new external one', { minLength: 16 }),
    isActive: flag('Whether he may sign in'),
    roles,
  },
  'The administrator',
);

export const OWN_ADMINISTRATOR_FORM = named('admin', { ...person, roles }, 'Oneself');

export const ROLE_FORM = named(
  'role',
  {
    name: text('Its name'),
    permissions: list(
      object({
        resource: text('What it is about', { enum: [...RESOURCES] }),
        access: text('What may be done with it', { enum: [...ACCESSES] }),
      }),
      'What it gives',
    ),
  },
  'The role',
);

const group = (description: string): Schema => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string' },
});

const customer = {
  ...person,
  gender: text('Read, and not kept', { enum: ['male', 'female', 'not_disclosed'] }),
  birthDate: text('Read, and not kept', { format: 'date' }),
  address: group('Read, and not kept'),
  company: group('Read, and not kept'),
  loyaltyCardNumber: text('Number of his loyalty card, with which he also signs in'),
  labels: text('Read, and not kept'),
  agreement1: flag('True, or nobody is made'),
  agreement2: flag('Read, and not kept'),
  agreement3: flag('Read, and not kept'),
  referral_customer_email: text('Read, and not kept'),
};

export const SELF_REGISTER_FORM = named(
  'customer',
  { ...customer, invitationToken: text('Read, and not kept'), plainPassword },
  'The customer',
);

export const CUSTOMER_FORM = named(
  'customer',
  {
    ...customer,
    levelId: text('Read, and not kept'),
    posId: text('Read, and not kept'),
    sellerId: text('Read, and not kept'),
  },
  'The customer',
);

export const SELLER_FORM = named(
  'seller',
  {
    ...person,
    plainPassword,
    active: flag('Whether he may sign in'),
    posId: text('Read, and not kept'),
    allowPointTransfer: flag('Read, and not kept'),
  },
  'The seller',
);

export const PASSWORD_CHANGE_FORM = object({
  currentPassword: text('The password that one has'),
  plainPassword: text('The new one'),
});

export const RESET_REQUEST_FORM = object({ username: text('E-mail address, or any other identifier') });

export const RESET_FORM = object(
  {
    token: text('The token of the mailed link; or as a query parameter'),
    reset: object({ plainPassword: text('The new password') }, { description: 'What is to be set' }),
  },
  { optional: ['token'] },
);
