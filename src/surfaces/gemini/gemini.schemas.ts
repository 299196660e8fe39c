import {
  flag,
  form,
  instant,
  integer,
  list,
  object,
  orNull,
  text,
  uuid,
  type Schema,
} from '../../http/described.js';
import { DETAILS, LONGEST_DETAIL, LONGEST_NAME, type ProfileKind } from '../../profiles/profile.js';

const scope = text('Scopes, separated by blanks; left out, all that the client may ask for', {
  example: 'profile performer venue',
});
const grantType = text('The only grant there is', { enum: ['password'] });

/** Body of `POST /api/users/create`. */
export const USER_CREATION = object(
  {
    grant_type: grantType,
    email: text('His e-mail address, with which he signs in', { format: 'email' }),
    password: text('His password, exactly as it is typed'),
    scope,
    has_accepted_terms: flag('True, or nobody is made'),
  },
  { optional: ['scope'] },
);

/** Body of `POST /api/oauth/token` (RFC 6749 4.3.2). */
export const TOKEN_REQUEST = object(
  {
    grant_type: grantType,
    username: text('His e-mail address, or any other identifier of his'),
    password: text('His password, exactly as it is typed'),
    scope,
    otp: text('A code of his second factor, where he has one'),
    client_id: text('The client’s id, where no header shows the client'),
    client_secret: text('The client’s secret, likewise'),
  },
  { optional: ['scope', 'otp', 'client_id', 'client_secret'] },
);

/** Body of `PATCH /api/users/{id}`; a null takes a text away. */
export const USER_EDIT = form({
  email: text('A new address, which is then asked to confirm itself', { format: 'email' }),
  first_name: orNull(text('First name', { maxLength: 150 })),
  last_name: orNull(text('Last name', { maxLength: 150 })),
  address: orNull(text('Postal address', { maxLength: 500 })),
  zip_code: orNull(text('Postal code', { maxLength: 32 })),
  phone: orNull(text('Phone number, digits with an optional +')),
  locale: orNull(text('Language of his mails', { example: 'en_US' })),
  allow_email_notifications: orNull(flag('Whether he is mailed what is no notice of security')),
});

const links = (description: string): Schema => ({
  type: 'object',
  description,
  additionalProperties: object({
    href: text('Path'),
    method: text('HTTP method'),
    title: text('What it does'),
  }),
});

const details = (kind: ProfileKind): Record<string, Schema> =>
  Object.fromEntries(
    DETAILS[kind].map((name) => [
      name,
      text(`What the profile tells as ${name}`, { maxLength: LONGEST_DETAIL }),
    ]),
  );

/** Body of the routes that make and edit a profile; a null or empty detail is taken away. */
export const profileForm = (kind: ProfileKind): Schema =>
  form({
    name: text('Its name; a new profile needs one', { maxLength: LONGEST_NAME }),
    ...Object.fromEntries(Object.entries(details(kind)).map(([name, schema]) => [name, orNull(schema)])),
  });

/** A profile as `profileView` shows it. */
export const profile = (kind: ProfileKind): Schema =>
  object(
    {
      _links: links('What this token may do with it'),
      ...details(kind),
      id: uuid('The profile’s id'),
      name: text('Its name'),
      created_at: instant('When it was made'),
      updated_at: instant('When it was last changed'),
      user_id: uuid('Whose it is'),
    },
    { optional: DETAILS[kind] },
  );

/** A user as `userView` shows him. */
export const USER = object({
  _links: links('What this token may do about him'),
  address: orNull(text('Postal address')),
  allow_email_notifications: flag('Whether he is mailed what is no notice of security'),
  artists: list(profile('artist'), 'His artist profiles'),
  cities: list(object({}), 'Always empty'),
  email: orNull(text('E-mail address', { format: 'email' })),
  first_name: orNull(text('First name')),
  has_confirmed_email: flag('Whether the address was confirmed'),
  id: uuid('The user’s id'),
  last_name: orNull(text('Last name')),
  locale: text('Language of his mails', { example: 'en_US' }),
  phone: orNull(text('Phone number')),
  selfmatches: list(object({}), 'Always empty'),
  venues: list(profile('venue'), 'His venue profiles'),
  zip_code: orNull(text('Postal code')),
});

const accessToken = text('The access token, which is opaque');
const tokenType = text('How it is shown', { enum: ['Bearer'] });
const expiresIn = integer('Seconds until it expires');

/** A token as `tokenView` hands it out. */
export const TOKEN = object({
  access_token: accessToken,
  token_type: tokenType,
  expires_in: expiresIn,
  scope: text('The scopes that it has, separated by blanks'),
  token: object(
    {
      access_token: accessToken,
      expires_in: expiresIn,
      scope: list(text('A scope'), 'The scopes that it has'),
      token_type: tokenType,
    },
    { description: 'The same once more, as the document has it' },
  ),
  user: { ...USER, description: 'Whose token it is' },
  _links: links('What this token may do about its user'),
});
