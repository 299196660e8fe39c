import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Config } from '../../config/config.js';
import { PAGE_HEADERS } from '../../http/pages/page-headers.js';
import { PageRenderer } from '../../http/pages/page-renderer.js';
import type { HandOverAnswer } from './hand-over.js';

/** What the page that opened the window is told, and what it wants to be called by. */
export interface HandOver {
  readonly callback: string | null;
  readonly answer: HandOverAnswer;
}

/** The page that hands over what a provider answered, and closes its window. */
@Injectable()
export class HandOverPage {
  constructor(
    private readonly config: Config,
    private readonly pages: PageRenderer,
  ) {}

  /** Its one script runs by a nonce, and gets what it hands over as data: nothing of it is code. */
  send(reply: FastifyReply, locale: string, { callback, answer }: HandOver): void {
    const nonce = randomBytes(16).toString('base64');
    const html = this.pages.render('hand-over', locale, {
      nonce,
      callback: callback ?? '',
      answer: JSON.stringify(answer),
      origins: JSON.stringify(this.config.links.linkOrigins),
    });
    void reply.headers({ ...PAGE_HEADERS, 'content-security-policy': policyWith(nonce) }).send(html);
  }
}

function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `script-src 'nonce-${nonce}'`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
