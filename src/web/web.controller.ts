import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../common/errors.js';
import { Public } from '../common/security/access.js';
import { Config } from '../config/config.js';
import { negotiateLocale } from '../http/locale.js';
import { HtmlPage } from '../http/pages/html-page.decorator.js';
import { PAGE_LOCALES, PageRenderer } from '../http/pages/page-renderer.js';
import { isNotModified } from '../http/entity-tag.js';
import { Providers } from '../social/providers.service.js';
import { WebAssets } from './web-assets.js';

/** The hosted pages and what they load. */
@ApiExcludeController()
@Controller()
export class WebController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly assets: WebAssets,
    private readonly config: Config,
    private readonly providers: Providers,
  ) {}

  /** The hosted pages, all of them: which one is shown is in the fragment, which never comes here. */
  @Get()
  @Public()
  @HtmlPage({ makesImages: true })
  app(@Headers('accept-language') language?: string): string {
    return this.pages.render('app', negotiateLocale(language, PAGE_LOCALES), {
      script: this.assets.addressOf('app.js'),
      registration: this.registration(),
      providers: this.providers.names().join(' '),
    });
  }

  /** What a page must know before it asks for anything: who registers as 004 lets him would find it out. */
  private registration(): 'closed' | 'by-mail' | 'by-password' {
    const { selfRegister, withoutPassword } = this.config.registration;
    if (!selfRegister) return 'closed';
    return withoutPassword ? 'by-mail' : 'by-password';
  }

  @Get('assets/:name')
  @Public()
  asset(
    @Param('name') name: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    const asset = this.assets.find(name);
    if (!asset) throw new NotFound();
    void reply.headers({
      'cache-control': 'public, max-age=3600',
      'x-content-type-options': 'nosniff',
      etag: asset.etag,
    });
    if (isNotModified(ifNoneMatch, asset.etag)) void reply.status(304).send();
    else void reply.type(asset.contentType).send(asset.body);
  }
}
