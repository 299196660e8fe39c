import type { CDPSession, Page } from 'playwright-core';
import type { PageVisitor } from './page-visitor.js';

/**
 * What a browser has to keep passkeys: a key on a cord, or the device itself, which browsers offer
 * passkeys from in the list of a field. Its owner is there and shows it who he is, until he refuses.
 */
export class BrowserAuthenticator {
  private constructor(
    private readonly page: Page,
    private readonly protocol: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async plugInto({ context, page }: PageVisitor, transport: 'usb' | 'internal' = 'usb') {
    const protocol = await context.newCDPSession(page);
    await protocol.send('WebAuthn.enable');
    const { authenticatorId } = await protocol.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport,
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new BrowserAuthenticator(page, protocol, authenticatorId);
  }

  /** From now on its owner shows it who he is, or not. */
  async verifies(isUserVerified: boolean): Promise<void> {
    const { authenticatorId } = this;
    await this.protocol.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  }

  /** Adds a passkey to the account that is signed in on the page; answers its id at the server. */
  async addPasskey(): Promise<string> {
    const { status, body } = await this.page.evaluate<{ status: number; body: { id: string } }>(ADD);
    if (status !== 201) throw new Error(`No passkey: ${status}`);
    return body.id;
  }

  /** How many it keeps. */
  async count(): Promise<number> {
    const { authenticatorId } = this;
    return (await this.protocol.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length;
  }
}

const ADD = `(async () => {
  const post = (path, body) => fetch(path, {
    method: 'POST',
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  });
  const options = await (await post('/v1/me/passkeys/options')).json();
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = await navigator.credentials.create({ publicKey });
  const answer = await post('/v1/me/passkeys', { name: 'Key', response: made.toJSON() });
  return { status: answer.status, body: await answer.json() };
})()`;
