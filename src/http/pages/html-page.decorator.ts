import { applyDecorators, Header } from '@nestjs/common';
import { IMAGE_MAKING_PAGE_HEADERS, PAGE_HEADERS } from './page-headers.js';

/**
 * The handler answers with a page: it returns its HTML as a string, the headers are set for it. With
 * `makesImages` its script may show images that it has made.
 */
export function HtmlPage({ makesImages = false }: { makesImages?: boolean } = {}): MethodDecorator {
  const headers = makesImages ? IMAGE_MAKING_PAGE_HEADERS : PAGE_HEADERS;
  return applyDecorators(...Object.entries(headers).map(([name, value]) => Header(name, value)));
}
