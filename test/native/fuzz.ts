import type { Answer } from '../support/api.js';
import { bearer } from '../support/api.js';
import type { FuzzAddress, FuzzRoute, FuzzSurface, FuzzTargets } from '../support/fuzz-routes.js';
import type { TestGatehouse } from '../support/gatehouse.js';
import { ApiDescription, type Described } from '../support/openapi.js';
import { addressOf, makeSubjects, requestOf, type Subjects } from './native-bodies.js';

const NOBODY = '0190aaaa-0000-7000-8000-000000000000';

/** Those of which a form is no valid body: a browser of another page could send it. */
const JSON_ONLY = ['POST /v1/sessions'];

/** The native API in the type-fuzz: every operation that takes a body, every id and every query value. */
export const nativeFuzz: FuzzSurface = {
  name: 'native',
  prepare,
  faultOf,
};

async function prepare(server: TestGatehouse): Promise<FuzzTargets> {
  const subjects = await makeSubjects(server);
  const api = await ApiDescription.of(server);
  const operations = api.operations.filter(({ path }) => path.startsWith('/v1/'));
  const takers = operations.filter((one) => api.bodies(one).length > 0);
  return {
    routes: takers.map((one) => routeOf(api, one, subjects)),
    addresses: [
      { path: '/v1/{}' },
      ...operations.flatMap(addressesOf).map((path) => ({ path, headers: bearer(subjects.root.token) })),
    ],
  };
}

let serial = 0;

function routeOf(api: ApiDescription, described: Described, subjects: Subjects): FuzzRoute {
  const operation = `${described.method} ${described.path}`;
  const request = requestOf(operation);
  const fields = api
    .bodies(described)
    .flatMap((schema) => Object.keys(api.resolved(schema).properties ?? {}));
  return {
    ...addressOf(operation, subjects),
    fields,
    valid: () => request.body((serial += 1), subjects),
    answers: request.answers,
    takesForms: !JSON_ONLY.includes(operation),
  };
}

/** The addresses of an operation, each with one value from outside: a parameter of its path, or of its query. */
function addressesOf({ path, operation }: Described): FuzzAddress['path'][] {
  const queried = (operation.parameters ?? []).flatMap((one) =>
    'in' in one && one.in === 'query' ? [one.name] : [],
  );
  const named = [...path.matchAll(/:\w+/g)].map(([name]) => name);
  return [
    ...named.map((name) => path.replace(name, '{}').replace(/:\w+/g, NOBODY)),
    ...queried.map((name) => `${path.replace(/:\w+/g, NOBODY)}?${name}={}`),
  ];
}

/** RFC 9457; the code stands in the type, and a 401 tells how to come in. */
function faultOf(answer: Answer): string | null {
  const { status } = answer;
  if (status === 204 || status === 202) return answer.body === '' ? null : `a body with ${status}`;
  const type = answer.headers.get('content-type') ?? '';
  if (status < 300) return type.startsWith('application/json') ? null : `the content type ${type}`;
  if (!type.startsWith('application/problem+json')) return `the content type ${type}`;
  const body = answer.body as Record<string, unknown>;
  if (body.status !== status || typeof body.title !== 'string') return 'no problem details';
  if (body.type !== `urn:gatehouse:problem:${String(body.code)}`) return 'a type without its code';
  return status === 401 && answer.headers.get('www-authenticate') !== 'Bearer' ? 'no challenge' : null;
}
