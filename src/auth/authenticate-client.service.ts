import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.js';
import { ClientUnknown } from '../clients/clients.errors.js';
import { Clients } from '../clients/clients.service.js';
import { Reader } from '../database/db.js';
import { Clock, DAY } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { GrantsRepository } from '../grants/grants.repository.js';

/** How a client shows who it is: by its secret, or by a token that was issued to it before. */
export type ClientProof =
  | { readonly kind: 'secret'; readonly id: string; readonly secret: string }
  | { readonly kind: 'earlier-token'; readonly token: string };

/** How long an expired token still proves to whom it was issued (contract 4.1). */
const LONGEST_PROOF = 90 * DAY;

/** Finds out which OAuth client asks. */
@Injectable()
export class AuthenticateClient {
  constructor(
    private readonly clients: Clients,
    private readonly grants: GrantsRepository,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /**
   * The client behind a proof. An earlier token counts for 90 days after it has expired too; whatever
   * revokes it (logout, disabling, a changed password, the client disabled) ends that as well.
   * @throws ClientUnknown
   * Spec: 000 "Logging in"; RFC 6749 2.3; contract 4.1.
   */
  async authenticate(proof: ClientProof | null, surface: string): Promise<Client> {
    if (proof === null) throw new ClientUnknown();
    if (proof.kind === 'secret') return this.clients.authenticate(proof.id, proof.secret);
    const clientId = await this.grants.clientOfEarlierToken(this.reader, {
      digest: digestOf(proof.token),
      surface,
      expiredAfter: this.clock.now() - LONGEST_PROOF,
    });
    if (clientId === null) throw new ClientUnknown();
    return this.clients.get(clientId);
  }
}
