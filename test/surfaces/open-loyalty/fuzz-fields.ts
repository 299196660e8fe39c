/** A form as a whole, and each of its fields by its bracket name. */
const form = (name: string, fields: string): readonly string[] => [
  name,
  ...fields
    .trim()
    .split(/\s+/)
    .map((field) => `${name}[${field}]`),
];

/** The document's eight fields, and those of the reference note and of nobody. */
export const ADMIN = form(
  'admin',
  'firstName lastName phone email plainPassword external apiKey isActive roles unknown',
);
export const OWN = form('admin', 'firstName lastName phone email roles');

/** A free role; its permissions nest deepest of all. */
export const ROLE: readonly string[] = [
  ...form('role', 'name permissions'),
  'role[permissions][0]',
  'role[permissions][0][resource]',
  'role[permissions][0][access]',
];

const PERSON = `firstName lastName gender email phone birthDate address company loyaltyCardNumber labels
  agreement1 agreement2 agreement3 referral_customer_email`;

export const SELF: readonly string[] = [
  ...form('customer', `${PERSON} invitationToken plainPassword`),
  'customer[address][city]',
];
export const CUSTOMER = form('customer', 'email firstName levelId posId sellerId plainPassword');
export const SELLER = form(
  'seller',
  'firstName lastName phone email plainPassword active posId allowPointTransfer',
);
