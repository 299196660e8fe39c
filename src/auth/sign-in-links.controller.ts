import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Public, Roles } from '../common/security/access.js';
import { CurrentActor } from '../http/actor.decorator.js';
import { negotiateLocale } from '../http/locale.js';
import { MAIL_LOCALES } from '../mail/mail-template-values.js';
import { SignInLinkRequest } from './dto/sign-in-link.request.js';
import { SendSignInLink } from './send-sign-in-link.service.js';

/** Links that sign in: mailed here, shown at 002's `POST /api/validate_token`. */
@Controller('v1')
export class SignInLinksController {
  constructor(private readonly links: SendSignInLink) {}

  @Post('sign-in-links')
  @HttpCode(202)
  @Public({ limited: true, ownOrigin: true })
  @ApiTags('sessions')
  @ApiOperation({ summary: 'Ask for a link that signs in', description: 'Answers alike for everybody.' })
  @ApiAcceptedResponse()
  request(
    @Body() body: SignInLinkRequest,
    @Headers('accept-language') language: string | undefined,
  ): Promise<void> {
    return this.links.request(body.email, negotiateLocale(language, MAIL_LOCALES));
  }

  @Post('users/:id/sign-in-link')
  @HttpCode(204)
  @Roles({ level: 'admin', session: 'own', limited: true })
  @ApiTags('users')
  @ApiOperation({
    summary: 'Mail a user a link that signs him in',
    description: 'For admins, to users of lower levels; the link is mailed and shown to nobody else.',
  })
  @ApiNoContentResponse({ description: 'The mail is on its way' })
  @ApiConflictResponse({ description: 'He is blocked, or has no address' })
  send(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.links.sendTo(actor, id);
  }
}
