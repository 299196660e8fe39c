/** What a user is told of his account, each kind by a mail and under a limit of its own. */
export type Notice =
  | ({ readonly what: 'password-changed' } & ByWhom)
  /** `to` is the new address: the one that is still the user's is told. */
  | ({ readonly what: 'email-changed'; readonly to: string } & ByWhom)
  | ({ readonly what: 'factor-added' | 'factor-removed' | 'recovery-codes-renewed' } & ByWhom)
  /** `left` is how many there are still. */
  | { readonly what: 'recovery-code-used'; readonly left: number }
  /** `provider` is the configured name of where the account elsewhere is. */
  | { readonly what: 'identity-linked' | 'identity-unlinked'; readonly provider: string }
  | { readonly what: 'new-sign-in' }
  /** The last one: nothing is kept of him any more. */
  | ({ readonly what: 'account-erased' } & ByWhom);

interface ByWhom {
  /** Somebody with authority over the user did it, of whom no more is told; else it passes for the user. */
  readonly isByAuthority?: boolean;
}
