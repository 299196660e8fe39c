import { Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { CurrentActor } from '../../http/actor.decorator.js';
import type { Actor } from '../../common/actor.js';
import { ApiExcludeController } from '@nestjs/swagger';
import { ConfirmEmail } from '../../accounts/confirm-email.service.js';
import { Unsubscribe } from '../../accounts/unsubscribe.service.js';
import { Public } from '../../common/security/access.js';
import { negotiateLocale } from '../../http/locale.js';
import { HtmlPage } from '../../http/pages/html-page.decorator.js';
import { PAGE_LOCALES, PageRenderer } from '../../http/pages/page-renderer.js';
import { ReadsNoBody } from '../../http/reads-no-body.decorator.js';

/** The pages behind 004's mailed links: a GET shows a form and consumes nothing, the form's POST acts. */
@ApiExcludeController()
@Controller('c')
export class MailedLinksController {
  constructor(
    private readonly confirmEmail: ConfirmEmail,
    private readonly unsubscribe: Unsubscribe,
    private readonly pages: PageRenderer,
  ) {}

  @Get('confirm-user-email/:token')
  @Public({ limited: true })
  @HtmlPage()
  async showConfirmation(@Param('token') token: string, @Headers('accept-language') language?: string) {
    await this.confirmEmail.look(token);
    return this.pages.render('confirm-email', localeOf(language));
  }

  @Post('confirm-user-email/:token')
  @HttpCode(200)
  @Public({ limited: true, ownOrigin: true })
  @ReadsNoBody()
  @HtmlPage()
  async confirm(
    @CurrentActor() actor: Actor,
    @Param('token') token: string,
    @Headers('accept-language') language?: string,
  ) {
    await this.confirmEmail.confirm(actor, token);
    return this.pages.render('email-confirmed', localeOf(language));
  }

  @Get('unsubscribe-notifications/:token')
  @Public({ limited: true })
  @HtmlPage()
  showUnsubscription(@Param('token') token: string, @Headers('accept-language') language?: string) {
    this.unsubscribe.look(token);
    return this.pages.render('unsubscribe', localeOf(language));
  }

  @Post('unsubscribe-notifications/:token')
  @HttpCode(200)
  @Public({ limited: true, ownOrigin: true })
  @ReadsNoBody()
  @HtmlPage()
  async stopNotifications(@Param('token') token: string, @Headers('accept-language') language?: string) {
    await this.unsubscribe.unsubscribe(token);
    return this.pages.render('unsubscribed', localeOf(language));
  }
}

function localeOf(language: string | undefined): string {
  return negotiateLocale(language, PAGE_LOCALES);
}
