import type { Config } from '../config/config.js';
import { ConfigurationFault } from '../config/load-config.js';
import { parseEmailFormat } from './email-format.js';
import { EmailFormatInvalid, UrlFormatInvalid } from './link-format.errors.js';
import { parseUrlFormat } from './url-format.js';

/**
 * The link formats of the configuration may be used: a faulty one stops the start, not a registration.
 * @throws ConfigurationFault naming every faulty variable
 */
export function assertConfiguredFormats(config: Pick<Config, 'links' | 'registration' | 'passwords'>): void {
  const { links, registration, passwords } = config;
  const checks: [string, () => unknown][] = [
    ['DEFAULT_REGISTER_URL_FORMAT', () => parseUrlFormat(registration.urlFormat, links)],
    ['DEFAULT_RESET_PASSWORD_URL_FORMAT', () => parseUrlFormat(passwords.resetUrlFormat, links)],
    [
      'DEFAULT_REGISTER_EMAIL_FORMAT',
      () => registration.emailFormat === null || parseEmailFormat(registration.emailFormat, links),
    ],
  ];
  const faults = checks.flatMap(([name, check]) => faultOf(name, check) ?? []);
  if (faults.length > 0) throw new ConfigurationFault(faults);
}

function faultOf(name: string, check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof UrlFormatInvalid) {
      return `${name}: must be a path that begins with / or a URL of PUBLIC_URL, WEB_APP_URL or LINK_ORIGINS, without white space`;
    }
    if (error instanceof EmailFormatInvalid) {
      return `${name}: must name no origin but PUBLIC_URL, WEB_APP_URL and LINK_ORIGINS, and have no control characters`;
    }
    throw error;
  }
}
