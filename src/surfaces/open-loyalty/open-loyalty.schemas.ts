import { flag, integer, list, object, text, uuid, type Schema } from '../../http/described.js';
import { ACCESSES, RESOURCES } from '../../common/permissions.js';

const total = integer('How many there are');
const date = (description: string) => text(description, { example: '2017-09-21T13:54:04+0000' });

/** A role as `roleView` shows it. */
export const ROLE = object(
  {
    id: uuid('The role’s id'),
    name: text('Its name'),
    role: text('Always ROLE_ADMIN', { enum: ['ROLE_ADMIN'] }),
    master: flag('Whether it may everything'),
    permissions: list(
      object({
        id: uuid('An id of the permission, which never changes'),
        resource: text('What it is about', { enum: [...RESOURCES] }),
        access: text('What may be done with it', { enum: [...ACCESSES] }),
      }),
      'What it gives',
    ),
  },
  { description: 'A role' },
);

export const ROLES = object({ roles: list(ROLE, 'The roles'), total });

const named = (description: string, codes: readonly string[]): Schema =>
  list(object({ code: text('Its code', { enum: [...codes] }), name: text('Its name') }), description);

export const ACCESS_LIST = object({ accesses: named('What can be done with a resource', ACCESSES), total });

export const RESOURCE_LIST = object({ resources: named('What permissions are about', RESOURCES), total });

/** An administrator as `administratorView` shows him; the holder of the configuration key by less. */
export const ADMINISTRATOR = object(
  {
    id: uuid('His id'),
    username: text('His name, else his e-mail address'),
    isActive: flag('Whether he may sign in'),
    createAt: date('When he was made'),
    roles: list(ROLE, 'His role, or none'),
    email: text('E-mail address'),
    firstName: text('First name'),
    lastName: text('Last name'),
    phone: text('Phone number'),
    external: flag('Whether he has a permanent token'),
    dtype: text('Always admin', { enum: ['admin'] }),
  },
  { optional: ['createAt', 'email', 'firstName', 'lastName', 'phone'] },
);

export const ADMINISTRATORS = object({ users: list(ADMINISTRATOR, 'The administrators'), total });

export const ADMINISTRATOR_ID = object({ adminId: uuid('The administrator’s id') });

export const CUSTOMER_ID = object({
  customerId: uuid('The customer’s id'),
  email: text('His e-mail address', { nullable: true }),
});

export const SELLER_ID = object({
  sellerId: uuid('The seller’s id'),
  email: text('His e-mail address', { nullable: true }),
});

export const TOTAL = object({ total });

export const TOKEN_PAIR = object({
  token: text('The JWT'),
  refresh_token: text('128 hex digits, by which it is replaced once'),
});

export const SUCCESS = object({ success: flag('Always true') });

/** What is answered where there is nothing to tell. */
export const NOTHING = text('An empty text');

export const NO_ITEMS = list(text('Nothing'), 'An empty list');
