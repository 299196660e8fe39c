import { DomainError } from '../common/domain-error.js';
import { Forbidden, Overloaded, RateLimited } from '../common/errors.js';
import { InternalFault, InvalidBody, MethodNotAllowed, Unauthenticated } from './http.errors.js';
import { nativeSurface } from './native.surface.js';

class EmailTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'email-taken';
}

describe('native problem details', () => {
  const present = (error: DomainError) =>
    nativeSurface.presentError(error, { method: 'GET', path: '/v1', headers: {} });

  it('names the problem by its code and shows its params, which cannot replace the head', () => {
    expect(present(new EmailTaken({ field: 'email', status: 200 }))).toEqual({
      status: 409,
      contentType: 'application/problem+json',
      headers: {},
      body: {
        type: 'urn:gatehouse:problem:email-taken',
        title: 'Conflict',
        status: 409,
        code: 'email-taken',
        field: 'email',
      },
    });
    expect(present(new Forbidden())).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('lists the faults of a body by path and rule', () => {
    const error = new InvalidBody([{ path: 'a.0.b', rule: 'minLength', params: { constraint1: 3 } }]);
    expect(present(error).body).toEqual({
      type: 'urn:gatehouse:problem:invalid-body',
      title: 'Bad Request',
      status: 400,
      code: 'invalid-body',
      errors: [{ path: 'a.0.b', rule: 'minLength' }],
    });
  });

  it('carries the headers that HTTP asks for', () => {
    expect(present(new RateLimited(7))).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
    expect(present(new Overloaded(0.2))).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(present(new Unauthenticated())).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
    });
    expect(present(new MethodNotAllowed(['GET', 'HEAD']))).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  });

  it('shows nothing of a fault', () => {
    expect(present(new InternalFault(new Error('hunter2'))).body).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'internal',
    });
  });
});
