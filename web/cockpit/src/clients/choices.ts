export const CLIENT_STATE_CHOICES = ['active', 'disabled'].map((id) => ({ id, name: `clientState.${id}` }));

/** Grant types (RFC 6749) and scopes (document 000) go by their own names in every language. */
export const GRANT_CHOICES = [{ id: 'password', name: 'password' }];
export const SCOPE_CHOICES = ['profile', 'performer', 'venue'].map((id) => ({ id, name: id }));
