import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Config } from '../config/config.js';
import { CurrentPrincipal } from '../http/actor.decorator.js';
import { AccountView, toAccountView } from './dto/account.view.js';
import { PersonalAccounts } from './personal-accounts.service.js';

/** One's own account, for who does not know its number. */
@ApiTags('me')
@Controller('v1/me/account')
export class OwnAccountController {
  constructor(
    private readonly config: Config,
    private readonly accounts: PersonalAccounts,
  ) {}

  @Get()
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'One’s own account', description: 'It is changed at `PATCH /v1/accounts/{id}`.' })
  @ApiOkResponse({ type: AccountView })
  async get(@CurrentPrincipal() { userId }: UserPrincipal): Promise<AccountView> {
    return toAccountView(await this.accounts.of(userId), this.config.links.publicUrl);
  }
}
