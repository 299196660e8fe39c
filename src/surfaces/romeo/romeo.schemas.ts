import { LONGEST_DESCRIPTION, LONGEST_DISPLAY_NAME } from '../../accounts/personal-account.js';
import { flag, form, instant, list, object, orNull, text, uuid } from '../../http/described.js';

const remember = flag('Whether the browser keeps the session when it is closed', { default: false });
const username = text('E-mail address, or any other identifier', { example: 'ada@example.org' });
const password = text('The password, exactly as it is typed');

export const LOGIN = object({ username, password, remember }, { optional: ['remember'] });

export const REGISTRATION = object(
  {
    username: text('E-mail address', { format: 'email' }),
    password,
    name: text('Name of the account'),
    display_name: text('The same, where `name` is left out'),
    remember,
  },
  { optional: ['name', 'display_name', 'remember'] },
);

export const EXTERNAL_LOGIN = object(
  {
    external_system: text('The provider, such as `twitter`'),
    external_token: text('What the provider’s page handed over'),
    username: text('E-mail address; needed of who comes for the first time', { format: 'email' }),
    remember,
  },
  { optional: ['username', 'remember'] },
);

export const SHOWN_TOKEN = object({ token: text('The token of the mailed link') });

const image = (of: string) => text(`${of}: PNG, JPEG or WebP up to 5 MiB`, { format: 'binary' });

export const ACCOUNT_EDIT = form({
  display_name: text('Name that is shown', { maxLength: LONGEST_DISPLAY_NAME }),
  description: text('About the account; empty clears it', { maxLength: LONGEST_DESCRIPTION }),
  avatar: image('Picture'),
  profile_cover: image('Wide picture'),
});

export const INVITATION = object(
  {
    email: text('Who is invited', { format: 'email' }),
    name: text('What he is called'),
    can_download: flag('Whether he may download the video', { default: false }),
    can_comment: flag('Whether he may comment on it', { default: false }),
  },
  { optional: ['can_download', 'can_comment'] },
);

export const ACCOUNT = object(
  {
    href: text('Path of the account'),
    name: text('Name of the account'),
    display_name: text('Name that is shown'),
    description: text('About the account'),
    profile_cover: orNull(text('Address of the wide picture')),
    avatar: orNull(text('Address of the picture')),
  },
  { description: 'The account' },
);

export const USER = object(
  { href: text('Path of the user'), username: text('E-mail address, else the name') },
  { description: 'The user' },
);

export const SIGNED_IN = object({ account: ACCOUNT, user: USER });

export const STATUS = object(
  {
    auth_status: text('Whether somebody is signed in, or a token was shown', {
      enum: ['logged_in', 'logged_out'],
    }),
    account: ACCOUNT,
    user: USER,
  },
  { optional: ['account', 'user'] },
);

const permissions = list(text('Such as `download`'), 'What may be done with the video');

export const VIDEO = object({ href: text('Path of the video'), permissions });

/** What a collaborator's token stands for. */
export const SHOWN_COLLABORATOR = object({
  username: text('What he is called'),
  avatar_url: text('Address of a picture at Gravatar'),
  video: object({ href: text('Path of the video') }, { description: 'What he is invited to' }),
  permissions,
});

export const COLLABORATORS = object({
  items: list(
    object({
      id: uuid('The collaborator’s id'),
      href: text('Path of the invitation'),
      email: text('Who is invited'),
      name: text('What he is called'),
      permissions,
      expires_at: instant('When his token expires'),
    }),
    'Who is invited',
  ),
});
