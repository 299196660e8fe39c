import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../../common/errors.js';
import { Public } from '../../common/security/access.js';
import { negotiateLocale } from '../../http/locale.js';
import { PAGE_LOCALES } from '../../http/pages/page-renderer.js';
import { CockpitFiles } from './cockpit-files.js';
import { cockpitPage } from './cockpit-page.js';

const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * The administration at `/cockpit`: a page and its scripts, the same for everybody. What it shows comes
 * from `/v1`, with the rights of who is signed in.
 */
@ApiExcludeController()
@Controller('cockpit')
export class CockpitController {
  constructor(private readonly files: CockpitFiles) {}

  @Get()
  @Public()
  page(@Headers('accept-language') language: string | undefined, @Res() reply: FastifyReply): void {
    const { html, headers } = cockpitPage(negotiateLocale(language, PAGE_LOCALES), this.files.entry);
    void reply.headers(headers).send(html);
  }

  /** A file has another name when its content is another: it may be kept for a year. */
  @Get('assets/:name')
  @Public()
  asset(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const file = this.files.find(name);
    if (!file) throw new NotFound();
    void reply.header('cache-control', IMMUTABLE).type(file.contentType).send(file.body);
  }
}
