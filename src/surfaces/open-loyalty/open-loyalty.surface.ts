import { STATUS_CODES } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DomainError } from '../../common/domain-error.js';
import { EDGE_STATUS } from '../../http/http.errors.js';
import { protocolHeaders } from '../../http/protocol-headers.js';
import type { ErrorReply, FailedRequest, Surface } from '../../http/surface.js';
import { SurfaceRegistry } from '../../http/surface-registry.js';
import { FormRefused } from './forms/form-refused.js';
import {
  byCode,
  byKind,
  INACTIVE_SELLER,
  LOGIN_BODY_FAULT,
  REFRESH_BODY_FAULT,
  roleBuiltIn,
  type Refusal,
} from './open-loyalty.errors.js';
import { SURFACE } from './surface-name.js';

const BODY_FAULTS: ReadonlySet<string> = new Set([
  'invalid-body',
  'malformed-body',
  'unsupported-media-type',
]);
const LOGIN = /^\/api\/(?:admin|customer|seller)\/login_check$/;

/** Document 003, "open-loyalty": JWTs with refresh tokens, permanent tokens, administrators. */
@Injectable()
export class OpenLoyaltySurface implements Surface, OnModuleInit {
  readonly name = SURFACE;
  readonly segments = ['/api/admin', '/api/customer', '/api/seller', '/api/token', '/api/password'];
  readonly carriers = ['bearer-header', 'api-key-header', 'api-key-query'] as const;
  readonly cors = 'own';

  constructor(private readonly registry: SurfaceRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  presentError(error: DomainError, request: FailedRequest): ErrorReply {
    const { status, body, isChallenge } = refusalOf(error, request.path.replace(/\/+$/, ''));
    const challenge: Record<string, string> = isChallenge ? { 'www-authenticate': 'Bearer' } : {};
    return { status, headers: { ...protocolHeaders(error, status), ...challenge }, body };
  }
}

function refusalOf(error: DomainError, path: string): Refusal {
  if (error instanceof FormRefused) return { status: 400, body: error.tree };
  if (BODY_FAULTS.has(error.code) && LOGIN.test(path)) return LOGIN_BODY_FAULT;
  if (BODY_FAULTS.has(error.code) && path === '/api/token/refresh') return REFRESH_BODY_FAULT;
  if (error.code === 'user-blocked' && path === '/api/seller/login_check') return INACTIVE_SELLER;
  if (error.code === 'role-built-in') return roleBuiltIn(error.params['master'] === true);
  return byCode[error.code] ?? ofTheEdge(error) ?? byKind[error.kind];
}

function ofTheEdge({ code }: DomainError): Refusal | null {
  const status = EDGE_STATUS[code];
  return status === undefined
    ? null
    : { status, body: { error: { code: status, message: STATUS_CODES[status] ?? 'Bad Request' } } };
}
