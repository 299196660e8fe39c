import type { Config } from '../config/config.js';
import { parseUrlFormat } from '../mail/url-format.js';

/** The link of our own page that sets a password with a token. */
export function passwordPageLink({ links }: Pick<Config, 'links'>, token: string, email: string): string {
  const { publicUrl, linkOrigins } = links;
  return parseUrlFormat('/#/set-password/{token}/{email}/', { webAppUrl: publicUrl, linkOrigins }).link({
    token,
    email,
  });
}
