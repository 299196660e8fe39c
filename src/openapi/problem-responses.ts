import { parametersIn, takesHeader, type Operation, type Place, type Responses } from './operation.js';

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

interface Refusal {
  readonly status: number;
  readonly description: string;
  /** Whether an operation may refuse so. */
  readonly when: (operation: Operation, place: Place) => boolean;
}

const REFUSALS: readonly Refusal[] = [
  {
    status: 400,
    description: 'Something in the request is wrong; `errors` names each field and the rule that it breaks',
    when: takesInput,
  },
  {
    status: 401,
    description: 'There is no credential, or it does not count',
    when: (_, { rule }) => !rule.public,
  },
  {
    status: 403,
    description: 'The caller may not do this',
    when: (_, { rule }) => (!rule.public && !rule.session.startsWith('recent')) || rule.ownOrigin,
  },
  {
    status: 403,
    description: 'The caller may not do this, or has to show again who he is (`reauthentication-required`)',
    when: (_, { rule }) => !rule.public && rule.session.startsWith('recent'),
  },
  {
    status: 404,
    description: 'There is no such thing',
    when: (operation) => parametersIn(operation, 'path').length > 0,
  },
  {
    status: 409,
    description:
      'It cannot be done to what is there; or the `Idempotency-Key` was used for another request, or for what showed a secret once',
    when: (operation) => takesHeader(operation, 'Idempotency-Key'),
  },
  {
    status: 412,
    description: 'It has changed since the caller read it (`If-Match`)',
    when: (operation) => takesHeader(operation, 'If-Match'),
  },
  {
    status: 413,
    description: 'The body is over 1 MiB',
    when: (operation) => operation.requestBody !== undefined,
  },
  {
    status: 415,
    description: 'The body is of a kind that is not taken',
    when: (operation) => operation.requestBody !== undefined,
  },
  {
    status: 429,
    description: 'Too many requests; `Retry-After` tells when to come again',
    when: (_, { rule }) => rule.limited || rule.sensitive,
  },
  {
    status: 503,
    description: 'There is too much to do at this moment; `Retry-After` tells when to come again',
    when: () => true,
  },
];

/**
 * The responses of an operation of the native API with every refusal that follows from its access rule
 * and from what it takes; one that its handler describes keeps its words.
 */
export function withProblems(operation: Operation, place: Place): Responses {
  const due = REFUSALS.filter(({ when }) => when(operation, place));
  const general = Object.fromEntries(due.map(({ status, description }) => [status, { description }]));
  const responses: Responses = { ...general, ...operation.responses };
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const isRefusal = Number(status) >= 400 && response !== undefined && 'description' in response;
      return [status, isRefusal ? { ...response, content: PROBLEM } : response];
    }),
  );
}

function takesInput(operation: Operation): boolean {
  const hasQuery = parametersIn(operation, 'query').length > 0;
  return hasQuery || operation.requestBody !== undefined || takesHeader(operation, 'Idempotency-Key');
}
