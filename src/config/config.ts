import type { BoundedPattern } from './bounded-pattern.js';
import type { Environment } from './schema.js';

/** Twitter, as OAuth 1.0a knows it. `apiUrl` ends without a slash. */
export interface TwitterConfig {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly apiUrl: string;
}

/** An OpenID provider; `name` is lower-case letters and digits, and stands in our addresses. */
export interface OpenIdProviderConfig {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The whole configuration, read once at start and never changed. Durations in milliseconds. */
export abstract class Config {
  abstract readonly production: boolean;
  abstract readonly server: {
    readonly host: string;
    readonly port: number;
    readonly trustProxyHops: number;
    readonly logLevel: Environment['LOG_LEVEL'];
    readonly rateLimits: boolean;
    /** Where the metrics listen; null: on the main port, for this machine only. */
    readonly metricsPort: number | null;
  };
  /** `publicUrl` and `webAppUrl` end without a slash; `linkOrigins` holds theirs too. */
  abstract readonly links: {
    readonly publicUrl: string;
    readonly webAppUrl: string;
    readonly linkOrigins: readonly string[];
  };
  abstract readonly dataDir: string;
  /** Newest first; empty means: the key in `$DATA_DIR/secret.key`. */
  abstract readonly secretKeys: readonly Buffer[];
  abstract readonly database: { readonly url: string; readonly replicaUrls: readonly string[] };
  abstract readonly mail: { readonly smtpUrl: string | null; readonly from: string };
  abstract readonly manifestsDir: string | null;
  /** The configuration key of 003; null is off. At least 32 characters. */
  abstract readonly masterApiKey: string | null;
  abstract readonly tokens: { readonly accessTtl: number; readonly refreshTtl: number };
  abstract readonly sessions: { readonly idleTtl: number; readonly absoluteTtl: number };
  abstract readonly hashing: {
    readonly memoryKib: number;
    readonly timeCost: number;
    readonly parallelism: number;
  };
  abstract readonly registration: {
    readonly selfRegister: boolean;
    readonly emailFilter: BoundedPattern;
    readonly withoutPassword: boolean;
    readonly confirmEmail: boolean;
    readonly emailFormat: string | null;
    readonly urlFormat: string;
  };
  /** Where people sign in with an account that they have elsewhere. */
  abstract readonly social: {
    readonly twitter: TwitterConfig | null;
    readonly openIdProviders: readonly OpenIdProviderConfig[];
  };
  abstract readonly passwords: {
    readonly minLength: number;
    readonly minDigits: number;
    readonly minLower: number;
    readonly minUpper: number;
    readonly minSpecial: number;
    readonly specialCharacters: string;
    readonly refuseCommon: boolean;
    readonly allowReuse: boolean;
    /** 0 = never. */
    readonly expiresAfter: number;
    readonly resetLinkTtl: number;
    readonly resetUrlFormat: string;
  };

  /**
   * The value of an environment variable that somebody named, such as a manifest's `passwordFromEnv`;
   * undefined when it is unset or empty. What it answers may be a secret.
   */
  abstract variable(name: string): string | undefined;
}
