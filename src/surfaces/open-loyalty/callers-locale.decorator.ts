import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { negotiateLocale } from '../../http/locale.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';

/** Hands a handler the language of the caller's browser, among those that mails are written in. */
export const CallersLocale = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return negotiateLocale(headers['accept-language'], MAIL_LOCALES);
});
