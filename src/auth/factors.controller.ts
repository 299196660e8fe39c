import { Body, Controller, Delete, Get, Header, HttpCode, Post, Put } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import {
  ConfirmTotpRequest,
  FactorsView,
  RecoveryCodesView,
  toFactorsView,
  toTotpOfferView,
  TotpOfferView,
} from './dto/factor.view.js';
import { ManageFactors } from './manage-factors.service.js';

/** One's own second factor. All of it needs a sign-in of the last 15 minutes (contract 3.2). */
@ApiTags('me')
@Controller('v1/me/factors')
export class FactorsController {
  constructor(private readonly factors: ManageFactors) {}

  @Get()
  @Roles({ session: 'recent' })
  @ApiOperation({ summary: 'One’s own second factor' })
  @ApiOkResponse({ type: FactorsView })
  async get(@CurrentPrincipal() caller: UserPrincipal): Promise<FactorsView> {
    return toFactorsView(await this.factors.overview(caller));
  }

  @Post('totp')
  @Header('cache-control', 'no-store')
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Begin to enrol an authenticator app',
    description: 'The secret counts once a code of it was confirmed, within an hour.',
  })
  @ApiCreatedResponse({ type: TotpOfferView })
  @ApiConflictResponse({ description: 'One has an authenticator app' })
  async begin(@CurrentPrincipal() caller: UserPrincipal): Promise<TotpOfferView> {
    return toTotpOfferView(await this.factors.begin(caller));
  }

  @Post('totp/confirm')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Confirm the authenticator app by a first code',
    description: 'From then on sign-ins ask for a code. Answers the recovery codes, this once.',
  })
  @ApiOkResponse({ type: RecoveryCodesView })
  @ApiConflictResponse({ description: 'No secret waits for its first code' })
  async confirm(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() caller: UserPrincipal,
    @Body() { code }: ConfirmTotpRequest,
  ): Promise<RecoveryCodesView> {
    return { recoveryCodes: [...(await this.factors.confirm(actor, caller, code))] };
  }

  @Delete('totp')
  @HttpCode(204)
  @Roles({ session: 'recent' })
  @ApiOperation({ summary: 'Take one’s authenticator app away, and the recovery codes with it' })
  @ApiNoContentResponse({ description: 'It is gone' })
  @ApiNotFoundResponse({ description: 'One has none' })
  remove(@CurrentActor() actor: Actor, @CurrentPrincipal() caller: UserPrincipal): Promise<void> {
    return this.factors.remove(actor, caller);
  }

  @Put('email')
  @HttpCode(204)
  @Roles({ session: 'recent' })
  @ApiOperation({
    summary: 'Ask for a code by e-mail at sign-in',
    description:
      'Weaker than an authenticator app, and not asked for while one has that. Goes to the confirmed address.',
  })
  @ApiNoContentResponse({ description: 'It is so' })
  @ApiConflictResponse({ description: 'One has no confirmed address' })
  enableEmail(@CurrentActor() actor: Actor, @CurrentPrincipal() caller: UserPrincipal): Promise<void> {
    return this.factors.enableEmail(actor, caller);
  }

  @Delete('email')
  @HttpCode(204)
  @Roles({ session: 'recent' })
  @ApiOperation({ summary: 'Ask for no code by e-mail any more' })
  @ApiNoContentResponse({ description: 'It is so' })
  @ApiNotFoundResponse({ description: 'One had not asked for it' })
  disableEmail(@CurrentActor() actor: Actor, @CurrentPrincipal() caller: UserPrincipal): Promise<void> {
    return this.factors.disableEmail(actor, caller);
  }

  @Post('recovery-codes')
  @Header('cache-control', 'no-store')
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({ summary: 'Replace the recovery codes', description: 'Answered this once.' })
  @ApiCreatedResponse({ type: RecoveryCodesView })
  @ApiNotFoundResponse({ description: 'One has no authenticator app' })
  async renewCodes(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() caller: UserPrincipal,
  ): Promise<RecoveryCodesView> {
    return { recoveryCodes: [...(await this.factors.renewCodes(actor, caller))] };
  }
}
