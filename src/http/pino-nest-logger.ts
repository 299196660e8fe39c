import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';

/** Nest tells every module and route at start; that is for who debugs, and costs a cold start. */
const CHATTY: ReadonlySet<string> = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
]);

/** Writes what Nest and the rooms log through Nest's `Logger` to the process's pino logger. */
export class PinoNestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest's last argument is the context; an error may bring its stack, or itself, before that. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const last = rest.at(-1);
    const context = typeof last === 'string' && !isStack(last) ? last : undefined;
    const stack = rest.find(isStack);
    const err = [message, ...rest].find((part) => part instanceof Error);
    const text = typeof message === 'string' ? message : message instanceof Error ? message.name : '';
    const quiet = context !== undefined && isChatter(level, context) ? 'debug' : level;
    this.logger[quiet]({ context, ...(err ? { err } : { stack }) }, text);
  }
}

/** What the application itself says is of its start, and whoever starts it tells that better. */
function isChatter(level: Level, context: string): boolean {
  return context === 'NestApplication' || (level === 'info' && CHATTY.has(context));
}

function isStack(part: unknown): part is string {
  return typeof part === 'string' && /\n\s+at /.test(part);
}
