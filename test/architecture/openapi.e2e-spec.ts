import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { ApiDescription, silencesOf, type Described, type Schema } from '../support/openapi.js';
import { handlersOf, routesOf, type Handler, type Route } from '../support/routes.js';

/** What is for browsers or for operators and no part of the API; a new line here is a decision. */
const NO_API = [
  /^\/docs(\/|$)/,
  /^\/assets\//,
  /^\/$/,
  /^\/cockpit(\/|$)/,
  /^\/c\//,
  /^\/logout$/,
  /^\/metrics$/,
];

/** Answers that need no body. */
const EMPTY = ['202', '204', '302', '304'];

const keyOf = ({ method, path }: Route) => `${method} ${path}`;

describe('the description of the API', () => {
  let server: TestGatehouse;
  let api: ApiDescription;
  let operations: Described[];
  let handlers: ReadonlyMap<string, Handler>;

  beforeAll(async () => {
    server = await startTestGatehouse();
    api = await ApiDescription.of(server);
    operations = api.operations;
    handlers = new Map(handlersOf(server).map((handler) => [keyOf(handler), handler]));
  });
  afterAll(() => server.stop());

  /** Every operation of which `isFaulty`, by its name. */
  const faulty = (isFaulty: (described: Described) => boolean) => operations.filter(isFaulty).map(keyOf);
  const native = () => operations.filter(({ path }) => path.startsWith('/v1/'));

  it('has every route of the server, and none that there is not', () => {
    const routes = routesOf(server).filter(
      ({ method, path }) => method !== 'HEAD' && !NO_API.some((pattern) => pattern.test(path)),
    );
    expect(routes.length).toBeGreaterThan(100);
    expect(operations.map(keyOf).sort()).toEqual(routes.map(keyOf).sort());
  });

  it('says of every operation what it does, and under which heading', () => {
    expect(faulty(({ operation }) => !operation.summary || !operation.tags?.length)).toEqual([]);
  });

  it('says of every operation what it answers', () => {
    const isSilent = ({ operation }: Described) => {
      const successes = Object.entries(operation.responses).filter(([status]) => Number(status) < 400);
      return (
        successes.length === 0 ||
        successes.some(([status, response]) => {
          if (!response || !('description' in response) || response.description === '') return true;
          const contents = Object.values(response.content ?? {});
          return !EMPTY.includes(status) && !contents.some(({ schema }) => schema !== undefined);
        })
      );
    };
    expect(faulty(isSilent)).toEqual([]);
  });

  it('says of every member of every schema what it is, and of which type', () => {
    const named = Object.entries(api.schemas).flatMap(([name, schema]) => silencesOf(schema, name));
    const inline = operations.flatMap((described) =>
      [...api.bodies(described), ...answersOf(described.operation.responses)].flatMap((schema) =>
        silencesOf(schema, keyOf(described)),
      ),
    );
    expect(Object.keys(api.schemas).length).toBeGreaterThan(40);
    expect([...named, ...inline]).toEqual([]);
  });

  it('says of every parameter what it is, and of which type', () => {
    const silent = operations.flatMap((described) =>
      (described.operation.parameters ?? []).flatMap((parameter) => {
        if (!('in' in parameter)) return [`${keyOf(described)}: a reference`];
        const { name, description, schema } = parameter;
        const faults = schema ? silencesOf(schema as Schema, name) : [`${name} has no schema`];
        return description && faults.length === 0 ? [] : [`${keyOf(described)}: ${name}`];
      }),
    );
    expect(silent).toEqual([]);
  });

  it('describes every parameter of a path', () => {
    const parametersOf = ({ operation }: Described) =>
      (operation.parameters ?? []).flatMap((one) => ('in' in one && one.in === 'path' ? [one.name] : []));
    const wanted = ({ path }: Described) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
    expect(faulty((one) => parametersOf(one).sort().join() !== wanted(one).sort().join())).toEqual([]);
  });

  it('describes the body of every handler that takes one', () => {
    const takers = operations.filter((one) => handlers.get(keyOf(one))?.takesBody);
    expect(takers.length).toBeGreaterThan(40);
    expect(takers.filter((one) => api.bodies(one).length === 0).map(keyOf)).toEqual([]);
    expect(faulty((one) => !handlers.get(keyOf(one))?.takesBody && api.bodies(one).length > 0)).toEqual([]);
  });

  it('gives no two schemas one name', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const names = files.flatMap((file) => {
      const source = readFileSync(join('src', file), 'utf8');
      if (!source.includes("'@nestjs/swagger'")) return [];
      const classes = [...source.matchAll(/^export (?:abstract )?class (\w+)/gm)];
      const aliases = [...source.matchAll(/@ApiSchema\(\{ name: '(\w+)'/g)];
      return [...classes, ...aliases].map(([, name]) => name ?? '');
    });
    expect(names.length).toBeGreaterThan(80);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  describe('of the native API', () => {
    const problemsOf = ({ operation }: Described) =>
      Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
    const hasHeader = ({ operation }: Described, name: string) =>
      (operation.parameters ?? []).some((one) => 'in' in one && one.in === 'header' && one.name === name);
    const hasQuery = ({ operation }: Described) =>
      (operation.parameters ?? []).some((one) => 'in' in one && one.in === 'query');
    const ruleOf = (one: Described) => handlers.get(keyOf(one))!.rule!;

    /** The operations that ought to refuse with a status, in whose description it is missing. */
    const without = (status: number, isDue: (described: Described) => boolean) => {
      const due = native().filter(isDue);
      expect(due.length).toBeGreaterThan(0);
      return due.filter(({ operation }) => !(status in operation.responses)).map(keyOf);
    };

    it('has every refusal that follows from who may call it and from what it takes', () => {
      const missing = {
        400: without(400, (one) => hasQuery(one) || api.bodies(one).length > 0),
        401: without(401, (one) => !ruleOf(one).public),
        403: without(403, (one) => !ruleOf(one).public),
        404: without(404, ({ path }) => path.includes(':')),
        409: without(409, (one) => hasHeader(one, 'Idempotency-Key')),
        412: without(412, (one) => hasHeader(one, 'If-Match')),
        413: without(413, (one) => api.bodies(one).length > 0),
        415: without(415, (one) => api.bodies(one).length > 0),
        429: without(429, (one) => ruleOf(one).limited),
        503: without(503, () => true),
      };
      expect(Object.values(missing).flat()).toEqual([]);
    });

    it('refuses in problem details', () => {
      const others = native().flatMap((one) =>
        problemsOf(one)
          .filter(([, response]) => {
            const content = response && 'content' in response ? response.content : undefined;
            const schema = content?.['application/problem+json']?.schema as Schema | undefined;
            return schema?.$ref !== '#/components/schemas/Problem' || Object.keys(content ?? {}).length > 1;
          })
          .map(([status]) => `${keyOf(one)} ${status}`),
      );
      expect(others).toEqual([]);
      expect(Object.keys(api.schemas['Problem']?.properties ?? {})).toEqual([
        'type',
        'title',
        'status',
        'code',
        'errors',
        'fault',
        'id',
        'master',
        'methods',
        'retryAfterSeconds',
      ]);
    });

    it('says which headers come with an answer', () => {
      const headersOf = (key: string, status: number) => {
        const response = native().find((one) => keyOf(one) === key)!.operation.responses[status];
        return response && 'headers' in response ? Object.keys(response.headers ?? {}) : [];
      };
      for (const thing of ['users/:id', 'clients/:id', 'roles/:id', 'password-policy']) {
        expect([thing, headersOf(`GET /v1/${thing}`, 200)]).toEqual([thing, ['ETag']]);
        expect([thing, headersOf(`GET /v1/${thing}`, 304)]).toEqual([thing, ['ETag']]);
        expect([thing, headersOf(`PATCH /v1/${thing}`, 200)]).toEqual([thing, ['ETag']]);
      }
      expect(headersOf('POST /v1/users', 201)).toEqual(['Location', 'ETag']);
      expect(headersOf('POST /v1/roles', 201)).toEqual(['Location', 'ETag']);
      expect(headersOf('POST /v1/clients', 201)).toEqual(['Location']);
      expect(headersOf('GET /v1/me', 401)).toEqual(['WWW-Authenticate']);
      expect(headersOf('POST /v1/sign-in-links', 429)).toEqual(['Retry-After']);
      expect(headersOf('POST /v1/sign-in-links', 503)).toEqual(['Retry-After']);
    });
  });

  it('says of every operation which credentials open it', () => {
    const schemesOf = ({ operation }: Described) =>
      (operation.security ?? []).flatMap((requirement) => Object.keys(requirement));
    const opening = (key: string) => schemesOf(operations.find((one) => keyOf(one) === key)!);
    expect(faulty((one) => !handlers.get(keyOf(one))!.rule!.public && schemesOf(one).length === 0)).toEqual(
      [],
    );
    expect(operations.flatMap(schemesOf).filter((name) => !api.securitySchemes.includes(name))).toEqual([]);
    expect(opening('GET /v1/users')).toEqual(['bearer-header', 'api-key-header', 'session-cookie']);
    expect(opening('GET /v1/api-keys')).toEqual(['bearer-header', 'session-cookie']);
    expect(opening('POST /v1/sessions')).toEqual([]);
    expect(opening('POST /api/oauth/token')).toEqual(['client']);
    expect(opening('GET /api/stable/auth/whoami')).toEqual(['bearer-header']);
    expect(opening('GET /api/account/:id')).toEqual(['session-cookie']);
    expect(opening('GET /api/admin')).toEqual(['bearer-header', 'api-key-header', 'api-key-query']);
    expect(opening('GET /api/v1.1/account/me')).toEqual(['token-header', 'token-query']);
  });
});

function answersOf(responses: Described['operation']['responses']): Schema[] {
  return Object.values(responses).flatMap((response) => {
    const contents = response && 'content' in response ? Object.values(response.content ?? {}) : [];
    return contents.flatMap(({ schema }) => (schema ? [schema as Schema] : []));
  });
}
