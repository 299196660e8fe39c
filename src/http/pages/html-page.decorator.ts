import { applyDecorators, Header } from '@nestjs/common';
import { PAGE_HEADERS } from './page-headers.js';

/** The handler answers with a page: it returns its HTML as a string, the headers are set for it. */
export function HtmlPage(): MethodDecorator {
  return applyDecorators(...Object.entries(PAGE_HEADERS).map(([name, value]) => Header(name, value)));
}
