import { Controller, Get, Param, Patch, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ChangeAccount } from '../../accounts/change-account.service.js';
import { accountIdOf } from '../../accounts/personal-account.js';
import { PersonalAccounts } from '../../accounts/personal-accounts.service.js';
import type { Actor } from '../../common/actor.js';
import { Roles } from '../../common/security/access.js';
import type { UserPrincipal } from '../../common/security/principal.js';
import { Config } from '../../config/config.js';
import { CurrentActor, CurrentPrincipal } from '../../http/actor.decorator.js';
import { TakesMultipart } from '../../http/multipart/takes-multipart.decorator.js';
import { UploadSlots } from '../../http/multipart/upload-slots.js';
import { readAccountForm } from './account-form.js';
import { accountView, userView } from './romeo.presenters.js';
import { ACCOUNT, USER, ACCOUNT_EDIT } from './romeo.schemas.js';

/** 002 "Account" and "User": one's own. */
@ApiTags('romeo (002)')
@Controller('api')
export class RomeoAccountController {
  constructor(
    private readonly config: Config,
    private readonly accounts: PersonalAccounts,
    private readonly changeAccount: ChangeAccount,
    private readonly uploads: UploadSlots,
  ) {}

  @Get('account/:id')
  @Roles()
  @ApiOperation({ summary: 'One’s own account' })
  @ApiOkResponse({ schema: ACCOUNT })
  async account(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string) {
    return accountView(await this.accounts.own(principal, accountIdOf(id)), this.config.links.publicUrl);
  }

  @Patch('account/:id')
  @Roles({ ownOrigin: true })
  @TakesMultipart()
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded', 'multipart/form-data')
  @ApiBody({ schema: ACCOUNT_EDIT })
  @ApiOperation({ summary: 'Change one’s own account, all given fields or none' })
  @ApiOkResponse({ schema: ACCOUNT })
  async change(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ) {
    const { id: own } = await this.accounts.own(principal, accountIdOf(id));
    const account = await this.uploads.during(request, principal.userId, async () =>
      this.changeAccount.change(actor, principal, own, await readAccountForm(request)),
    );
    return accountView(account, this.config.links.publicUrl);
  }

  @Get('user/:id')
  @Roles()
  @ApiOperation({ summary: 'Oneself' })
  @ApiOkResponse({ schema: USER })
  async user(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string) {
    return userView(principal.user, await this.accounts.own(principal, accountIdOf(id)));
  }
}
