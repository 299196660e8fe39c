import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { newId } from '../common/ids.js';
import { Reader, type Tx } from '../database/db.js';
import { Announcer } from '../fence/announcer.service.js';
import { clientSubject } from '../fence/subject.js';
import { KeyRing } from '../secrets/key-ring.js';
import type { Client, ClientState } from './client.js';
import { isGenerated } from './client-secrets.js';
import { ClientUnknown } from './clients.errors.js';
import { ClientsRepository } from './clients.repository.js';

const PURPOSE = 'client secret';

/**
 * Registered OAuth clients. A secret that somebody chose is kept as an HMAC under `SECRET_KEY`, one that was
 * made here as SHA-256 (contract 3.2).
 */
@Injectable()
export class Clients {
  constructor(
    private readonly repository: ClientsRepository,
    private readonly keyRing: KeyRing,
    private readonly reader: Reader,
    private readonly announcer: Announcer,
    private readonly clock: Clock,
  ) {}

  /** The client that shows one of its secrets (RFC 6749 2.3.1). @throws ClientUnknown */
  async authenticate(id: string, secret: string): Promise<Client> {
    const macs = this.keyRing.macs(placeOf(id), secret);
    const digests = isGenerated(secret) ? [digestOf(secret), ...macs] : macs;
    const client = await this.repository.findBySecret(this.reader, id, digests);
    if (!client) throw new ClientUnknown();
    return client;
  }

  /** @throws ClientUnknown, also for one that is disabled */
  async get(id: string): Promise<Client> {
    const client = await this.repository.findActive(this.reader, id);
    if (!client) throw new ClientUnknown();
    return client;
  }

  /** Makes a client that may do nothing yet; answers false when it was there. */
  create(tx: Tx, id: string): Promise<boolean> {
    return this.repository.insert(tx, id, this.clock.now());
  }

  /** Ends everything that was issued to the client with its next request, and the client itself. */
  async remove(tx: Tx, id: string): Promise<void> {
    await this.repository.remove(tx, id, this.clock.now());
    this.announcer.announce(tx, clientSubject(id));
  }

  /** What the client may ask for from now on; what was issued keeps what it has until it ends. */
  async allow(
    tx: Tx,
    id: string,
    allowed: { grants: readonly string[]; scopes: readonly string[] },
  ): Promise<void> {
    await this.repository.setAllowed(tx, id, { ...allowed, now: this.clock.now() });
    this.announcer.announce(tx, clientSubject(id));
  }

  /** Puts one or two secrets in the place of those that there are. */
  async replaceSecrets(tx: Tx, id: string, secrets: readonly string[]): Promise<void> {
    const digests = secrets.map((secret) => ({ id: newId(), digest: this.keyRing.mac(placeOf(id), secret) }));
    await this.repository.replaceSecrets(tx, id, digests, this.clock.now());
  }

  /** Disabling ends every token of the client with its next request; enabling brings none back. */
  async setState(tx: Tx, id: string, state: ClientState): Promise<void> {
    const changed = await this.repository.setState(tx, id, state, this.clock.now());
    if (changed) this.announcer.announce(tx, clientSubject(id));
  }
}

/** Two clients with one secret have different digests. */
function placeOf(clientId: string): string {
  return `${PURPOSE} of ${clientId}`;
}
