import * as openid from 'openid-client';
import { Logger } from '@nestjs/common';
import { HOUR, SECOND, type Clock } from '../../common/clock.js';
import type { OpenIdProviderConfig } from '../../config/config.js';
import { boundedFetch, PATIENCE } from '../outgoing.js';
import { ProviderUnavailable } from '../social.errors.js';

/** What an OpenID provider says of itself (OpenID Connect Discovery), asked when it is first needed and every hour. */
export class Discovery {
  private readonly logger = new Logger(Discovery.name);
  private known: { readonly configuration: Promise<openid.Configuration>; readonly askedAt: number } | null =
    null;

  constructor(
    private readonly provider: OpenIdProviderConfig,
    private readonly clock: Clock,
  ) {}

  /** Callers at the same time share one question; a failed one is asked anew. @throws ProviderUnavailable */
  async configuration(): Promise<openid.Configuration> {
    const now = this.clock.now();
    if (this.known && now - this.known.askedAt < HOUR) return this.known.configuration;
    const asked = { configuration: this.ask(), askedAt: now };
    this.known = asked;
    try {
      return await asked.configuration;
    } catch (error) {
      if (this.known === asked) this.known = null;
      throw error;
    }
  }

  private async ask(): Promise<openid.Configuration> {
    const { name, issuer, clientId, clientSecret } = this.provider;
    // Signatures of ID tokens are verified too, though they come straight from the provider.
    const execute = [openid.enableNonRepudiationChecks];
    if (issuer.startsWith('http:')) execute.push(openid.allowInsecureRequests);
    try {
      return await openid.discovery(new URL(issuer), clientId, clientSecret, undefined, {
        execute,
        timeout: PATIENCE / SECOND,
        [openid.customFetch]: (url, options) => boundedFetch(url, options),
      });
    } catch (error) {
      this.logger.warn(`The OpenID provider ${name} is not reached: ${(error as Error).message}`);
      throw new ProviderUnavailable({ cause: error });
    }
  }
}
