import { Controller, Get, Headers, Query, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../common/security/access.js';
import { negotiateLocale } from '../../http/locale.js';
import { HtmlPage } from '../../http/pages/html-page.decorator.js';
import { PAGE_LOCALES, PageRenderer } from '../../http/pages/page-renderer.js';
import { sessionCookieOf } from '../../http/session-cookie.js';

/** 002's `GET /logout`: a page with a button that posts to `/api/logout`. The origin signed out here, by GET. */
@ApiExcludeController()
@Controller('logout')
export class RomeoLogoutController {
  constructor(private readonly pages: PageRenderer) {}

  /** Ends nothing. With `?done`, in a browser that has no session any more, it says so. */
  @Get()
  @Public()
  @HtmlPage()
  page(
    @Req() { headers }: FastifyRequest,
    @Query('done') done: unknown,
    @Headers('accept-language') language: string | undefined,
  ): string {
    const isSignedOut = done !== undefined && sessionCookieOf(headers) === null;
    return this.pages.render(isSignedOut ? 'signed-out' : 'logout', negotiateLocale(language, PAGE_LOCALES));
  }
}
