/** What document 002 answers, whole. */
export const DENIED = { status: 403, body: { error: 'access_denied' } };
export const UNAUTHENTICATED = { status: 401, body: { error: 'invalid_token' } };
export const MISSING = { status: 404, body: { message: 'Not Found', status: 404 } };
export const INVALID_REQUEST = { status: 400, body: { error: 'invalid_request' } };
export const LIMITED = { status: 429, body: { error: 'temporarily_unavailable' } };

export const formErrors = (fields: object) => ({
  status: 400,
  body: { error: 'invalid_request', form_errors: fields },
});
