import type { ExecutionContext } from '@nestjs/common';
import { Clock } from '../../src/common/clock.js';
import { Config } from '../../src/config/config.js';
import { Carriers } from '../../src/grants/carriers.js';
import { InsufficientRights } from '../../src/grants/grants.errors.js';
import { PrincipalGuard } from '../../src/grants/principal.guard.js';
import { RequestLimits } from '../../src/http/request-limits.js';
import { bearer, tokenHeader } from '../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { handlersOf, routesOf, type Handler, type Route } from '../support/routes.js';

/** Served by Fastify itself, so that no guard sees them: the description of the API. */
const UNGUARDED = /^\/docs(\/|$)/;

/** What answers without a credential (contract 5); a new line here is a decision. */
const PUBLIC = [
  'GET /',
  'GET /assets/:name',
  'GET /cockpit',
  'GET /cockpit/assets/:name',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /logout',
  'POST /v1/sessions',
  'POST /v1/sessions/passkey',
  'POST /v1/sessions/passkey/options',
  'GET /c/confirm-user-email/:token',
  'POST /c/confirm-user-email/:token',
  'GET /c/unsubscribe-notifications/:token',
  'POST /c/unsubscribe-notifications/:token',
  'GET /.well-known/jwks.json',
  'POST /api/stable/auth/login',
  'GET /api',
  'GET /media/:name',
  'POST /api/login',
  'POST /api/register',
  'POST /api/logout',
  'POST /api/login/external',
  'GET /auth/twitter_redirect',
  'GET /auth/twitter_callback',
  'GET /auth/:provider/redirect',
  'GET /auth/:provider/callback',
  'POST /api/validate_token',
  'POST /v1/sign-in-links',
  'GET /v1/password-policy',
  'POST /api/users/create',
  'POST /api/oauth/token',
  'POST /api/admin/login_check',
  'POST /api/customer/login_check',
  'POST /api/seller/login_check',
  'POST /api/token/refresh',
  'POST /api/password/reset',
  'POST /api/password/reset/request',
  'POST /api/customer/password/reset/request',
  'POST /api/customer/self_register',
  'POST /api/customer/activate/:token',
  'POST /api/v1.1/auth/register',
  'OPTIONS /api/v1.1/auth/register',
  'POST /api/v1.1/auth/login',
  'POST /api/v1.1/auth/two-factor/login',
  'POST /api/v1.1/auth/reset-password',
  'OPTIONS /api/v1.1/auth/reset-password',
  'POST /api/v1.1/auth/change-password',
  'OPTIONS /api/v1.1/auth/change-password',
];

const keyOf = ({ method, path }: Route) => `${method} ${path}`;

describe('every route', () => {
  let server: TestGatehouse;
  let routes: Route[];
  let handlers: Handler[];

  beforeAll(async () => {
    server = await startTestGatehouse();
    routes = routesOf(server);
    handlers = handlersOf(server);
  });
  afterAll(() => server.stop());

  const handlerOf = (route: Route): Handler | undefined => {
    const exact = handlers.find((handler) => keyOf(handler) === keyOf(route));
    if (exact || route.method !== 'HEAD') return exact;
    return handlers.find(({ method, path }) => method === 'GET' && path === route.path);
  };
  const guarded = () => routes.filter((route) => handlerOf(route)?.rule?.public === false);

  it('is known: the lists below are not empty, and agree', () => {
    expect(routes.length).toBeGreaterThan(30);
    expect(guarded().map(keyOf)).toEqual(
      expect.arrayContaining(['GET /v1/me', 'POST /v1/users/:id/disable']),
    );
    const served = new Set(routes.map(keyOf));
    expect(handlers.filter((handler) => !served.has(keyOf(handler)))).toEqual([]);
    const keys = handlers.map(keyOf);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('has a handler with an access rule, or is on the allow-list', () => {
    const naked = routes.filter((route) => !UNGUARDED.test(route.path) && !handlerOf(route)?.rule);
    expect(naked.map(keyOf)).toEqual([]);
  });

  it('says @Public or @Roles on its handler', () => {
    expect(handlers.filter(({ rule }) => rule === null).map(({ name }) => name)).toEqual([]);
  });

  it('is public only where the contract says so', () => {
    const open = handlers.filter(({ rule }) => rule?.public === true).map(keyOf);
    expect(open.sort()).toEqual([...PUBLIC].sort());
  });

  it('lets nobody in who shows no credential, or a bad one', async () => {
    const strangers = [{}, tokenHeader('0'.repeat(40)), bearer('0'.repeat(40))];
    const answered: string[] = [];
    for (const route of guarded()) {
      const path = route.path.replace(/:\w+/g, '00000000-0000-7000-8000-000000000000');
      for (const headers of strangers) {
        const hasBody = ['POST', 'PUT', 'PATCH'].includes(route.method);
        const { status } = await server.api.send(route.method, path, hasBody ? {} : undefined, headers);
        if (status !== 401 && status !== 403) answered.push(`${keyOf(route)}: ${status}`);
      }
    }
    expect(answered).toEqual([]);
  });

  it('would be refused without a rule: the guard is closed until a rule opens it', () => {
    const guard = new PrincipalGuard(
      server.get(Carriers),
      server.get(RequestLimits),
      server.get(Config),
      server.get(Clock),
    );
    const context = {
      getHandler: () => () => undefined,
      switchToHttp: () => ({ getRequest: () => ({ headers: {} }) }),
    } as unknown as ExecutionContext;
    expect(() => guard.canActivate(context)).toThrow(InsufficientRights);
  });
});
