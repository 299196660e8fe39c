import { z } from 'zod';
import { BoundedPattern } from './bounded-pattern.js';

/** The environment, variable by variable (contract section 1). Values are text; empty text means unset. */

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));

const positiveNumber = () =>
  z
    .string()
    .transform(Number)
    .pipe(z.number('must be a number').positive('must be greater than 0').max(1e10, 'is too large'));

const flag = () => z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');

/** An absolute http or https URL, exactly as it was written. */
export const exactHttpUrl = () =>
  z
    .string()
    .refine(isPlainHttpUrl, 'must be an absolute http or https URL without query, fragment or credentials');

const httpUrl = () => exactHttpUrl().transform((text) => text.replace(/\/+$/, ''));

const originList = () =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(
      z.array(
        z
          .string()
          .refine(
            (text) => isPlainHttpUrl(text) && new URL(text).pathname === '/',
            'must be a comma list of origins',
          )
          .transform((text) => new URL(text).origin),
      ),
    );

const secretKey = () =>
  // Node reads base64 leniently: without the shape, much that is none would decode to 32 bytes of something.
  z.string().regex(/^[A-Za-z0-9+/_-]{42}[AEIMQUYcgkosw048]=?$/, 'must be 32 bytes in base64');

const pattern = () =>
  z
    .string()
    .refine(isRegularExpression, 'must be a regular expression')
    .transform((source) => new BoundedPattern(source));

const serverUrl = (schemes: RegExp, message: string) =>
  z.string().refine((text) => schemes.test(text) && isServerUrl(text), message);

/** Only the braces: where the links may lead is looked at when Gatehouse starts, by those who make them. */
const urlFormat = () =>
  z
    .string()
    .refine(
      (text) =>
        text.includes('{token}') && text.includes('{email}') && hasNoBracesBut(text, ['token', 'email']),
      'must contain {token} and {email}, and no other brace',
    );

export const environmentSchema = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: httpUrl().optional(),
  WEB_APP_URL: httpUrl().optional(),
  LINK_ORIGINS: originList().default([]),
  TRUST_PROXY: wholeNumber(0, 32).default(0),
  DATA_DIR: z.string().default('./data'),
  SECRET_KEY: secretKey().optional(),
  SECRET_KEYS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(secretKey()).min(1))
    .optional(),
  DATABASE_URL: serverUrl(
    /^(sqlite:.+|postgres(ql)?:\/\/.+)$/,
    'must be sqlite:<path> or postgres://…',
  ).optional(),
  DATABASE_REPLICA_URLS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(serverUrl(/^postgres(ql)?:\/\/.+$/, 'must be a comma list of postgres://… URLs')))
    .default([]),
  REDIS_URL: serverUrl(/^rediss?:\/\/.+$/, 'must be redis://… or rediss://…').optional(),
  SMTP_URL: serverUrl(/^smtps?:\/\/.+$/, 'must be smtp://… or smtps://…').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]+@[^\r\n]+$/, 'must be a mail address')
    .default('Gatehouse <no-reply@localhost>'),
  MANIFESTS_DIR: z.string().optional(),
  MASTER_API_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  ACCESS_TOKEN_TTL: positiveNumber().default(86_400),
  REFRESH_TOKEN_TTL: positiveNumber().default(2_592_000),
  SESSION_IDLE_TTL: positiveNumber().default(86_400),
  SESSION_ABSOLUTE_TTL: positiveNumber().default(2_592_000),
  RATE_LIMITS: z
    .enum(['on', 'off'], 'must be on or off')
    .transform((text) => text === 'on')
    .default(true),
  HASH_MEMORY_KIB: wholeNumber(8, 262_144).default(19_456),
  HASH_TIME_COST: wholeNumber(1, 16).default(2),
  HASH_PARALLELISM: wholeNumber(1, 16).default(1),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a pino level or silent')
    .default('info'),
  ENABLE_USERS_SELF_REGISTER: flag().default(true),
  API_REGISTER_EMAIL_FILTER: pattern().prefault('.*'),
  ALLOW_SEND_EMAIL_ON_REGISTER: flag().default(true),
  AUTH_CONFIRM_EMAIL_ENABLE: flag().default(false),
  DEFAULT_REGISTER_EMAIL_FORMAT: z
    .string()
    .refine(
      (text) => text.includes('{link}') && hasNoBracesBut(text, ['link', 'email']),
      'must contain {link}, may contain {email}, and no other brace',
    )
    .optional(),
  DEFAULT_REGISTER_URL_FORMAT: urlFormat().default('/#/set-password/{token}/{email}/'),
  DEFAULT_RESET_PASSWORD_URL_FORMAT: urlFormat().default('/#/reset-password/{token}/{email}/'),
  PASSWORD_MIN_LENGTH: wholeNumber(1, 1_024).default(8),
  PASSWORD_MIN_DIGITS: wholeNumber(0, 1_024).default(0),
  PASSWORD_MIN_LOWER: wholeNumber(0, 1_024).default(0),
  PASSWORD_MIN_UPPER: wholeNumber(0, 1_024).default(0),
  PASSWORD_MIN_SPECIAL: wholeNumber(0, 1_024).default(0),
  SPECIAL_CHARACTERS: z.string().default('!@#$%^&*()_+-=[]{}|\'"`'),
  PASSWORD_REFUSE_COMMON: flag().optional(),
  PASSWORD_EXPIRY_TIME: wholeNumber(0, 36_500).default(0),
  PASSWORD_CHANGE_TOKEN_EXPIRY_HOURS: positiveNumber().default(4),
  ALLOW_REUSE_PASSWORD_ON_CHANGE: flag().default(false),
  TWITTER_CONSUMER_KEY: z.string().optional(),
  TWITTER_CONSUMER_SECRET: z.string().optional(),
  TWITTER_API_URL: httpUrl().default('https://api.twitter.com'),
});

export type Environment = z.output<typeof environmentSchema>;

function isPlainHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password;
}

/** What the drivers can parse: a path, or a URL; PostgreSQL's may leave out the host after credentials (a socket). */
function isServerUrl(text: string): boolean {
  return text.startsWith('sqlite:') || URL.canParse(text) || URL.canParse(text.replace('@/', '@socket/'));
}

function hasNoBracesBut(text: string, names: readonly string[]): boolean {
  return !/[{}]/.test(text.split(new RegExp(`\\{(?:${names.join('|')})\\}`)).join(' '));
}

function isRegularExpression(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}
