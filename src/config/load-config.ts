import { resolve } from 'node:path';
import { DAY, HOUR, SECOND } from '../common/clock.js';
import { Config, type OpenIdProviderConfig } from './config.js';
import { readOpenIdProviders } from './open-id-providers.js';
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
  const faults: string[] = [];
  const sound: Record<string, unknown> = {};
  // One by one, so that the rules between variables are judged beside the faults of single ones.
  for (const [name, variable] of Object.entries(environmentSchema.shape)) {
    const parsed = variable.safeParse(variables[name] || undefined);
    if (parsed.success) sound[name] = parsed.data;
    else faults.push(...parsed.error.issues.map((issue) => `${name}: ${issue.message}`));
  }
  const openIdProviders = readOpenIdProviders(variables, faults);
  faults.push(...crossFaults(sound));
  if (sound['NODE_ENV'] === 'production') {
    for (const { name, issuer } of openIdProviders) {
      if (isPlainHttp(issuer)) faults.push(`OIDC_${name.toUpperCase()}_ISSUER: ${NEEDS_HTTPS}`);
    }
  }
  if (faults.length > 0) throw new ConfigurationFault([...new Set(faults)]);
  return toConfig(sound as Environment, openIdProviders, variables);
}

const PLACEHOLDER = /^(change-?me|placeholder|example|secret|to-?do(?![a-z0-9])|x{8})/i;
const NEEDS_HTTPS = 'must be https in production, unless it is loopback';
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** So many different bytes stand in any 32 random ones, but not in a key that somebody typed. */
const FEWEST_DIFFERENT_BYTES = 8;

/** 1 GiB in KiB: no hash that is verified asks for more. */
const MOST_HASH_WORK = 1_048_576;

/** The rules between variables, as far as the variables that they speak of are sound. */
function crossFaults(env: Partial<Environment>): string[] {
  const faults: string[] = [];
  if (env.SECRET_KEY && env.SECRET_KEYS) faults.push('SECRET_KEYS: give SECRET_KEY or SECRET_KEYS, not both');
  if (env.HASH_MEMORY_KIB && env.HASH_PARALLELISM && env.HASH_MEMORY_KIB < 8 * env.HASH_PARALLELISM) {
    faults.push('HASH_MEMORY_KIB: must be at least 8 times HASH_PARALLELISM');
  }
  if (
    env.HASH_MEMORY_KIB &&
    env.HASH_TIME_COST &&
    env.HASH_MEMORY_KIB * env.HASH_TIME_COST > MOST_HASH_WORK
  ) {
    faults.push(`HASH_TIME_COST: times HASH_MEMORY_KIB must be at most ${MOST_HASH_WORK}`);
  }
  if (env.TWITTER_CONSUMER_KEY !== undefined && env.TWITTER_CONSUMER_SECRET === undefined) {
    faults.push('TWITTER_CONSUMER_SECRET: must be given with TWITTER_CONSUMER_KEY');
  }
  if (env.METRICS_PORT && env.METRICS_PORT === env.PORT)
    faults.push('METRICS_PORT: must not be that of PORT');
  return env.NODE_ENV === 'production' ? [...faults, ...productionFaults(env)] : faults;
}

function isPlainHttp(address: string | undefined): boolean {
  if (!address) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !LOOPBACK.test(hostname);
}

function productionFaults(env: Partial<Environment>): string[] {
  const faults: string[] = [];
  for (const name of ['PUBLIC_URL', 'TWITTER_API_URL'] as const) {
    if (isPlainHttp(env[name])) faults.push(`${name}: ${NEEDS_HTTPS}`);
  }
  const isPlaceholderKey = (key: string) =>
    PLACEHOLDER.test(key) || new Set(Buffer.from(key, 'base64')).size < FEWEST_DIFFERENT_BYTES;
  if (env.SECRET_KEY && isPlaceholderKey(env.SECRET_KEY)) faults.push('SECRET_KEY: is a placeholder');
  if (env.SECRET_KEYS?.some(isPlaceholderKey)) faults.push('SECRET_KEYS: holds a placeholder');
  for (const name of ['MASTER_API_KEY', 'TWITTER_CONSUMER_SECRET'] as const) {
    if (PLACEHOLDER.test(env[name] ?? '')) faults.push(`${name}: is a placeholder`);
  }
  return faults;
}

function publicUrlOf(env: Environment): string {
  return env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
}

function toConfig(
  env: Environment,
  openIdProviders: readonly OpenIdProviderConfig[],
  variables: NodeJS.ProcessEnv,
): Config {
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
      metricsPort: env.METRICS_PORT ?? null,
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
    masterApiKey: env.MASTER_API_KEY ?? null,
    tokens: { accessTtl: env.ACCESS_TOKEN_TTL * SECOND, refreshTtl: env.REFRESH_TOKEN_TTL * SECOND },
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
    social: {
      twitter:
        env.TWITTER_CONSUMER_KEY !== undefined && env.TWITTER_CONSUMER_SECRET !== undefined
          ? {
              consumerKey: env.TWITTER_CONSUMER_KEY,
              consumerSecret: env.TWITTER_CONSUMER_SECRET,
              apiUrl: env.TWITTER_API_URL,
            }
          : null,
      openIdProviders,
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
