import { Controller, Get, Param, Patch, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../common/actor.js';
import { viewPage } from '../common/page.js';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Config } from '../config/config.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { TakesMultipart } from '../http/multipart/takes-multipart.decorator.js';
import { UploadSlots } from '../http/multipart/upload-slots.js';
import { ChangeAccount } from './change-account.service.js';
import {
  AccountPageView,
  AccountView,
  EditAccountRequest,
  ListAccountsQuery,
  toAccountView,
} from './dto/account.view.js';
import { accountIdOf } from './personal-account.js';
import { PersonalAccounts } from './personal-accounts.service.js';
import { readAccountEdit } from './read-account-edit.js';

/** The accounts that users have (002), at the native API. */
@ApiTags('accounts')
@Controller('v1/accounts')
export class PersonalAccountsController {
  constructor(
    private readonly config: Config,
    private readonly accounts: PersonalAccounts,
    private readonly changeAccount: ChangeAccount,
    private readonly uploads: UploadSlots,
  ) {}

  @Get()
  @Roles({ level: 'manager', scope: 'admin', kinds: ['user', 'service'] })
  @ApiOperation({
    summary: 'List accounts',
    description: 'In order of creation, by pages. For managers and above.',
  })
  @ApiOkResponse({ type: AccountPageView })
  async list(@Query() { ownerId, limit, cursor }: ListAccountsQuery): Promise<AccountPageView> {
    const page = await this.accounts.list(ownerId ?? null, { limit, cursor: cursor ?? null });
    return viewPage(page, (account) => toAccountView(account, this.config.links.publicUrl));
  }

  @Get(':id')
  @Roles({ session: 'own' })
  @ApiOperation({
    summary: 'Look at one account',
    description: 'One’s own; for managers and above anybody’s.',
  })
  @ApiOkResponse({ type: AccountView })
  async get(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string): Promise<AccountView> {
    const account = await this.accounts.visible(principal, accountIdOf(id));
    return toAccountView(account, this.config.links.publicUrl);
  }

  @Patch(':id')
  @Roles({ session: 'own', limited: true })
  @TakesMultipart()
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({ type: EditAccountRequest })
  @ApiOperation({
    summary: 'Change one’s own account',
    description: 'All given fields or none. Images are sent as parts of a form.',
  })
  @ApiOkResponse({ type: AccountView })
  async edit(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<AccountView> {
    const { id: own } = await this.accounts.own(principal, accountIdOf(id));
    const account = await this.uploads.during(request, principal.userId, async () =>
      this.changeAccount.change(actor, principal, own, await readAccountEdit(request)),
    );
    return toAccountView(account, this.config.links.publicUrl);
  }
}
