import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import type { AdministratorDraft } from '../../accounts/administrators/administrator.js';
import { CreateAdministrator } from '../../accounts/administrators/create-administrator.service.js';
import { EditOwnAdministrator } from '../../accounts/administrators/edit-own-administrator.service.js';
import { ReplaceAdministrator } from '../../accounts/administrators/replace-administrator.service.js';
import { ViewAdministrators } from '../../accounts/administrators/view-administrators.service.js';
import type { FieldFault } from '../../accounts/field-faults.js';
import type { Actor } from '../../common/actor.js';
import { Forbidden } from '../../common/errors.js';
import { Roles } from '../../common/security/access.js';
import type { ServicePrincipal, UserPrincipal } from '../../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../../http/actor.decorator.js';
import { administratorView, masterView } from './administrators.presenters.js';
import { CallersLocale } from './callers-locale.decorator.js';
import { ListAdministratorsQuery } from './dto/list-administrators.query.js';
import type { ValuesOf } from './forms/form.js';
import { administratorForm, ownAdministratorForm } from './forms/forms.js';
import { ADMINISTRATOR, ADMINISTRATORS, ADMINISTRATOR_ID } from './open-loyalty.schemas.js';
import { ADMINISTRATOR_FORM, OWN_ADMINISTRATOR_FORM } from './forms/form-schemas.js';

/** Administrators (003 "Creating a permanent user token"; reference note 1.8). */
@ApiTags('open-loyalty (003)')
@Controller('api/admin')
export class AdministratorsController {
  constructor(
    private readonly createAdministrator: CreateAdministrator,
    private readonly replaceAdministrator: ReplaceAdministrator,
    private readonly editOwn: EditOwnAdministrator,
    private readonly view: ViewAdministrators,
  ) {}

  @Get()
  @Roles({ permission: 'ADMIN:VIEW', kinds: ['user', 'service'] })
  @ApiOperation({ summary: 'List administrators' })
  @ApiOkResponse({ schema: ADMINISTRATORS })
  async list(@Query() query: ListAdministratorsQuery) {
    const { items, total } = await this.view.list({
      number: query.page,
      size: query.perPage,
      sort: query.sort,
      isDescending: query.direction === 'desc',
    });
    return { users: items.map(administratorView), total };
  }

  @Get('data')
  @Roles({ types: ['admin'], kinds: ['user', 'service'] })
  @ApiOperation({ summary: 'One’s own record' })
  @ApiOkResponse({ schema: ADMINISTRATOR })
  async own(@CurrentPrincipal() principal: UserPrincipal | ServicePrincipal) {
    if (principal.kind === 'service') return masterView(principal);
    return administratorView(await this.view.get(principal.userId));
  }

  @Get('data/:id')
  @Roles({ permission: 'ADMIN:VIEW', kinds: ['user', 'service'] })
  @ApiOperation({ summary: 'One administrator' })
  @ApiOkResponse({ schema: ADMINISTRATOR })
  async get(@Param('id') id: string) {
    return administratorView(await this.view.get(id));
  }

  @Post('data')
  @HttpCode(200)
  @Roles({ permission: 'ADMIN:MODIFY', kinds: ['user', 'service'], limited: true })
  @ApiBody({ schema: ADMINISTRATOR_FORM })
  @ApiOperation({ summary: 'Make an administrator, with a permanent token where he is external' })
  @ApiOkResponse({ schema: ADMINISTRATOR_ID })
  create(@CurrentActor() actor: Actor, @CallersLocale() locale: string, @Body() body: object) {
    return administratorForm.submit(body, async (values, unreadable) => ({
      adminId: await this.createAdministrator.create(actor, draftOf(values, unreadable), locale),
    }));
  }

  @Put('data')
  @Roles({ types: ['admin'], session: 'own', limited: true })
  @ApiBody({ schema: OWN_ADMINISTRATOR_FORM })
  @ApiOperation({ summary: 'Edit oneself' })
  @ApiOkResponse({ schema: ADMINISTRATOR_ID })
  replaceOwn(@CurrentActor() actor: Actor, @CallersLocale() locale: string, @Body() body: object) {
    return ownAdministratorForm.submit(body, async ({ roles, ...values }, unreadable) => ({
      adminId: await this.editOwn.edit(actor, { ...values, roleIds: roles, unreadable }, locale),
    }));
  }

  @Put('data/:id')
  @Roles({ permission: 'ADMIN:MODIFY', kinds: ['user', 'service'], limited: true })
  @ApiBody({ schema: ADMINISTRATOR_FORM })
  @ApiOperation({ summary: 'Replace an administrator who stands no higher; oneself as without an id' })
  @ApiOkResponse({ schema: ADMINISTRATOR_ID })
  replace(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal | ServicePrincipal,
    @CallersLocale() locale: string,
    @Param('id') id: string,
    @Body() body: object,
  ) {
    if (principal.kind === 'user' && principal.userId === id.toLowerCase()) {
      // Where one's mail goes, and with it one's password, is not for a key to change.
      if (principal.via === 'key') throw new Forbidden();
      return this.replaceOwn(actor, locale, body);
    }
    return administratorForm.submit(body, async (values, unreadable) => {
      await this.replaceAdministrator.replace(actor, id, draftOf(values, unreadable), locale);
      return { adminId: id.toLowerCase() };
    });
  }
}

function draftOf(
  values: ValuesOf<(typeof administratorForm)['fields']>,
  unreadable: readonly FieldFault[],
): AdministratorDraft {
  const { plainPassword, external, roles, ...rest } = values;
  return { ...rest, password: plainPassword, isExternal: external, roleIds: roles, unreadable };
}
