import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DomainError } from '../../common/domain-error.js';
import { InvalidBody, MethodNotAllowed } from '../../http/http.errors.js';
import { negotiateLocale } from '../../http/locale.js';
import { PAGE_HEADERS } from '../../http/pages/page-headers.js';
import { PAGE_LOCALES, PageRenderer, type PageName } from '../../http/pages/page-renderer.js';
import { protocolHeaders } from '../../http/protocol-headers.js';
import type { ErrorReply, FailedRequest, Surface } from '../../http/surface.js';
import { SurfaceRegistry } from '../../http/surface-registry.js';
import { byCode, byKind, type Answer } from './concrete-datastore.errors.js';
import { fieldErrors } from './field-messages.js';
import { SURFACE } from './surface-name.js';

type Shape = (error: InvalidBody) => Answer;

const told =
  (message: (error: InvalidBody) => unknown): Shape =>
  (error) => ({ status: 400, body: { message: message(error), _errors: ['INVALID_DATA'] } });

/** The origin has a shape of its own for a faulty body on each route (reference note 0). */
const INVALID_BODY: readonly (readonly [suffix: string, shape: Shape])[] = [
  ['/auth/register', told(() => 'serializer invalid')],
  ['/auth/login', told((error) => fieldErrors(error.faults))],
  ['/auth/reset-password', told((error) => fieldErrors(error.faults))],
  ['/auth/change-password', told(() => 'Invalid data format')],
];

/** Document 004, "concrete-datastore": its paths, carriers and refusals. */
@Injectable()
export class ConcreteDatastoreSurface implements Surface, OnModuleInit {
  readonly name = SURFACE;
  readonly segments = ['/api/v1.1', '/c'];
  readonly carriers = ['token-header', 'token-query'] as const;
  readonly cors = 'own';

  constructor(
    private readonly registry: SurfaceRegistry,
    private readonly pages: PageRenderer,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  presentError(error: DomainError, request: FailedRequest): ErrorReply {
    const path = request.path.replace(/\/+$/, '');
    const answer = answerOf(error, path);
    const status = answer.status === 401 && isAccountRoute(path) ? 403 : answer.status;
    const headers = { ...protocolHeaders(error, status), ...challenge(error, status) };
    if (path === '/c' || path.startsWith('/c/')) {
      return { status, ...this.page(error, request), headers: { ...PAGE_HEADERS, ...headers } };
    }
    return { status, headers, body: detailed(answer.body, error, request) };
  }

  private page(error: DomainError, request: FailedRequest): { body: string; contentType: string } {
    const locale = negotiateLocale(request.headers['accept-language'], PAGE_LOCALES);
    return {
      body: this.pages.render(pageOf(error), locale, { code: error.code }),
      contentType: 'text/html; charset=utf-8',
    };
  }
}

function answerOf(error: DomainError, path: string): Answer {
  if (error instanceof InvalidBody) {
    const shape = INVALID_BODY.find(([suffix]) => path.endsWith(suffix))?.[1];
    return shape ? shape(error) : { status: 400, body: fieldErrors(error.faults) };
  }
  if (error.code === 'passwords-differ' && path.endsWith('/auth/change-password')) {
    return { status: 400, body: { message: 'Passwords not corresponding', _errors: ['MISMATCH_PASSWORDS'] } };
  }
  return (byCode[error.code] ?? byKind[error.kind])(error);
}

/** No challenge can be given on account/me, so that a missing or bad token is 403 there (004; note, "Token failure answers"). */
function isAccountRoute(path: string): boolean {
  return path.endsWith('/account/me');
}

function challenge(error: DomainError, status: number): Record<string, string> {
  const isCredential = error.code.startsWith('credential-') || error.code === 'owner-blocked';
  return status === 401 && isCredential ? { 'www-authenticate': 'Token realm="api"' } : {};
}

function detailed(body: unknown, error: DomainError, request: FailedRequest): unknown {
  return error instanceof MethodNotAllowed ? { detail: `Method "${request.method}" not allowed.` } : body;
}

function pageOf(error: DomainError): PageName {
  if (error.kind === 'gone') return 'confirmation-used';
  return error.kind === 'not_found' ? 'link-unknown' : 'error';
}
