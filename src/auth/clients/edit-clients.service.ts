import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { AuditKind } from '../../audit/audit-kinds.js';
import type { Actor } from '../../common/actor.js';
import type { Precondition } from '../../common/precondition.js';
import { CLIENT_DECLARATION, type ClientRecord, type ClientState } from '../../clients/client.js';
import { ClientRecords } from '../../clients/client-records.service.js';
import { ClientDeclared, ClientIdTaken } from '../../clients/clients.errors.js';
import { Clients } from '../../clients/clients.service.js';
import type { Tx } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DeclarationsRepository } from '../../declarations/declarations.repository.js';
import { Sessions } from '../../grants/sessions.service.js';
import type { CreationKey } from '../../idempotency/creation-key.js';
import { AlreadyCreated } from '../../idempotency/idempotency.errors.js';
import { Idempotency } from '../../idempotency/idempotency.service.js';

/** A client as somebody wants it to be. */
export interface NewClient {
  readonly id: string;
  readonly grants: readonly string[];
  readonly scopes: readonly string[];
}

/** What is edited of a client; what is left out stays. */
export interface ClientChange {
  readonly grants?: readonly string[];
  readonly scopes?: readonly string[];
  readonly state?: ClientState;
}

/** A client with the secret that it was just given, which is shown this once. */
export interface ClientWithSecret {
  readonly client: ClientRecord;
  readonly secretId: string;
  readonly secret: string;
}

/**
 * OAuth clients beside those that manifests declare. An edit of a declared one stays until the manifest's
 * value changes (contract 2, "kept in step").
 */
@Injectable()
export class EditClients {
  constructor(
    private readonly clients: Clients,
    private readonly records: ClientRecords,
    private readonly declarations: DeclarationsRepository,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Makes a client with one secret. @throws ClientIdTaken, AlreadyCreated, IdempotencyKeyReused */
  create(actor: Actor, wanted: NewClient, key: CreationKey | null): Promise<ClientWithSecret> {
    return this.showingOnce(actor, key, async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      if (!(await this.clients.create(tx, wanted.id))) throw new ClientIdTaken();
      await this.clients.allow(tx, wanted.id, wanted);
      const { id, secret } = await this.records.addSecret(tx, await this.records.get(wanted.id, tx));
      await this.record(tx, actor, 'client.created', wanted.id);
      return { objectId: wanted.id, secretId: id, secret, client: await this.records.get(wanted.id, tx) };
    });
  }

  /**
   * Changes all given fields or none. Disabling ends every token of the client with its next request;
   * what it may ask for counts for what it asks from now on.
   * @throws ClientNotFound, what `condition` throws
   */
  edit(
    actor: Actor,
    id: string,
    { grants, scopes, state }: ClientChange,
    condition: Precondition<ClientRecord>,
  ): Promise<ClientRecord> {
    return this.unitOfWork.run(async (tx) => {
      const client = await this.forUpdate(tx, actor, id, condition);
      if (grants ?? scopes) {
        const allowed = { grants: grants ?? client.grants, scopes: scopes ?? client.scopes };
        await this.clients.allow(tx, id, allowed);
      }
      if (state) await this.clients.setState(tx, id, state);
      if (grants ?? scopes ?? state) await this.record(tx, actor, 'client.changed', id);
      return this.records.get(id, tx);
    });
  }

  /**
   * Ends the client and everything that was issued to it, with the next request. One that a manifest
   * declares has to be disabled before; the next start makes it anew if it is still declared then.
   * @throws ClientNotFound, ClientDeclared, what `condition` throws
   */
  async remove(actor: Actor, id: string, condition: Precondition<ClientRecord>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const client = await this.forUpdate(tx, actor, id, condition);
      const isDeclared = (await this.declarations.find(tx, CLIENT_DECLARATION, id)) !== null;
      if (isDeclared && client.state === 'active') throw new ClientDeclared();
      await this.declarations.forget(tx, CLIENT_DECLARATION, id);
      await this.clients.remove(tx, id);
      await this.record(tx, actor, 'client.deleted', id);
    });
  }

  /** Gives a client another secret; both count. @throws ClientNotFound, ClientSecretsFull, AlreadyCreated */
  addSecret(
    actor: Actor,
    clientId: string,
    condition: Precondition<ClientRecord>,
    key: CreationKey | null,
  ): Promise<ClientWithSecret> {
    // The route is one for all clients; whose secret it is makes it another request.
    const own = key && { ...key, request: JSON.stringify([clientId, key.request]) };
    return this.showingOnce(actor, own, async (tx) => {
      const client = await this.forUpdate(tx, actor, clientId, condition);
      const { id, secret } = await this.records.addSecret(tx, client);
      await this.record(tx, actor, 'client.secret-added', clientId);
      return { objectId: id, secretId: id, secret, client: await this.records.get(clientId, tx) };
    });
  }

  /** Takes a secret away, the last one too: such a client cannot show who it is. @throws ClientNotFound, ClientSecretNotFound */
  async removeSecret(
    actor: Actor,
    clientId: string,
    secretId: string,
    condition: Precondition<ClientRecord>,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const client = await this.forUpdate(tx, actor, clientId, condition);
      await this.records.removeSecret(tx, client, secretId);
      await this.record(tx, actor, 'client.secret-removed', clientId);
    });
  }

  /** Makes something with a secret that is answered this once. @throws AlreadyCreated when the key came before */
  private async showingOnce(
    actor: Actor,
    key: CreationKey | null,
    make: (tx: Tx) => Promise<ClientWithSecret & { readonly objectId: string }>,
  ): Promise<ClientWithSecret> {
    const known = await this.idempotency.find(actor, key);
    if (known) throw new AlreadyCreated(known.id);
    let made: ClientWithSecret | null = null;
    const { id } = await this.idempotency.once(actor, key, async (tx) => {
      const { objectId, ...rest } = await make(tx);
      made = rest;
      return objectId;
    });
    if (made === null) throw new AlreadyCreated(id);
    return made;
  }

  private async forUpdate(
    tx: Tx,
    actor: Actor,
    id: string,
    condition: Precondition<ClientRecord>,
  ): Promise<ClientRecord> {
    await this.sessions.assertLive(tx, actor.principal);
    const client = await this.records.getForUpdate(tx, id);
    condition(client);
    return client;
  }

  private record(tx: Tx, actor: Actor, kind: AuditKind, id: string): Promise<void> {
    return this.audit.record(tx, actor, { kind, objectId: id });
  }
}
