import { BadGatewayException, ForbiddenException, HttpException, NotFoundException } from '@nestjs/common';
import { NotFound } from '../common/errors.js';
import { toDomainError } from './to-domain-error.js';

function error(properties: object): Error {
  return Object.assign(new Error('private'), properties);
}

describe('toDomainError', () => {
  it('leaves our own errors as they are', () => {
    const ours = new NotFound();
    expect(toDomainError(ours)).toBe(ours);
    expect(toDomainError(new HttpException('x', 400, { cause: ours }))).toBe(ours);
  });

  it.each([
    ['FST_ERR_BAD_URL', 'malformed-request'],
    ['FST_ERR_MAX_PARAM_LENGTH', 'malformed-request'],
    ['FST_ERR_CTP_BODY_TOO_LARGE', 'body-too-large'],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'unsupported-media-type'],
    ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 'malformed-body'],
    ['HPE_HEADER_OVERFLOW', 'headers-too-large'],
    ['HPE_INVALID_METHOD', 'malformed-request'],
    ['ERR_HTTP_REQUEST_TIMEOUT', 'request-timed-out'],
    ['toString', 'internal'],
    ['ECONNREFUSED', 'internal'],
  ])('knows the code %s as %s', (code, expected) => {
    expect(toDomainError(error({ code })).code).toBe(expected);
    expect(toDomainError(new HttpException('x', 502, { cause: error({ code }) })).code).toBe(expected);
  });

  it('maps the statuses of Nest and of Fastify', () => {
    expect(toDomainError(new ForbiddenException())).toMatchObject({ kind: 'forbidden' });
    expect(toDomainError(new NotFoundException())).toMatchObject({ code: 'route-not-found' });
    expect(toDomainError(new HttpException('x', 418))).toMatchObject({ code: 'malformed-request' });
    expect(toDomainError(new BadGatewayException())).toMatchObject({ code: 'internal' });
    expect(toDomainError(error({ name: 'FastifyError', statusCode: 413 }))).toMatchObject({
      code: 'body-too-large',
    });
    expect(toDomainError(error({ expose: true, statusCode: 404 }))).toMatchObject({
      code: 'route-not-found',
    });
    expect(toDomainError(error({ code: 'ECONNRESET', statusCode: 400 }))).toMatchObject({
      code: 'malformed-request',
    });
  });

  it('takes no status from an error of somebody else', () => {
    expect(toDomainError(error({ statusCode: 404 })).code).toBe('internal');
    expect(toDomainError(error({ status: 403 })).code).toBe('internal');
  });

  it.each([undefined, null, 'text', 7, {}, new Error('private')])(
    'takes %p as a fault of ours, with it as cause',
    (thrown) => {
      const fault = toDomainError(thrown);
      expect(fault).toMatchObject({ kind: 'internal', code: 'internal', params: {}, cause: thrown });
      expect(fault.message).toBe('InternalFault');
    },
  );
});
