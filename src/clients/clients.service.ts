import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { Reader, type Tx } from '../database/db.js';
import { Announcer } from '../fence/announcer.service.js';
import { clientSubject } from '../fence/subject.js';
import { KeyRing } from '../secrets/key-ring.js';
import type { Client, ClientState } from './client.js';
import { ClientUnknown } from './clients.errors.js';
import { ClientsRepository } from './clients.repository.js';

const PURPOSE = 'client secret';

/** Registered OAuth clients; secrets are kept as HMACs under `SECRET_KEY` (contract 3.2). */
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
    const client = await this.repository.findBySecret(
      this.reader,
      id,
      this.keyRing.macs(placeOf(id), secret),
    );
    if (!client) throw new ClientUnknown();
    return client;
  }

  /** @throws ClientUnknown, also for one that is disabled */
  async get(id: string): Promise<Client> {
    const client = await this.repository.findActive(this.reader, id);
    if (!client) throw new ClientUnknown();
    return client;
  }

  /** Makes a client that may do nothing yet, unless it is there. */
  async ensure(tx: Tx, id: string): Promise<void> {
    if (!(await this.repository.exists(tx, id))) await this.repository.insert(tx, id, this.clock.now());
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
