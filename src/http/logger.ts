import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { Config } from '../config/config.js';
import { describeError } from './error-description.js';

/** The token under which the one pino logger of the process is injected. */
export const LOGGER = Symbol('gatehouse:logger');

const SECRET_NAMES = [
  'password',
  'passwordHash',
  'plainPassword',
  'secret',
  'client_secret',
  'token',
  'access_token',
  'refresh_token',
  'otp',
  'apiKey',
  'authorization',
  'cookie',
  'set-cookie',
  'x-auth-token',
];

const REDACTED = SECRET_NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/**
 * The log of the process: one JSON object a line, so that nothing logged can forge a line. Errors are
 * reduced to what `describeError` lets through; members with the name of a secret are censored, a
 * second fence behind the rule that they are not logged.
 * @param destination standard output by default.
 */
export function createLogger(config: Pick<Config, 'server'>, destination?: DestinationStream): Logger {
  const options = {
    level: config.server.logLevel,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => describeError(error) },
    redact: { paths: REDACTED, censor: '[redacted]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
