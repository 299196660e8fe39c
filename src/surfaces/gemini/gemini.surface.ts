import { STATUS_CODES } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InvalidFields, type FieldFault } from '../../accounts/field-faults.js';
import type { DomainError } from '../../common/domain-error.js';
import { EDGE_STATUS } from '../../http/http.errors.js';
import { protocolHeaders } from '../../http/protocol-headers.js';
import type { ErrorReply, Surface } from '../../http/surface.js';
import { SurfaceRegistry } from '../../http/surface-registry.js';
import { byCode, byKind, InvalidParameter, type OAuthError } from './gemini.errors.js';
import { SURFACE } from './surface-name.js';

const WRONG: Readonly<Partial<Record<FieldFault['code'], string>>> = {
  blank: 'is missing',
  taken: 'is taken',
  'too-long': 'is too long',
  password: 'does not meet the password policy',
};

/** Document 000, "gemini": OAuth 2 password grant with client credentials and scopes. */
@Injectable()
export class GeminiSurface implements Surface, OnModuleInit {
  readonly name = SURFACE;
  readonly segments = ['users', 'oauth', 'artist', 'artists', 'venue', 'venues'].map(
    (word) => `/api/${word}`,
  );
  readonly carriers = ['bearer-header'] as const;
  readonly cors = 'own';

  constructor(private readonly registry: SurfaceRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  presentError(error: DomainError): ErrorReply {
    const { status, error: code, description, challenge } = oauthErrorOf(error);
    return {
      status,
      headers: { ...protocolHeaders(error, status), ...challengeOf(challenge, code, error) },
      body: { error: code, error_description: description },
    };
  }
}

function oauthErrorOf(error: DomainError): OAuthError {
  if (error instanceof InvalidFields) return invalidRequest(describe(error.faults));
  if (error instanceof InvalidParameter) {
    return invalidRequest(`${String(error.params['parameter'])} is missing or malformed.`);
  }
  return byCode[error.code] ?? ofTheEdge(error) ?? byKind[error.kind];
}

function invalidRequest(description: string): OAuthError {
  return { status: 400, error: 'invalid_request', description };
}

function describe(faults: readonly FieldFault[]): string {
  const sentences = faults.map(({ field, code }) => `${field} ${WRONG[code] ?? 'is malformed'}.`);
  return [...new Set(sentences)].join(' ');
}

function ofTheEdge({ code }: DomainError): OAuthError | null {
  const status = EDGE_STATUS[code];
  if (status === undefined || status === 404) return null;
  return { status, error: 'invalid_request', description: `${STATUS_CODES[status] ?? 'Bad Request'}.` };
}

/** RFC 6750 3: the code stands in the challenge too, unless no token was shown at all. */
function challengeOf(
  scheme: OAuthError['challenge'],
  code: string,
  error: DomainError,
): Record<string, string> {
  if (scheme === undefined) return {};
  if (scheme === 'Basic') return { 'www-authenticate': 'Basic realm="gemini", charset="UTF-8"' };
  const reason = error.code === 'credential-missing' ? '' : `, error="${code}"`;
  return { 'www-authenticate': `Bearer realm="gemini"${reason}` };
}
