import { IMAGE_MAKING_PAGE_HEADERS, PAGE_HEADERS } from './page-headers.js';

describe('PAGE_HEADERS', () => {
  it('let a page load and post nothing but our own', () => {
    expect(PAGE_HEADERS['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  it('let the page that makes images show these too, and nothing else', () => {
    const { 'content-security-policy': policy, ...others } = PAGE_HEADERS;
    expect(IMAGE_MAKING_PAGE_HEADERS).toEqual({
      ...others,
      'content-security-policy': policy?.replace("img-src 'self';", "img-src 'self' blob:;"),
    });
    expect(IMAGE_MAKING_PAGE_HEADERS['content-security-policy']).toContain("img-src 'self' blob:;");
  });

  it('keep the path with its token out of Referer, and the origin in the Origin of a posted form', () => {
    expect(PAGE_HEADERS['referrer-policy']).toBe('strict-origin');
  });
});
