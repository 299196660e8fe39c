import { flag, integer, list, object, text } from '../http/described.js';

const challenge = text('What the device is to sign, base64url; once, within five minutes');
const timeout = integer('How long it is waited for, in ms');
const userVerification = text('`required`: by a finger, a face or a PIN');

const credential = object(
  {
    id: text('The device’s name for it, base64url'),
    type: text('`public-key`'),
    transports: list(text('One way'), 'How the device is reached'),
  },
  { optional: ['transports'] },
);

/** What `PublicKeyCredential.parseCreationOptionsFromJSON()` takes (WebAuthn 5.1.9). */
export const CREATION_OPTIONS = object({
  challenge,
  timeout,
  rp: object(
    { name: text('Its name'), id: text('The host of `PUBLIC_URL`') },
    { description: 'Where the passkey will count' },
  ),
  user: object(
    {
      id: text('By which the device knows one, base64url'),
      name: text('E-mail address or user name'),
      displayName: text('First and last name'),
    },
    { description: 'Whose it will be' },
  ),
  pubKeyCredParams: list(
    object({ type: text('`public-key`'), alg: integer('COSE algorithm') }),
    'The algorithms that are understood, the most welcome first',
  ),
  excludeCredentials: list(credential, 'One’s passkeys that there are: a device makes no second one'),
  authenticatorSelection: object(
    {
      residentKey: text('`required`: it signs in by itself'),
      requireResidentKey: flag('The same, for older browsers'),
      userVerification,
    },
    { description: 'Which devices will do' },
  ),
  attestation: text('`none`: of which make the device is does not matter'),
  extensions: object(
    { credProps: flag('Always true') },
    { description: 'What the browser is asked besides' },
  ),
  hints: list(text('One hint'), 'Always empty'),
});

/** What `PublicKeyCredential.parseRequestOptionsFromJSON()` takes (WebAuthn 5.1.10). */
const asked = { challenge, timeout, rpId: text('The host of `PUBLIC_URL`'), userVerification };
export const REQUEST_OPTIONS = object(asked);

/** The same, where it is known whose passkey is asked for. */
export const OWN_REQUEST_OPTIONS = object({
  ...asked,
  allowCredentials: list(credential, 'One’s passkeys: one of them is to be shown'),
});
