import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ClientRecords } from '../../clients/client-records.service.js';
import type { Actor } from '../../common/actor.js';
import { viewPage } from '../../common/page.js';
import { Roles } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { LOCATION } from '../../http/described.js';
import { ConditionalOnTag, EntityTags, ReadOnTag, type Tagged } from '../../http/tagged.js';
import type { CreationKey } from '../../idempotency/creation-key.js';
import { IdempotencyKey, Repeatable } from '../../idempotency/idempotency-key.decorator.js';
import { CreateClientRequest, EditClientRequest, ListClientsQuery } from './dto/client.request.js';
import {
  ClientPageView,
  ClientView,
  IssuedClientView,
  toClientView,
  toIssuedClientView,
} from './dto/client.view.js';
import { EditClients } from './edit-clients.service.js';

const VIEWERS = { level: 'admin', scope: 'admin', kinds: ['user', 'service'] } as const;
const EDITORS = { level: 'admin', scope: 'admin', session: 'recent' } as const;
const EDITED_BY = 'For a person’s own session that began within 15 minutes, admins and above.';

/** The OAuth clients: who may ask for a user's token. */
@ApiTags('clients')
@Controller('v1/clients')
export class ClientsController {
  constructor(
    private readonly clients: ClientRecords,
    private readonly editClients: EditClients,
  ) {}

  @Get()
  @Roles(VIEWERS)
  @ApiOperation({
    summary: 'List OAuth clients',
    description: 'By their ids, by pages. For admins and above.',
  })
  @ApiOkResponse({ type: ClientPageView })
  async list(@Query() { limit, cursor, q, state }: ListClientsQuery): Promise<ClientPageView> {
    const filter = { prefix: q ?? null, state: state ?? null };
    return viewPage(await this.clients.page(filter, { limit, cursor: cursor ?? null }), toClientView);
  }

  @Get(':id')
  @Roles(VIEWERS)
  @ReadOnTag()
  @ApiOperation({ summary: 'One OAuth client', description: 'Never its secrets. For admins and above.' })
  @ApiOkResponse({ type: ClientView })
  async get(@Param('id') id: string, @EntityTags() tags: Tagged): Promise<ClientView | undefined> {
    return tags.answer(toClientView(await this.clients.get(id)));
  }

  @Post()
  @Header('cache-control', 'no-store')
  @Roles({ ...EDITORS, limited: true })
  @Repeatable()
  @ApiOperation({
    summary: 'Make an OAuth client',
    description: `Its secret is answered this once. ${EDITED_BY}`,
  })
  @ApiCreatedResponse({ type: IssuedClientView, headers: LOCATION })
  async create(
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: CreationKey | null,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { id, grants = [], scopes = [] }: CreateClientRequest,
  ): Promise<IssuedClientView> {
    const made = await this.editClients.create(actor, { id, grants, scopes }, key);
    void reply.header('location', `/v1/clients/${id}`);
    return toIssuedClientView(made);
  }

  @Patch(':id')
  @Roles(EDITORS)
  @ConditionalOnTag()
  @ApiOperation({
    summary: 'Edit an OAuth client',
    description: `All given fields or none. An edit of a client that a manifest declares stays until the manifest’s value changes. ${EDITED_BY}`,
  })
  @ApiOkResponse({ type: ClientView })
  async edit(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @EntityTags() tags: Tagged,
    @Body() { grants, scopes, state }: EditClientRequest,
  ): Promise<ClientView | undefined> {
    const change = { grants, scopes, state };
    const client = await this.editClients.edit(actor, id, change, tags.condition(toClientView));
    return tags.answer(toClientView(client));
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles(EDITORS)
  @ConditionalOnTag()
  @ApiOperation({
    summary: 'Delete an OAuth client',
    description: `Everything that was issued to it ends with its next request. One that a manifest declares has to be disabled before (409 \`client-declared\`). ${EDITED_BY}`,
  })
  @ApiNoContentResponse({ description: 'It is gone' })
  @ApiConflictResponse({ description: 'A manifest declares it, and it is not disabled' })
  remove(@CurrentActor() actor: Actor, @Param('id') id: string, @EntityTags() tags: Tagged): Promise<void> {
    return this.editClients.remove(actor, id, tags.condition(toClientView));
  }
}
