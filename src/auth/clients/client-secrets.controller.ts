import { Controller, Delete, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../common/actor.js';
import { Roles } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { ConditionalOnTag, EntityTags, type Tagged } from '../../http/tagged.js';
import type { CreationKey } from '../../idempotency/creation-key.js';
import { IdempotencyKey, Repeatable } from '../../idempotency/idempotency-key.decorator.js';
import { IssuedClientSecretView, toClientView, toIssuedSecretView } from './dto/client.view.js';
import { EditClients } from './edit-clients.service.js';

const EDITORS = { level: 'admin', scope: 'admin', session: 'recent' } as const;
const EDITED_BY = 'For a person’s own session that began within 15 minutes, admins and above.';

/** The secrets of OAuth clients: two live side by side while one takes the other's place. */
@ApiTags('clients')
@Controller('v1/clients/:id/secrets')
export class ClientSecretsController {
  constructor(private readonly editClients: EditClients) {}

  @Post()
  @Header('cache-control', 'no-store')
  @Roles({ ...EDITORS, limited: true })
  @Repeatable()
  @ConditionalOnTag()
  @ApiOperation({
    summary: 'Give an OAuth client another secret',
    description: `It is answered this once and counts beside the present one; with two there is no third (409 \`client-secrets-full\`). ${EDITED_BY}`,
  })
  @ApiCreatedResponse({ type: IssuedClientSecretView })
  async add(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IdempotencyKey() key: CreationKey | null,
    @EntityTags() tags: Tagged,
  ): Promise<IssuedClientSecretView> {
    return toIssuedSecretView(await this.editClients.addSecret(actor, id, tags.condition(toClientView), key));
  }

  @Delete(':secretId')
  @HttpCode(204)
  @Roles(EDITORS)
  @ConditionalOnTag()
  @ApiOperation({
    summary: 'Take a secret from an OAuth client',
    description: `It proves nothing from the next request on; tokens stay. A client without a secret cannot show who it is. ${EDITED_BY}`,
  })
  @ApiNoContentResponse({ description: 'It is gone' })
  remove(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('secretId') secretId: string,
    @EntityTags() tags: Tagged,
  ): Promise<void> {
    const condition = tags.condition(toClientView);
    return this.editClients.removeSecret(actor, id, secretId.toLowerCase(), condition);
  }
}
