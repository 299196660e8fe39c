import { Controller, Get, Headers, Logger, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags, ApiFoundResponse, ApiOkResponse, ApiQuery } from '@nestjs/swagger';
import { PAGE } from '../../http/described.js';
import { parse } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../common/domain-error.js';
import { NotFound } from '../../common/errors.js';
import { Public } from '../../common/security/access.js';
import { Config } from '../../config/config.js';
import { negotiateLocale } from '../../http/locale.js';
import { PAGE_LOCALES } from '../../http/pages/page-renderer.js';
import { ProviderNotConfigured, ProviderUnavailable, ProviderUnknown } from '../../social/social.errors.js';
import { SignInAttempts } from '../../social/sign-in-attempts.service.js';
import { attemptCookie, noAttemptCookie } from './attempt-cookie.js';
import { callbackUrl, toCallbackName } from './callback-url.js';
import { HandOverPage, type HandOver } from './hand-over-page.js';
import { handOverOf, refusalOf, UNKNOWN } from './hand-over.js';

const CALLBACK = {
  name: 'callback',
  required: false,
  description: 'The function of the application that is told what came of it',
  schema: { type: 'string' },
} as const;

/**
 * 002 "OAuth Flow": the window that an application opens for its user to sign in elsewhere. It comes
 * back to a page that calls the application, and closes.
 */
@ApiTags('romeo (002)')
@Controller('auth')
export class RomeoProviderPagesController {
  private readonly logger = new Logger(RomeoProviderPagesController.name);

  constructor(
    private readonly config: Config,
    private readonly attempts: SignInAttempts,
    private readonly page: HandOverPage,
  ) {}

  @Get('twitter_redirect')
  @Public({ limited: true })
  @ApiOperation({ summary: 'Leave for Twitter' })
  @ApiFoundResponse({ description: 'To the provider’s page' })
  @ApiQuery(CALLBACK)
  leaveForTwitter(
    @Headers('accept-language') language: string | undefined,
    @Query('callback') callback: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.leave('twitter', callback, language, reply);
  }

  @Get('twitter_callback')
  @Public({ limited: true })
  @ApiOperation({ summary: 'Come back from Twitter' })
  @ApiOkResponse(PAGE)
  returnFromTwitter(
    @Headers('accept-language') language: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.return('twitter', language, request, reply);
  }

  @Get(':provider/redirect')
  @Public({ limited: true })
  @ApiOperation({ summary: 'Leave for a provider' })
  @ApiFoundResponse({ description: 'To the provider’s page' })
  @ApiQuery(CALLBACK)
  leaveFor(
    @Param('provider') provider: string,
    @Headers('accept-language') language: string | undefined,
    @Query('callback') callback: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.leave(provider, callback, language, reply);
  }

  @Get(':provider/callback')
  @Public({ limited: true })
  @ApiOperation({ summary: 'Come back from a provider' })
  @ApiOkResponse(PAGE)
  returnFrom(
    @Param('provider') provider: string,
    @Headers('accept-language') language: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.return(provider, language, request, reply);
  }

  private async leave(
    provider: string,
    wanted: unknown,
    language: string | undefined,
    reply: FastifyReply,
  ): Promise<void> {
    const { publicUrl } = this.config.links;
    const callback = toCallbackName(wanted);
    try {
      const to = callbackUrl(publicUrl, provider, callback);
      const { location, cookie } = await this.attempts.start(provider, to, callback);
      void reply.header('set-cookie', attemptCookie(cookie, publicUrl)).redirect(location, 302);
    } catch (error) {
      if (error instanceof ProviderNotConfigured) throw new NotFound();
      if (!(error instanceof ProviderUnavailable)) throw error;
      this.report(provider, error);
      this.show(reply.code(503), language, { callback, answer: { error: UNKNOWN } });
    }
  }

  private async return(
    provider: string,
    language: string | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { publicUrl } = this.config.links;
    const query = new URL(request.originalUrl, publicUrl).searchParams;
    const cookie = this.attempts.cookieOf(provider, query);
    if (cookie !== null) void reply.header('set-cookie', noAttemptCookie(cookie, publicUrl));
    // A link that somebody's program looks at must not use the attempt up.
    const cookies = request.method === 'HEAD' ? {} : parse(request.headers.cookie ?? '');
    const named = toCallbackName(query.get('callback'));
    this.show(reply, language, await this.outcome(provider, query, cookies, named));
  }

  private async outcome(
    provider: string,
    query: URLSearchParams,
    cookies: Readonly<Record<string, string | undefined>>,
    named: string | null,
  ): Promise<HandOver> {
    try {
      const to = callbackUrl(this.config.links.publicUrl, provider, null);
      const result = await this.attempts.finish(provider, { query, cookies, callbackUrl: to });
      return { callback: result.callback ?? named, answer: handOverOf(result) };
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof ProviderUnknown) throw error;
      this.report(provider, error);
      return { callback: named, answer: { error: refusalOf(error, query) } };
    }
  }

  private report(provider: string, error: DomainError): void {
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    this.logger.warn(`Signing in at ${provider} came to nothing (${error.code})${cause}`);
  }

  private show(reply: FastifyReply, language: string | undefined, handOver: HandOver): void {
    this.page.send(reply, negotiateLocale(language, PAGE_LOCALES), handOver);
  }
}
