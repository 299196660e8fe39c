import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Config } from '../config/config.js';
import { Discovery } from './openid/discovery.js';
import { OpenIdProvider } from './openid/openid.provider.js';
import { Proofs } from './openid/proofs.service.js';
import type { Provider } from './provider.js';
import { ProviderNotConfigured, ProviderUnknown } from './social.errors.js';
import { TwitterApi } from './twitter/twitter-api.js';
import { TWITTER, TwitterProvider } from './twitter/twitter.provider.js';

/** Where people may sign in with an account that they have there. */
@Injectable()
export class Providers {
  private readonly providers = new Map<string, Provider>();

  constructor(config: Config, proofs: Proofs, clock: Clock) {
    const { twitter, openIdProviders } = config.social;
    if (twitter) this.add(new TwitterProvider(new TwitterApi(twitter, clock)));
    for (const provider of openIdProviders) {
      this.add(new OpenIdProvider(provider, new Discovery(provider, clock), proofs));
    }
  }

  /** The names of all that are configured, in the order of their buttons. */
  names(): readonly string[] {
    return [...this.providers.keys()];
  }

  find(name: string): Provider | null {
    return this.providers.get(name) ?? null;
  }

  /** @throws ProviderUnknown; ProviderNotConfigured for Twitter without its key */
  get(name: string): Provider {
    const provider = this.providers.get(name);
    if (provider) return provider;
    throw name === TWITTER ? new ProviderNotConfigured() : new ProviderUnknown();
  }

  private add(provider: Provider): void {
    this.providers.set(provider.name, provider);
  }
}
