import type { Operation, Place } from './operation.js';

/** What each parameter of a path stands for, by the path up to it. */
const WORDS: Readonly<Record<string, string>> = {
  '/v1/accounts/{id}': 'The number of the account',
  '/v1/api-keys/{id}': 'The key’s id',
  '/v1/clients/{id}': 'The client’s id, which is its `client_id`',
  '/v1/clients/{id}/secrets/{secretId}': 'The secret’s id',
  '/v1/mailbox/{name}': 'The name of the file that the mail is',
  '/v1/me/identities/{id}': 'The id of the linked account',
  '/v1/me/passkeys/{id}': 'The passkey’s id',
  '/v1/me/trusted-devices/{id}': 'The device’s id',
  '/v1/outbox/{id}': 'The mail’s id',
  '/v1/roles/{id}': 'The role’s id',
  '/v1/sessions/{id}': 'The session’s id',
  '/v1/users/{id}': 'The user’s id',
  '/v1/users/{id}/sessions/{sessionId}': 'The session’s id',

  '/api/artist/{userId}': 'The id of the user whose profile it is to be: one’s own',
  '/api/artists/{id}': 'The profile’s id',
  '/api/users/{id}': 'The user’s id',
  '/api/venue/{userId}': 'The id of the user whose profile it is to be: one’s own',
  '/api/venues/{id}': 'The profile’s id',

  '/api/stable/auth/user/{userName}': 'The user’s name, or any other identifier of his',

  '/api/account/{id}': 'The number of the account',
  '/api/user/{id}': 'The number of the user, which is that of his account',
  '/api/video/{id}': 'The video’s number, another system’s',
  '/api/video/{id}/collaborators/{collaboratorId}': 'The collaborator’s id',
  '/auth/{provider}': 'The provider’s name, as it is configured',
  '/media/{name}': 'The image’s name, as the address in an account has it',

  '/api/admin/acl/role/{id}': 'The role’s id',
  '/api/admin/customer/{id}': 'The customer’s id',
  '/api/admin/data/{id}': 'The administrator’s id',
  '/api/customer/activate/{token}': 'The token of the mailed link',
  '/api/seller/{id}': 'The seller’s id',

  '/api/v1.1/user/{uid}': 'The user’s id',
};

/** The parameters of an operation, those of its path in words. */
export function describedParameters(
  operation: Operation,
  { path }: Place,
): NonNullable<Operation['parameters']> {
  return (operation.parameters ?? []).map((parameter) => {
    if (!('in' in parameter) || parameter.in !== 'path' || parameter.description) return parameter;
    const name = `{${parameter.name}}`;
    const description = WORDS[path.slice(0, path.indexOf(name) + name.length)];
    return description === undefined ? parameter : { ...parameter, description };
  });
}
