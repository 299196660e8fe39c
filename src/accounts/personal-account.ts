/** The account that every user has. Its decimal id is also his own at document 002. */
export interface PersonalAccount {
  readonly id: number;
  readonly ownerId: string;
  readonly name: string;
  readonly displayName: string;
  /** Empty for none. */
  readonly description: string;
}

/** What its owner changes; what is left out stays. */
export interface AccountChange {
  readonly displayName?: string;
  readonly description?: string;
}
