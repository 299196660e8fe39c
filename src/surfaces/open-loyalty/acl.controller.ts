import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import { ManageRoles } from '../../accounts/administrators/manage-roles.service.js';
import type { Actor } from '../../common/actor.js';
import { ACCESSES, RESOURCES } from '../../common/permissions.js';
import { Roles as Allowed } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { Roles } from '../../roles/roles.service.js';
import { ACCESS_NAMES, RESOURCE_NAMES } from './acl-names.js';
import { roleView } from './administrators.presenters.js';
import { roleForm } from './forms/forms.js';
import { permissionsIn } from './forms/role-permissions.js';
import { ACCESS_LIST, RESOURCE_LIST, ROLE, ROLES } from './open-loyalty.schemas.js';
import { ROLE_FORM } from './forms/form-schemas.js';

const KINDS = ['user', 'service'] as const;

/** Roles and permissions of administrators (reference note 1.9). */
@ApiTags('open-loyalty (003)')
@Controller('api/admin/acl')
export class AclController {
  constructor(
    private readonly roles: Roles,
    private readonly manage: ManageRoles,
  ) {}

  @Get('role')
  @Allowed({ permission: 'ACL:VIEW', kinds: KINDS })
  @ApiOperation({ summary: 'List roles' })
  @ApiOkResponse({ schema: ROLES })
  async list() {
    const roles = (await this.roles.list()).map(roleView);
    return { roles, total: roles.length };
  }

  @Get('role/:id')
  @Allowed({ permission: 'ACL:VIEW', kinds: KINDS })
  @ApiOperation({ summary: 'One role' })
  @ApiOkResponse({ schema: ROLE })
  async get(@Param('id') id: string) {
    return roleView(await this.roles.get(id.toLowerCase()));
  }

  @Post('role')
  @HttpCode(204)
  @Allowed({ permission: 'ACL:MODIFY', kinds: KINDS })
  @ApiBody({ schema: ROLE_FORM })
  @ApiOperation({ summary: 'Make a role with rights that one has oneself' })
  create(@CurrentActor() actor: Actor, @Body() body: object): Promise<void> {
    return roleForm.submit(body, async ({ name, permissions }, unreadable) => {
      await this.manage.create(actor, { name, permissions: permissionsIn(permissions), unreadable });
    });
  }

  @Put('role/:id')
  @HttpCode(204)
  @Allowed({ permission: 'ACL:MODIFY', kinds: KINDS })
  @ApiBody({ schema: ROLE_FORM })
  @ApiOperation({ summary: 'Replace name and permissions of a free role' })
  replace(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: object): Promise<void> {
    return roleForm.submit(body, ({ name, permissions }, unreadable) =>
      this.manage.replace(actor, id.toLowerCase(), {
        name,
        permissions: permissionsIn(permissions),
        unreadable,
      }),
    );
  }

  @Delete('role/:id')
  @HttpCode(204)
  @Allowed({ permission: 'ACL:MODIFY', kinds: KINDS })
  @ApiOperation({ summary: 'Remove a free role; who had it is left without one' })
  remove(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.manage.remove(actor, id.toLowerCase());
  }

  @Get('accesses')
  @Allowed({ permission: 'ACL:VIEW', kinds: KINDS })
  @ApiOperation({ summary: 'What can be done with a resource' })
  @ApiOkResponse({ schema: ACCESS_LIST })
  accesses() {
    const accesses = ACCESSES.map((code) => ({ code, name: ACCESS_NAMES[code] }));
    return { accesses, total: accesses.length };
  }

  @Get('resources')
  @Allowed({ permission: 'ACL:VIEW', kinds: KINDS })
  @ApiOperation({ summary: 'What permissions are about' })
  @ApiOkResponse({ schema: RESOURCE_LIST })
  resources() {
    const resources = RESOURCES.map((code) => ({ code, name: RESOURCE_NAMES[code] }));
    return { resources, total: resources.length };
  }
}
