import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { DAY, HOUR, SECOND } from '../common/clock.js';
import type { Config } from './config.js';
import { ConfigurationFault, loadConfig } from './load-config.js';
import { environmentSchema } from './schema.js';

const KEY = randomBytes(32).toString('base64');
const OTHER_KEY = randomBytes(32).toString('base64');
const LONG_SECRET = 'a-master-key-of-many-more-than-32-characters';

type Variables = Record<string, string>;

const faultsOf = (variables: Variables): readonly string[] => {
  try {
    loadConfig(variables);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationFault);
    return (error as ConfigurationFault).faults;
  }
};

/** What a variable means: its sound values with what they become, and values that are refused. */
interface Meaning {
  readonly read?: (config: Config) => unknown;
  readonly good: readonly (readonly [text: string, value?: unknown])[];
  readonly bad: readonly string[];
}

const flag = (read: Meaning['read']): Meaning => ({
  read,
  good: [
    ['true', true],
    ['false', false],
  ],
  bad: ['yes', '1', 'True', ' true', 'on'],
});

const count = (read: Meaning['read'], least: number, most: number): Meaning => ({
  read,
  good: [
    [String(least), least],
    [String(most), most],
  ],
  bad: [String(least - 1), String(most + 1), '1.5', 'ten', ' 9', '9 ', '1e2', '0x9'],
});

const seconds = (read?: Meaning['read']): Meaning => ({
  read,
  good: [
    ['1', SECOND],
    ['0.25', SECOND / 4],
    ['86400', DAY],
  ],
  bad: ['0', '-1', 'a day', '1h', 'Infinity', 'NaN', '1e11'],
});

