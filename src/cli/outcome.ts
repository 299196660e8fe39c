/** What a command answers where it can be answered and yet not be well. */
export interface Outcome {
  readonly text: string;
  readonly exitCode: number;
}
