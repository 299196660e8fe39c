import { STATUS_CODES } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InvalidFields } from '../../accounts/field-faults.js';
import type { DomainError } from '../../common/domain-error.js';
import { EDGE_STATUS } from '../../http/http.errors.js';
import { protocolHeaders } from '../../http/protocol-headers.js';
import type { ErrorReply, Surface } from '../../http/surface.js';
import { SurfaceRegistry } from '../../http/surface-registry.js';
import { byCode, byKind, formErrorsOf, plain, type Refusal } from './romeo.errors.js';
import { SURFACE } from './surface-name.js';

/** Document 002, "romeo": cookie sessions; `/api` itself and whatever below it no other document has. */
@Injectable()
export class RomeoSurface implements Surface, OnModuleInit {
  readonly name = SURFACE;
  readonly segments = ['/api', '/auth', '/logout', '/media'];
  readonly carriers = ['session-cookie'] as const;
  readonly cors = 'credentialed';

  constructor(private readonly registry: SurfaceRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  presentError(error: DomainError): ErrorReply {
    const { status, body } = refusalOf(error);
    return { status, headers: protocolHeaders(error, status), body };
  }
}

function refusalOf(error: DomainError): Refusal {
  if (error instanceof InvalidFields) return formErrorsOf(error.faults);
  return byCode[error.code] ?? ofTheEdge(error) ?? byKind[error.kind];
}

/** A wrong path or method in Flask's shape, every other fault of the edge in the document's. */
function ofTheEdge({ code }: DomainError): Refusal | null {
  const status = EDGE_STATUS[code];
  if (status === undefined) return null;
  if (status === 404 || status === 405) return plain(status, STATUS_CODES[status] ?? 'Error');
  return { status, body: { error: 'invalid_request' } };
}
