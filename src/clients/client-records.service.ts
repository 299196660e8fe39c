import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { newId } from '../common/ids.js';
import { pageOf, type Page } from '../common/page.js';
import { Reader, type Db, type Tx } from '../database/db.js';
import { MOST_SECRETS, type ClientRecord } from './client.js';
import { ClientRecordsRepository, type ClientFilter } from './client-records.repository.js';
import { generateSecret, hintOf } from './client-secrets.js';
import { ClientNotFound, ClientSecretNotFound, ClientSecretsFull } from './clients.errors.js';

/** OAuth clients and their secrets as administrators handle them. Who may do it is decided by who calls. */
@Injectable()
export class ClientRecords {
  constructor(
    private readonly repository: ClientRecordsRepository,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** Clients by their ids, whatever their case; `cursor` is the last one of the page before. */
  async page(
    filter: ClientFilter,
    { limit, cursor }: { limit: number; cursor: string | null },
  ): Promise<Page<ClientRecord>> {
    const page = { afterId: cursor ?? '', limit: limit + 1 };
    return pageOf(await this.repository.findPage(this.reader, filter, page), limit, ({ id }) => id);
  }

  /** @throws ClientNotFound */
  async get(id: string, db: Db = this.reader): Promise<ClientRecord> {
    const client = await this.repository.find(db, id);
    if (!client) throw new ClientNotFound();
    return client;
  }

  /** A client that nobody else changes until this unit of work has ended. @throws ClientNotFound */
  async getForUpdate(tx: Tx, id: string): Promise<ClientRecord> {
    const client = await this.repository.findForUpdate(tx, id);
    if (!client) throw new ClientNotFound();
    return client;
  }

  /**
   * Gives a client, which the caller has for update, a secret beside the one that it has. Only its digest
   * is kept.
   * @throws ClientSecretsFull
   */
  async addSecret(tx: Tx, client: ClientRecord): Promise<{ id: string; secret: string }> {
    if (client.secrets.length >= MOST_SECRETS) throw new ClientSecretsFull();
    const id = newId();
    const secret = generateSecret();
    const row = { id, digest: digestOf(secret), hint: hintOf(secret), now: this.clock.now() };
    await this.repository.insertSecret(tx, client.id, row);
    return { id, secret };
  }

  /** Takes a secret away: it proves nothing from the next request on. @throws ClientSecretNotFound */
  async removeSecret(tx: Tx, client: ClientRecord, id: string): Promise<void> {
    const isGone = await this.repository.removeSecret(tx, client.id, id, this.clock.now());
    if (!isGone) throw new ClientSecretNotFound();
  }
}
