/** A field at fault: where it stands in the body (`permissions.0`) and which rule it breaks. */
export interface FieldFault {
  readonly path: string;
  readonly rule: string;
}

/** What a refusal says (RFC 9457), beside its status. */
export interface ProblemBody {
  readonly code?: string;
  readonly errors?: readonly FieldFault[];
  readonly retryAfterSeconds?: number;
  readonly id?: string;
  readonly methods?: readonly string[];
}

/** A refusal of the native API, or its silence. */
export class Problem extends Error {
  /** What it is about, such as `wrong-credentials`; `no-answer` of silence. */
  readonly code: string;

  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly body: ProblemBody,
  ) {
    super(body.code ?? (status === 0 ? 'no-answer' : 'internal'));
    this.code = this.message;
    this.name = 'Problem';
  }
}
