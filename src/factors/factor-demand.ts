/** What is asked for beside a right password; 'none' where one is asked for that the user does not have. */
export type FactorDemand =
  { readonly kind: 'app' } | { readonly kind: 'email'; readonly address: string } | { readonly kind: 'none' };

/** The words in which the native API tells what would do. */
export type FactorMethod = 'app' | 'recovery-code' | 'email';

export function methodsOf({ kind }: FactorDemand): readonly FactorMethod[] {
  switch (kind) {
    case 'app':
      return ['app', 'recovery-code'];
    case 'email':
      return ['email'];
    case 'none':
      return [];
  }
}
