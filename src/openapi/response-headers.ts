import { ETAG } from '../http/described.js';
import { takesHeader, type Operation, type Responses } from './operation.js';

type Headers = Readonly<Record<string, { description: string; schema: { type: 'string' } }>>;

const RETRY_AFTER: Headers = { 'Retry-After': { description: 'In seconds', schema: { type: 'string' } } };
const OF_REFUSALS: Readonly<Record<string, Headers>> = {
  401: {
    'WWW-Authenticate': { description: 'How to say who one is (RFC 6750)', schema: { type: 'string' } },
  },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};
const NOT_MODIFIED: Responses = { 304: { description: 'The caller has it already (`If-None-Match`)' } };

/** The responses of an operation of the native API with the headers that follow from their status and from its tags. */
export function withHeaders(operation: Operation, responses: Responses): Responses {
  const isRead = takesHeader(operation, 'If-None-Match');
  const isTagged = isRead || takesHeader(operation, 'If-Match');
  const all: Responses = { ...responses, ...(isRead ? NOT_MODIFIED : {}) };
  return Object.fromEntries(
    Object.entries(all).map(([status, response]): [string, Responses[string]] => {
      const hasTag = isTagged && (status === '200' || status === '304');
      const headers = hasTag ? ETAG : OF_REFUSALS[status];
      if (!headers || !response || !('description' in response)) return [status, response];
      return [status, { ...response, headers: { ...response.headers, ...headers } }];
    }),
  );
}
