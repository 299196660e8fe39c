import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { ConfirmSession } from './confirm-session.service.js';
import { ConfirmationMethods } from './confirmation-methods.service.js';
import { ConfirmationMethodsView } from './dto/confirmation-methods.view.js';
import { ConfirmSessionRequest, toConfirmation } from './dto/open-session.request.js';
import { OWN_REQUEST_OPTIONS } from './passkey-options.schemas.js';

/** Showing once more who one is, for what asks for a sign-in of the last 15 minutes (contract 3.2). */
@ApiTags('sessions')
@Controller('v1/sessions/current/confirm')
export class ConfirmSessionController {
  constructor(
    private readonly confirmSession: ConfirmSession,
    private readonly confirmationMethods: ConfirmationMethods,
  ) {}

  @Get()
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'By what one may show once more who one is' })
  @ApiOkResponse({ type: ConfirmationMethodsView })
  async methods(@CurrentPrincipal() principal: UserPrincipal): Promise<ConfirmationMethodsView> {
    return { methods: await this.confirmationMethods.of(principal) };
  }

  @Post('options')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Roles({ session: 'own', limited: true })
  @ApiOperation({
    summary: 'Begin to show by a passkey who one is',
    description: 'What the browser is to be asked with; its answer is taken once, in this session.',
  })
  @ApiOkResponse({ schema: OWN_REQUEST_OPTIONS, description: 'For the browser' })
  @ApiNotFoundResponse({ description: 'One has no passkey' })
  ask(@CurrentPrincipal() principal: UserPrincipal): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.confirmSession.askForPasskey(principal);
  }

  @Post()
  @HttpCode(204)
  @Roles({ session: 'own', sensitive: true })
  @ApiOperation({
    summary: 'Show once more who one is',
    description:
      'By password, by a code of the second factor or by a passkey. For 15 minutes this session opens what is refused with reauthentication-required.',
  })
  @ApiNoContentResponse()
  confirm(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Body() body: ConfirmSessionRequest,
  ): Promise<void> {
    return this.confirmSession.confirm(actor, principal, toConfirmation(body));
  }
}
