import { ApiProperty } from '@nestjs/swagger';
import type { ClientRecord, ClientSecret, ClientState } from '../../../clients/client.js';
import { PageView } from '../../../http/paging/page.view.js';
import type { ClientWithSecret } from '../edit-clients.service.js';

/** A secret of a client, without itself. */
export class ClientSecretView {
  @ApiProperty({ format: 'uuid', description: 'By which it is taken away' })
  id: string;

  @ApiProperty({ description: 'The last four characters of a generated secret; empty for a declared one' })
  hint: string;

  @ApiProperty({ format: 'date-time', description: 'When the client was given it' })
  createdAt: string;
}

/** An OAuth client. */
export class ClientView {
  @ApiProperty({ description: 'Its `client_id`' })
  id: string;

  @ApiProperty({ enum: ['active', 'disabled'], description: 'A disabled client gets no token and has none' })
  state: ClientState;

  @ApiProperty({ type: [String], description: 'The grant types that it may use' })
  grants: string[];

  @ApiProperty({ type: [String], description: 'The scopes that it may ask for' })
  scopes: string[];

  @ApiProperty({ type: [ClientSecretView], description: 'At most two; each counts' })
  secrets: ClientSecretView[];

  @ApiProperty({ format: 'date-time', description: 'When it was made' })
  createdAt: string;

  @ApiProperty({ format: 'date-time', description: 'When it was last changed' })
  updatedAt: string;
}

/** A client with its first secret, which is answered once. */
export class IssuedClientView extends ClientView {
  @ApiProperty({ description: 'Shown this once; only its digest is kept' })
  secret: string;
}

/** A secret, which is answered once. */
export class IssuedClientSecretView extends ClientSecretView {
  @ApiProperty({ description: 'Shown this once; only its digest is kept' })
  secret: string;
}

/** One page of clients. */
export class ClientPageView extends PageView {
  @ApiProperty({ type: [ClientView], description: 'In the order of their ids, whatever their case' })
  items: ClientView[];
}

const instant = (time: number) => new Date(time).toISOString();

export function toClientView(client: ClientRecord): ClientView {
  return {
    id: client.id,
    state: client.state,
    grants: [...client.grants],
    scopes: [...client.scopes],
    secrets: client.secrets.map(toSecretView),
    createdAt: instant(client.createdAt),
    updatedAt: instant(client.updatedAt),
  };
}

export function toIssuedClientView({ client, secret }: ClientWithSecret): IssuedClientView {
  return { ...toClientView(client), secret };
}

export function toIssuedSecretView({ client, secretId, secret }: ClientWithSecret): IssuedClientSecretView {
  const made = client.secrets.find(({ id }) => id === secretId);
  if (!made) throw new Error('The secret just made is not there');
  return { ...toSecretView(made), secret };
}

function toSecretView({ id, hint, createdAt }: ClientSecret): ClientSecretView {
  return { id, hint, createdAt: instant(createdAt) };
}
