import { Body, Controller, Headers, HttpCode, Post, Put } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { negotiateLocale } from '../http/locale.js';
import { MAIL_LOCALES } from '../mail/mail-template-values.js';
import { ChangeOwnEmail } from './change-own-email.service.js';
import { OwnEmailView, SetOwnEmailRequest } from './dto/own-email.view.js';
import { RequestConfirmation } from './request-confirmation.service.js';

/** One's own address. Changing it needs a sign-in of the last 15 minutes (contract 3.2). */
@ApiTags('me')
@Controller('v1/me/email')
export class OwnEmailController {
  constructor(
    private readonly changeOwn: ChangeOwnEmail,
    private readonly requestConfirmation: RequestConfirmation,
  ) {}

  @Put()
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Change one’s own e-mail address',
    description:
      'At once, with a notice to the old one; where addresses must be confirmed, once a link mailed to the new one is redeemed, which is mailed once a minute at most.',
  })
  @ApiOkResponse({ type: OwnEmailView })
  @ApiConflictResponse({ description: 'It is somebody else’s' })
  change(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() caller: UserPrincipal,
    @Body() { email }: SetOwnEmailRequest,
    @Headers('accept-language') language: string | undefined,
  ): Promise<OwnEmailView> {
    return this.changeOwn.change(actor, caller, email, negotiateLocale(language, MAIL_LOCALES));
  }

  @Post('confirmation')
  @HttpCode(202)
  @Roles({ session: 'own', limited: true })
  @ApiOperation({
    summary: 'Ask for another link that confirms one’s own address',
    description:
      'It takes the place of the one before. Answers alike when none is mailed: to a confirmed address, or within a minute of the last one.',
  })
  @ApiAcceptedResponse()
  confirm(
    @CurrentPrincipal() caller: UserPrincipal,
    @Headers('accept-language') language: string | undefined,
  ): Promise<void> {
    return this.requestConfirmation.request(caller, negotiateLocale(language, MAIL_LOCALES));
  }
}
