import type { OpenAPIObject } from '@nestjs/swagger';
import type { AccessRule } from '../common/security/access.js';
import type { Carrier } from '../common/security/carrier.js';
import type { Operation, Place } from './operation.js';

type Schemes = NonNullable<NonNullable<OpenAPIObject['components']>['securitySchemes']>;
type Scheme = Extract<Schemes[string], { type: string }>;
type Requirements = NonNullable<Operation['security']>;

/** The carriers of credentials by their own names, and `client`, by which an application shows its secret. */
export const SECURITY_SCHEMES: Readonly<Record<Carrier | 'client', Scheme>> = {
  'bearer-header': {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token: at /v1 of any of the documents, else of the same one',
  },
  'token-header': {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'The word `Token`, a blank and a token of document 004',
  },
  'token-query': {
    type: 'apiKey',
    in: 'query',
    name: 'c_auth_with_token',
    description: 'A token of document 004; addresses end up in logs, so better in the header',
  },
  'api-key-header': {
    type: 'apiKey',
    in: 'header',
    name: 'X-AUTH-TOKEN',
    description: 'A permanent key',
  },
  'api-key-query': {
    type: 'apiKey',
    in: 'query',
    name: 'auth_token',
    description: 'A permanent key; addresses end up in logs, so better in the header',
  },
  'session-cookie': {
    type: 'apiKey',
    in: 'cookie',
    name: 'session',
    description: 'The session of a browser; requests that change something must come from our own pages',
  },
  client: { type: 'http', scheme: 'basic', description: 'Id and secret of an OAuth client' },
};

/** By which credentials an operation is opened, any one of them: from its access rule and its surface. */
export function securityOf(operation: Operation, { rule, surface }: Place): Requirements {
  const requirements = surface.carriers
    .filter((carrier) => opens(rule, carrier))
    .map((name) => ({ [name]: [] }));
  if (!rule.public) return requirements;
  // What a public handler looks at itself, such as a client's secret, is for it to say.
  if (rule.credential === 'ignored') return operation.security ?? [];
  return [{}, ...requirements];
}

/** A permanent key opens nothing that is for a session. */
function opens(rule: AccessRule, carrier: Carrier): boolean {
  const isKey = carrier === 'api-key-header' || carrier === 'api-key-query';
  return !isKey || rule.public || rule.session === 'any' || rule.session === 'recent-token';
}
