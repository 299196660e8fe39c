/** An account elsewhere that opens a user's. `createdAt` in ms since 1970. */
export interface LinkedIdentity {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly userId: string;
  readonly provider: string;
  readonly label: string | null;
  readonly createdAt: number;
}
