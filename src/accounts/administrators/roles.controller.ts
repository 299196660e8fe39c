import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../common/actor.js';
import { viewPage } from '../../common/page.js';
import { Roles as Allowed } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { ETAG, LOCATION } from '../../http/described.js';
import { ConditionalOnTag, EntityTags, ReadOnTag, type Tagged } from '../../http/tagged.js';
import type { CreationKey } from '../../idempotency/creation-key.js';
import { IdempotencyKey, Repeatable } from '../../idempotency/idempotency-key.decorator.js';
import { Roles } from '../../roles/roles.service.js';
import { CreateRoleRequest, EditRoleRequest, ListRolesQuery } from './dto/role.request.js';
import { RolePageView, RoleView, toRoleView } from './dto/role.view.js';
import { EditRoles } from './edit-roles.service.js';

const KINDS = ['user', 'service'] as const;
const VIEWERS = { permission: 'ACL:VIEW', scope: 'admin', kinds: KINDS } as const;
const EDITORS = { permission: 'ACL:MODIFY', scope: 'admin', session: 'recent', kinds: KINDS } as const;

/** The roles of administrators. */
@ApiTags('roles')
@Controller('v1/roles')
export class RolesController {
  constructor(
    private readonly roles: Roles,
    private readonly editRoles: EditRoles,
  ) {}

  @Get()
  @Allowed(VIEWERS)
  @ApiOperation({
    summary: 'List roles',
    description:
      'The built-in ones from the highest down, then the free ones in order of creation, by pages.',
  })
  @ApiOkResponse({ type: RolePageView })
  async list(@Query() { limit, cursor, q }: ListRolesQuery): Promise<RolePageView> {
    const page = await this.roles.page({ limit, cursor: cursor ?? null, prefix: q ?? null });
    return viewPage(page, toRoleView);
  }

  @Get(':id')
  @Allowed(VIEWERS)
  @ReadOnTag()
  @ApiOperation({ summary: 'One role' })
  @ApiOkResponse({ type: RoleView })
  async get(@Param('id') id: string, @EntityTags() tags: Tagged): Promise<RoleView | undefined> {
    return tags.answer(toRoleView(await this.roles.get(id.toLowerCase())));
  }

  @Post()
  @Allowed(EDITORS)
  @Repeatable()
  @ApiOperation({ summary: 'Make a free role', description: 'With rights that the caller has himself.' })
  @ApiCreatedResponse({ type: RoleView, headers: { ...LOCATION, ...ETAG } })
  async create(
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: CreationKey | null,
    @EntityTags() tags: Tagged,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { name, permissions }: CreateRoleRequest,
  ): Promise<RoleView | undefined> {
    const role = await this.editRoles.create(actor, { name, permissions }, key);
    void reply.header('location', `/v1/roles/${role.id}`);
    return tags.answer(toRoleView(role));
  }

  @Patch(':id')
  @Allowed(EDITORS)
  @ConditionalOnTag()
  @ApiOperation({
    summary: 'Edit a free role',
    description:
      'Holds from the next request of everybody who has it. Only rights that the caller has himself are given, changed or taken.',
  })
  @ApiOkResponse({ type: RoleView })
  @ApiConflictResponse({ description: 'Another role has the name' })
  async edit(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @EntityTags() tags: Tagged,
    @Body() { name, permissions }: EditRoleRequest,
  ): Promise<RoleView | undefined> {
    const role = await this.editRoles.change(
      actor,
      id.toLowerCase(),
      tags.condition(toRoleView),
      (present) => ({ name: name ?? present.name, permissions: permissions ?? present.permissions }),
    );
    return tags.answer(toRoleView(role));
  }

  @Delete(':id')
  @HttpCode(204)
  @Allowed(EDITORS)
  @ConditionalOnTag()
  @ApiOperation({
    summary: 'Remove a free role',
    description: 'Who had it is left without one from his next request on.',
  })
  @ApiNoContentResponse({ description: 'It is gone' })
  @ApiBadRequestResponse({ description: 'It is built in' })
  remove(@CurrentActor() actor: Actor, @Param('id') id: string, @EntityTags() tags: Tagged): Promise<void> {
    return this.editRoles.remove(actor, id.toLowerCase(), tags.condition(toRoleView));
  }
}
