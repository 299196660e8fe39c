import { resolve } from 'node:path';
import { DAY, HOUR, SECOND } from '../common/clock.js';
import { Config } from './config.js';
import { environmentSchema, type Environment } from './schema.js';

/** The environment is faulty; `faults` names every faulty variable, none of them with its value. */
export class ConfigurationFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration is faulty:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigurationFault';
  }
}

/**
 * Reads the configuration from environment variables; empty text counts as unset.
 * @throws ConfigurationFault with every fault at once.
 */
export function loadConfig(variables: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.keys(environmentSchema.shape).map((name) => [name, variables[name] || undefined]),
  );
  const parsed = environmentSchema.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  if (parsed.success) faults.push(...crossFaults(parsed.data));
  if (!parsed.success || faults.length > 0) throw new ConfigurationFault([...new Set(faults)]);
  return toConfig(parsed.data, variables);
}

const PLACEHOLDER = /^(change-?me|placeholder|example|secret|todo|x+)/i;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function crossFaults(env: Environment): string[] {
  const faults: string[] = [];
  if (env.SECRET_KEY && env.SECRET_KEYS) faults.push('SECRET_KEYS: give SECRET_KEY or SECRET_KEYS, not both');
  if (env.NODE_ENV !== 'production') return faults;
  const publicUrl = new URL(publicUrlOf(env));
  if (publicUrl.protocol === 'http:' && !LOOPBACK.test(publicUrl.hostname)) {
    faults.push('PUBLIC_URL: must be https in production, unless it is loopback');
  }
  const keys = env.SECRET_KEYS ?? (env.SECRET_KEY ? [env.SECRET_KEY] : []);
  const bytes = keys.map((key) => Buffer.from(key, 'base64'));
  if (bytes.some((key) => new Set(key).size < 8)) faults.push('SECRET_KEY: is a placeholder');
  for (const name of ['MASTER_API_KEY', 'TWITTER_CONSUMER_SECRET'] as const) {
    if (PLACEHOLDER.test(env[name] ?? '')) faults.push(`${name}: is a placeholder`);
  }
  return faults;
}

function publicUrlOf(env: Environment): string {
  return env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
}

function toConfig(env: Environment, variables: NodeJS.ProcessEnv): Config {
  const publicUrl = publicUrlOf(env);
  const webAppUrl = env.WEB_APP_URL ?? publicUrl;
  const dataDir = resolve(env.DATA_DIR);
  const production = env.NODE_ENV === 'production';
  return {
    production,
    server: {
      host: env.HOST,
      port: env.PORT,
      trustProxyHops: env.TRUST_PROXY,
      logLevel: env.LOG_LEVEL,
      rateLimits: env.RATE_LIMITS,
    },
    links: {
      publicUrl,
      webAppUrl,
      linkOrigins: [...new Set([new URL(publicUrl).origin, new URL(webAppUrl).origin, ...env.LINK_ORIGINS])],
    },
    dataDir,
    secretKeys: (env.SECRET_KEYS ?? (env.SECRET_KEY ? [env.SECRET_KEY] : [])).map((key) =>
      Buffer.from(key, 'base64'),
    ),
    database: {
      url: env.DATABASE_URL ?? `sqlite:${dataDir}/gatehouse.sqlite`,
      replicaUrls: env.DATABASE_REPLICA_URLS,
    },
    mail: { smtpUrl: env.SMTP_URL ?? null, from: env.MAIL_FROM },
    manifestsDir: env.MANIFESTS_DIR ?? null,
    sessions: { idleTtl: env.SESSION_IDLE_TTL * SECOND, absoluteTtl: env.SESSION_ABSOLUTE_TTL * SECOND },
    hashing: {
      memoryKib: env.HASH_MEMORY_KIB,
      timeCost: env.HASH_TIME_COST,
      parallelism: env.HASH_PARALLELISM,
    },
    registration: {
      selfRegister: env.ENABLE_USERS_SELF_REGISTER,
      emailFilter: env.API_REGISTER_EMAIL_FILTER,
      withoutPassword: env.ALLOW_SEND_EMAIL_ON_REGISTER,
      confirmEmail: env.AUTH_CONFIRM_EMAIL_ENABLE,
      emailFormat: env.DEFAULT_REGISTER_EMAIL_FORMAT ?? null,
      urlFormat: env.DEFAULT_REGISTER_URL_FORMAT,
    },
    passwords: {
      minLength: env.PASSWORD_MIN_LENGTH,
      minDigits: env.PASSWORD_MIN_DIGITS,
      minLower: env.PASSWORD_MIN_LOWER,
      minUpper: env.PASSWORD_MIN_UPPER,
      minSpecial: env.PASSWORD_MIN_SPECIAL,
      specialCharacters: env.SPECIAL_CHARACTERS,
      refuseCommon: env.PASSWORD_REFUSE_COMMON ?? production,
      allowReuse: env.ALLOW_REUSE_PASSWORD_ON_CHANGE,
      expiresAfter: env.PASSWORD_EXPIRY_TIME * DAY,
      resetLinkTtl: env.PASSWORD_CHANGE_TOKEN_EXPIRY_HOURS * HOUR,
      resetUrlFormat: env.DEFAULT_RESET_PASSWORD_URL_FORMAT,
    },
    variable: (name) => (Object.hasOwn(variables, name) ? variables[name] || undefined : undefined),
  };
}