const httpUrl = (read?: Meaning['read']): Meaning => ({
  read,
  good: [
    ['https://id.example.org', 'https://id.example.org'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['https://example.org/id//', 'https://example.org/id'],
  ],
  bad: [
    'id.example.org',
    '/relative',
    'ftp://example.org',
    'https://',
    'https://u:sesame@example.org',
    'https://example.org/?q=1',
    'https://example.org/#x',
    'javascript:alert(1)',
  ],
});

const urlFormat = (read: Meaning['read']): Meaning => ({
  read,
  good: [['/set/{token}/{email}', '/set/{token}/{email}']],
  bad: [
    '/set/{token}',
    '/set/{email}',
    '/{token}/{email}/{name}',
    '/{token}/{email}/{',
    '/{{token}}/{email}',
  ],
});

const postgres = ['postgres://user:sesame@host:5432/name', 'postgresql://host/name', 'postgres://user@/name'];
const noPostgres = [
  'mysql://user:sesame@host/name',
  'host/name',
  'postgres://',
  'postgres://user:sesame@host:port/name',
];

const MEANINGS: Record<keyof typeof environmentSchema.shape, Meaning> = {
  NODE_ENV: {
    read: (c) => c.production,
    good: [
      ['development', false],
      ['production', true],
      ['test', false],
    ],
    bad: [],
  },
  LOG_LEVEL: {
    read: (c) => c.server.logLevel,
    good: [
      ['debug', 'debug'],
      ['silent', 'silent'],
    ],
    bad: ['verbose', 'INFO'],
  },
  HOST: {
    read: (c) => c.server.host,
    good: [
      ['0.0.0.0', '0.0.0.0'],
      ['::1', '::1'],
    ],
    bad: [],
  },
  PORT: count((c) => c.server.port, 0, 65_535),
  PUBLIC_URL: httpUrl((c) => c.links.publicUrl),
  WEB_APP_URL: httpUrl((c) => c.links.webAppUrl),
  LINK_ORIGINS: {
    read: (c) => c.links.linkOrigins.slice(1),
    good: [
      ['https://a.example.org', ['https://a.example.org']],
      [
        'https://A.example.org:443/ , http://b.example.org:81,',
        ['https://a.example.org', 'http://b.example.org:81'],
      ],
      ['http://localhost:3000', []],
    ],
    bad: [
      'a.example.org',
      'https://a.example.org,nonsense',
      'https://a.example.org/path',
      'https://u:sesame@a.example.org',
      '*',
    ],
  },
  TRUST_PROXY: count((c) => c.server.trustProxyHops, 0, 32),
  METRICS_PORT: count(undefined, 0, 65_535),
  RATE_LIMITS: {
    read: (c) => c.server.rateLimits,
    good: [
      ['on', true],
      ['off', false],
    ],
    bad: ['true', 'Off', '0'],
  },
  DATA_DIR: {
    read: (c) => c.dataDir,
    good: [
      ['/var/lib/gatehouse', '/var/lib/gatehouse'],
      ['here', resolve('here')],
    ],
    bad: [],
  },
  DATABASE_URL: {
    read: (c) => c.database.url,
    good: ['sqlite:/var/lib/a folder/x.sqlite', ...postgres].map((url) => [url, url] as const),
    bad: ['sqlite:', ...noPostgres],
  },
  DATABASE_REPLICA_URLS: {
    read: (c) => c.database.replicaUrls,
    good: [[postgres.join(' , '), postgres]],
    bad: ['sqlite:x', ...noPostgres, `${postgres[0]},nonsense`],
  },
  REDIS_URL: {
    good: [['redis://localhost:6379'], ['rediss://:sesame@host/1']],
    bad: ['localhost:6379', 'http://host', 'redis://:sesame@host:port'],
  },
  MANIFESTS_DIR: {
    read: (c) => c.manifestsDir,
    good: [['examples/manifests', 'examples/manifests']],
    bad: [],
  },
  SECRET_KEY: {
    read: (c) => c.secretKeys.map((key) => key.toString('base64')),
    good: [
      [KEY, [KEY]],
      [KEY.replace('=', ''), [KEY]],
    ],
    bad: [
      'sesame',
      KEY.slice(4),
      `${KEY}${KEY}`,
      `${KEY.slice(0, 20)} ${KEY.slice(20)}`,
      randomBytes(31).toString('base64'),
    ],
  },
  SECRET_KEYS: {
    read: (c) => c.secretKeys.map((key) => key.toString('base64')),
    good: [
      [`${KEY}, ${OTHER_KEY}`, [KEY, OTHER_KEY]],
      [KEY, [KEY]],
    ],
    bad: [`${KEY},`, `${KEY},sesame`, 'sesame'],
  },
  MASTER_API_KEY: { good: [[LONG_SECRET]], bad: ['0123456789012345678901234567890'] },
  SMTP_URL: {
    read: (c) => c.mail.smtpUrl,
    good: [
      ['smtp://u:p@host:587', 'smtp://u:p@host:587'],
      ['smtps://host', 'smtps://host'],
    ],
    bad: ['host:25', 'http://host', 'smtp://', 'smtp://u:sesame@host:port'],
  },
  MAIL_FROM: {
    read: (c) => c.mail.from,
    good: [
      ['Me <me@example.org>', 'Me <me@example.org>'],
      ['me@example.org', 'me@example.org'],
    ],
    bad: ['nobody', 'me@example.org\r\nBcc: all@example.org'],
  },
  ACCESS_TOKEN_TTL: seconds(),
  REFRESH_TOKEN_TTL: seconds(),
  SESSION_IDLE_TTL: seconds((c) => c.sessions.idleTtl),
  SESSION_ABSOLUTE_TTL: seconds((c) => c.sessions.absoluteTtl),
  HASH_MEMORY_KIB: count((c) => c.hashing.memoryKib, 8, 262_144),
  HASH_TIME_COST: count((c) => c.hashing.timeCost, 1, 16),
  HASH_PARALLELISM: count((c) => c.hashing.parallelism, 1, 16),
  ENABLE_USERS_SELF_REGISTER: flag((c) => c.registration.selfRegister),
  API_REGISTER_EMAIL_FILTER: {
    read: (c) =>
      ['a@example.org', 'a@example.org.evil', 'b@example.net'].map((email) =>
        c.registration.emailFilter.test(email),
      ),
    good: [
      ['.*@example[.]org', [true, false, false]],
      ['a.*|b.*', [true, true, true]],
      ['a', [false, false, false]],
    ],
    bad: ['(', 'a)|(b', '[', '*'],
  },
  ALLOW_SEND_EMAIL_ON_REGISTER: flag((c) => c.registration.withoutPassword),
  AUTH_CONFIRM_EMAIL_ENABLE: flag((c) => c.registration.confirmEmail),
  DEFAULT_REGISTER_EMAIL_FORMAT: {
    read: (c) => c.registration.emailFormat,
    good: [
      ['{email}: {link}', '{email}: {link}'],
      ['{link}', '{link}'],
    ],
    bad: ['Welcome', '{email}', '{link} {token}', '{link} {', '{{link}}'],
  },
  DEFAULT_REGISTER_URL_FORMAT: urlFormat((c) => c.registration.urlFormat),
  DEFAULT_RESET_PASSWORD_URL_FORMAT: urlFormat((c) => c.passwords.resetUrlFormat),
  PASSWORD_MIN_LENGTH: count((c) => c.passwords.minLength, 1, 1_024),
  PASSWORD_MIN_DIGITS: count((c) => c.passwords.minDigits, 0, 1_024),
  PASSWORD_MIN_LOWER: count((c) => c.passwords.minLower, 0, 1_024),
  PASSWORD_MIN_UPPER: count((c) => c.passwords.minUpper, 0, 1_024),
  PASSWORD_MIN_SPECIAL: count((c) => c.passwords.minSpecial, 0, 1_024),
  SPECIAL_CHARACTERS: { read: (c) => c.passwords.specialCharacters, good: [['!?', '!?']], bad: [] },
  PASSWORD_REFUSE_COMMON: flag((c) => c.passwords.refuseCommon),
  PASSWORD_EXPIRY_TIME: {
    ...count(undefined, 0, 36_500),
    read: (c) => c.passwords.expiresAfter,
    good: [
      ['0', 0],
      ['90', 90 * DAY],
    ],
  },
  PASSWORD_CHANGE_TOKEN_EXPIRY_HOURS: {
    read: (c) => c.passwords.resetLinkTtl,
    good: [
      ['4', 4 * HOUR],
      ['0.5', HOUR / 2],
    ],
    bad: ['0', '-1', 'four', 'Infinity'],
  },
  ALLOW_REUSE_PASSWORD_ON_CHANGE: flag((c) => c.passwords.allowReuse),
  TWITTER_CONSUMER_KEY: {
    read: (c) => c.social.twitter,
    good: [
      ['key', { consumerKey: 'key', consumerSecret: 'secret-of-twitter', apiUrl: 'https://api.twitter.com' }],
    ],
    bad: [],
  },
  TWITTER_CONSUMER_SECRET: {
    read: (c) => c.social.twitter,
    good: [['secret-of-twitter', null]],
    bad: [],
  },
  TWITTER_API_URL: httpUrl(),
};

const NAMES = Object.keys(MEANINGS) as (keyof typeof MEANINGS)[];

describe('loadConfig', () => {
  describe.each(NAMES)('%s', (name) => {
    const { read, good, bad } = MEANINGS[name];

    // Where a value is sound, but only beside others.
    const beside: Variables = {
      ...(name === 'HASH_MEMORY_KIB' ? {} : { HASH_MEMORY_KIB: '19456' }),
      ...(name === 'TWITTER_CONSUMER_KEY' ? { TWITTER_CONSUMER_SECRET: 'secret-of-twitter' } : {}),
    };

    it.each(good.map(([text, value]) => ({ text, value })))('takes $text', ({ text, value }) => {
      const config = loadConfig({ ...beside, [name]: text });
      if (read) expect(read(config)).toEqual(value);
    });

    if (bad.length > 0) {
      it.each(bad)('refuses %j, by its name and without its value', (text) => {
        const faults = faultsOf({ ...beside, [name]: text });
        expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name}: \\w[^\\n]*$`))]);
        for (const secret of ['sesame', KEY, LONG_SECRET, text.length > 12 ? text : 'sesame']) {
          expect(faults.join()).not.toContain(secret);
        }
      });
    }

    it('takes empty text for unset', () => {
      const { variable: _1, ...emptied } = loadConfig({ [name]: '' });
      const { variable: _2, ...unset } = loadConfig({});
      expect(emptied).toEqual(unset);
    });
  });

  it('tells every fault at once, those between variables too', () => {
    const faults = faultsOf({
      ...Object.fromEntries(
        NAMES.flatMap((name) => (MEANINGS[name].bad[0] ? [[name, MEANINGS[name].bad[0]]] : [])),
      ),
      NODE_ENV: 'production',
      PUBLIC_URL: 'http://id.example.org',
      SECRET_KEY: KEY,
      SECRET_KEYS: `${KEY},${OTHER_KEY}`,
      HASH_MEMORY_KIB: '64',
      HASH_PARALLELISM: '9',
      TWITTER_CONSUMER_SECRET: 'change-me',
    });
    const expected = NAMES.filter(
      (name) => MEANINGS[name].bad.length > 0 && !['SECRET_KEY', 'HASH_PARALLELISM'].includes(name),
    );
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual(
      [...expected, 'TWITTER_CONSUMER_SECRET'].sort(),
    );
    const error = new ConfigurationFault(faults);
    for (const fault of faults) expect(error.message.split('\n')).toContain(`  ${fault}`);
  });

  it('gives the defaults of the contract', () => {
    const config = loadConfig({});
    expect(config.production).toBe(false);
    expect(config.server).toEqual({
      host: '127.0.0.1',
      port: 3000,
      metricsPort: null,
      trustProxyHops: 0,
      logLevel: 'info',
      rateLimits: true,
    });
    expect(config.links).toEqual({
      publicUrl: 'http://localhost:3000',
      webAppUrl: 'http://localhost:3000',
      linkOrigins: ['http://localhost:3000'],
    });
    expect(config.dataDir).toBe(resolve('data'));
    expect(config.secretKeys).toEqual([]);
    expect(config.database).toEqual({ url: `sqlite:${resolve('data')}/gatehouse.sqlite`, replicaUrls: [] });
    expect(config.mail).toEqual({ smtpUrl: null, from: 'Gatehouse <no-reply@localhost>' });
    expect(config.manifestsDir).toBeNull();
    expect(config.sessions).toEqual({ idleTtl: DAY, absoluteTtl: 30 * DAY });
    expect(config.hashing).toEqual({ memoryKib: 19_456, timeCost: 2, parallelism: 1 });
    expect(config.registration).toEqual({
      selfRegister: true,
      emailFilter: expect.objectContaining({ source: '.*' }),
      withoutPassword: true,
      confirmEmail: false,
      emailFormat: null,
      urlFormat: '/#/set-password/{token}/{email}/',
    });
    expect(config.passwords).toEqual({
      minLength: 8,
      minDigits: 0,
      minLower: 0,
      minUpper: 0,
      minSpecial: 0,
      specialCharacters: '!@#$%^&*()_+-=[]{}|\'"`',
      refuseCommon: false,
      allowReuse: false,
      expiresAfter: 0,
      resetLinkTtl: 4 * HOUR,
      resetUrlFormat: '/#/reset-password/{token}/{email}/',
    });
  });

  it('lets what follows from another variable follow it', () => {
    const config = loadConfig({ PORT: '8080', DATA_DIR: '/srv/gatehouse', NODE_ENV: 'production' });
    expect(config.links.publicUrl).toBe('http://localhost:8080');
    expect(config.database.url).toBe('sqlite:/srv/gatehouse/gatehouse.sqlite');
    expect(config.passwords.refuseCommon).toBe(true);
    const links = loadConfig({
      PUBLIC_URL: 'https://id.example.org/sub',
      LINK_ORIGINS: 'https://b.example.org',
    }).links;
    expect(links.webAppUrl).toBe('https://id.example.org/sub');
    expect(links.linkOrigins).toEqual(['https://id.example.org', 'https://b.example.org']);
  });

  it('offers variables that a manifest names, and no member of objects', () => {
    const config = loadConfig({ ADMIN_PASSWORD: 'sesame', EMPTY: '' });
    expect(config.variable('ADMIN_PASSWORD')).toBe('sesame');
    expect(config.variable('EMPTY')).toBeUndefined();
    expect(config.variable('toString')).toBeUndefined();
  });

  describe('rules between variables', () => {
    it('refuses SECRET_KEY beside SECRET_KEYS', () => {
      expect(faultsOf({ SECRET_KEY: KEY, SECRET_KEYS: OTHER_KEY })).toEqual([
        expect.stringMatching(/^SECRET_KEYS: /),
      ]);
    });

    it('refuses the metrics on the port of everything else, unless both are any', () => {
      expect(faultsOf({ PORT: '3000', METRICS_PORT: '3000' })).toEqual([
        'METRICS_PORT: must not be that of PORT',
      ]);
      expect(faultsOf({ METRICS_PORT: '3000' })).toHaveLength(1);
      expect(faultsOf({ PORT: '0', METRICS_PORT: '0' })).toEqual([]);
    });

    it('wants 8 KiB of memory for each lane', () => {
      expect(faultsOf({ HASH_MEMORY_KIB: '31', HASH_PARALLELISM: '4' })).toEqual([
        'HASH_MEMORY_KIB: must be at least 8 times HASH_PARALLELISM',
      ]);
      expect(faultsOf({ HASH_MEMORY_KIB: '32', HASH_PARALLELISM: '4' })).toEqual([]);
    });

    it('lets one hash write 1 GiB in all', () => {
      expect(faultsOf({ HASH_MEMORY_KIB: '262144', HASH_TIME_COST: '5' })).toEqual([
        'HASH_TIME_COST: times HASH_MEMORY_KIB must be at most 1048576',
      ]);
      expect(faultsOf({ HASH_MEMORY_KIB: '262144', HASH_TIME_COST: '4' })).toEqual([]);
    });
  });

  it('wants the secret of Twitter beside its key', () => {
    expect(faultsOf({ TWITTER_CONSUMER_KEY: 'key' })).toEqual([
      'TWITTER_CONSUMER_SECRET: must be given with TWITTER_CONSUMER_KEY',
    ]);
  });

  describe('OpenID providers', () => {
    const acme = {
      OIDC_ACME_ISSUER: 'https://login.acme.example/tenant/',
      OIDC_ACME_CLIENT_ID: 'gatehouse',
      OIDC_ACME_CLIENT_SECRET: 'sesame',
    };

    it('reads any number of them, an issuer exactly as it is written', () => {
      const zeta = {
        OIDC_ZETA_ISSUER: 'https://zeta.example',
        OIDC_ZETA_CLIENT_ID: 'id',
        OIDC_ZETA_CLIENT_SECRET: 's',
      };
      expect(loadConfig({ ...zeta, ...acme, OIDC_NOBODY_ISSUER: '' }).social.openIdProviders).toEqual([
        {
          name: 'acme',
          issuer: 'https://login.acme.example/tenant/',
          clientId: 'gatehouse',
          clientSecret: 'sesame',
        },
        { name: 'zeta', issuer: 'https://zeta.example', clientId: 'id', clientSecret: 's' },
      ]);
    });

    it.each([
      [{ ...acme, OIDC_ACME_CLIENT_SECRET: '' }, 'OIDC_ACME_CLIENT_SECRET: is missing'],
      [{ ...acme, OIDC_ACME_SECRET: 'sesame' }, 'OIDC_ACME_SECRET: is no variable of an OpenID provider'],
      [
        { ...acme, OIDC_acme_ISSUER: 'https://a.example' },
        'OIDC_acme_ISSUER: is no variable of an OpenID provider',
      ],
      [{ OIDC_TWITTER_ISSUER: 'https://a.example' }, 'OIDC_TWITTER_ISSUER: Twitter is no OpenID provider'],
      [
        { ...acme, OIDC_ACME_ISSUER: 'https://u:sesame@a.example' },
        expect.stringMatching(/^OIDC_ACME_ISSUER: must be/),
      ],
      [
        { ...acme, OIDC_ACME_ISSUER: 'http://a.example', NODE_ENV: 'production' },
        expect.stringMatching(/^OIDC_ACME_ISSUER: must be https/),
      ],
    ])('refuses what is incomplete, unknown or unsafe (%#)', (variables: Variables, fault) => {
      expect(faultsOf(variables)).toEqual([fault]);
    });
  });

  describe('in production', () => {
    const production = (variables: Variables) => faultsOf({ NODE_ENV: 'production', ...variables });

    it.each([
      'http://id.example.org',
      'http://10.0.0.1:3000',
      'http://127.0.0.1.example.org',
      'http://localhost.example.org',
    ])('refuses PUBLIC_URL %s', (url) => {
      expect(production({ PUBLIC_URL: url })).toEqual([expect.stringMatching(/^PUBLIC_URL: must be https/)]);
      expect(faultsOf({ PUBLIC_URL: url })).toEqual([]);
    });

    it('refuses to speak with Twitter in the clear', () => {
      expect(production({ TWITTER_API_URL: 'http://api.example' })).toEqual([
        expect.stringMatching(/^TWITTER_API_URL: must be https/),
      ]);
    });

    it.each([
      'https://id.example.org',
      'http://localhost:3000',
      'http://127.0.0.1',
      'http://127.1.2.3:80',
      'http://[::1]:3000',
    ])('takes PUBLIC_URL %s', (url) => expect(production({ PUBLIC_URL: url })).toEqual([]));

    const zeros = Buffer.alloc(32).toString('base64');
    const typed = 'changemechangemechangemechangemechangemechA=';
    const dull = Buffer.from('abcdabcdabcdabcdabcdabcdabcdabcd').toString('base64');
    it.each([
      ['SECRET_KEY', zeros],
      ['SECRET_KEY', typed],
      ['SECRET_KEY', dull],
      ['SECRET_KEY', 'placeholderplaceholderplaceholderplacehold0='],
      ['SECRET_KEYS', `${KEY},${zeros}`],
      ['MASTER_API_KEY', 'change-me-change-me-change-me-change-me'],
      ['MASTER_API_KEY', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
      ['TWITTER_CONSUMER_SECRET', 'Placeholder'],
      ['TWITTER_CONSUMER_SECRET', 'todo'],
    ])('refuses a placeholder for %s', (name, value) => {
      const faults = production({ [name]: value });
      expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name}: .*placeholder$`))]);
      expect(faults.join()).not.toContain(value);
      expect(faultsOf({ [name]: value })).toEqual([]);
    });

    it('takes real secrets, whatever letter they begin with', () => {
      for (let round = 0; round < 200; round++) {
        const secrets = {
          SECRET_KEY: randomBytes(32).toString('base64'),
          MASTER_API_KEY: `x${randomBytes(32).toString('hex')}`,
        };
        expect(production(secrets)).toEqual([]);
      }
    });
  });
});
