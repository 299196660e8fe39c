/** An OAuth client as a manifest declares it (contract 2). */
export interface DeclaredClient {
  readonly kind: 'OAuthClient';
  /** Its `client_id`. */
  readonly name: string;
  /** One secret, or two while it is rotated; a changed list replaces the old one at once. */
  readonly secrets: readonly string[];
  readonly grants: readonly string[];
  readonly scopes: readonly string[];
  readonly disabled: boolean;
}
