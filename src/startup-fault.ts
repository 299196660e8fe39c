import { ConfigurationFault } from './config/load-config.js';
import { ManifestsFaulty } from './manifests/manifest-faults.js';

interface Coded {
  readonly code?: string;
  readonly message?: string;
  readonly path?: string;
  readonly port?: number;
  readonly cause?: unknown;
  readonly driverError?: unknown;
}

/** The process cannot listen where `HOST` and a variable for a port say. */
export class ListenFault extends Error {
  constructor(
    readonly variable: 'PORT' | 'METRICS_PORT',
    cause: unknown,
  ) {
    super('Cannot listen', { cause });
    this.name = 'ListenFault';
  }
}

/** What stands in the way of a start, in one line for an operator and without a secret. */
export function startupFault(error: unknown): string {
  if (error instanceof ConfigurationFault || error instanceof ManifestsFaulty) return error.message;
  const fault: Coded = rootOf(error);
  const code = fault.code ?? '';
  if (error instanceof ListenFault) return listenFault(error.variable, code, fault);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return 'DATABASE_URL: the file is not a database, or is damaged; it was left as it is';
  }
  if (code.startsWith('SQLITE_')) return `DATABASE_URL: the database file cannot be used (${code})`;
  if (/^(EACCES|EPERM|EROFS|ENOTDIR|ENOSPC|EEXIST)$/.test(code)) {
    return `DATA_DIR: ${fault.path ?? 'the folder'} cannot be written (${code})`;
  }
  if (
    /^(ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|08|57P|28|3D)/.test(code) ||
    /timeout|terminated/i.test(fault.message ?? '')
  ) {
    return `DATABASE_URL: the database cannot be reached (${code || 'timeout'})`;
  }
  return `Gatehouse cannot start: ${fault.message ?? String(error)}`;
}

function listenFault(variable: string, code: string, { port, message }: Coded): string {
  if (code === 'EADDRINUSE') return `${variable}: port ${port ?? ''} is in use`;
  if (code === 'EACCES') return `${variable}: port ${port ?? ''} may not be listened on by this user`;
  if (/^(EADDRNOTAVAIL|ENOTFOUND|EAI_)/.test(code))
    return `HOST: this machine does not have that address (${code})`;
  return `HOST, ${variable}: cannot listen: ${message ?? code}`;
}

function rootOf(error: unknown): Coded {
  let fault = error as Coded;
  for (let depth = 0; depth < 5 && !fault.code; depth++) {
    const inner = (fault.driverError ?? fault.cause) as Coded | undefined;
    if (!inner) break;
    fault = inner;
  }
  return fault;
}
