/** What is asked for beside a right password; 'none' where one is asked for that the user does not have. */
export type FactorDemand =
  | { readonly kind: 'app'; readonly hasPasskey: boolean }
  | { readonly kind: 'passkey' }
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'none' };

/** The words in which the native API tells what would do. */
export type FactorMethod = 'app' | 'recovery-code' | 'email' | 'passkey';

export function methodsOf(demand: FactorDemand): readonly FactorMethod[] {
  switch (demand.kind) {
    case 'app':
      return demand.hasPasskey ? ['app', 'recovery-code', 'passkey'] : ['app', 'recovery-code'];
    case 'passkey':
      return ['passkey', 'recovery-code'];
    case 'email':
      return ['email'];
    case 'none':
      return [];
  }
}
