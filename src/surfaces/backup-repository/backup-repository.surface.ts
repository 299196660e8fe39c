import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DomainError } from '../../common/domain-error.js';
import { protocolHeaders } from '../../http/protocol-headers.js';
import type { ErrorReply, FailedRequest, Surface } from '../../http/surface.js';
import { SurfaceRegistry } from '../../http/surface-registry.js';
import { refusalOf, type Refusal } from './backup-repository.errors.js';
import { SURFACE } from './surface-name.js';

const LOGIN = '/api/stable/auth/login';

/** Document 001, "backup-repository": JWT sessions that are listed and revocable. */
@Injectable()
export class BackupRepositorySurface implements Surface, OnModuleInit {
  readonly name = SURFACE;
  readonly segments = ['/api/stable'];
  readonly carriers = ['bearer-header'] as const;
  readonly cors = 'none';

  constructor(private readonly registry: SurfaceRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  presentError(error: DomainError, request: FailedRequest): ErrorReply {
    const refusal = refusalOf(error, request.path.replace(/\/+$/, '') === LOGIN);
    const challenge: Record<string, string> =
      refusal.envelope === 'middleware' ? { 'www-authenticate': 'JWT realm=backup-repository' } : {};
    return {
      status: refusal.status,
      headers: { ...protocolHeaders(error, refusal.status), ...challenge },
      body: bodyOf(refusal),
    };
  }
}

function bodyOf({ envelope, status, message }: Refusal): unknown {
  switch (envelope) {
    case 'middleware':
      return { code: status, data: {}, message, status: false };
    case 'handler':
      return { data: {}, error: message, status: false };
    case 'text':
      return message;
  }
}
