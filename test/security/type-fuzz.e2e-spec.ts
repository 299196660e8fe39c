import type { Answer } from '../support/api.js';
import { FUZZ_SURFACES, type FuzzAddress, type FuzzRoute, type FuzzSurface } from '../support/fuzz-routes.js';
import {
  FUZZ_BODIES,
  FUZZ_FORMS,
  FUZZ_TYPES,
  FUZZ_VALUES as ALL_VALUES,
  type FuzzValue,
} from '../support/fuzz-values.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { DIALECT } from '../support/test-database.js';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const AT_ONCE = 16;
/** For one set of shots on a busy machine; a quiet one needs a tenth. */
const PATIENCE = 120_000;

/** PostgreSQL, which refuses what SQLite stores, is shown every value; SQLite every other one. */
const FUZZ_VALUES = ALL_VALUES.filter((_, place) => DIALECT === 'postgres' || place % 2 === 0);

interface Shot {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/**
 * Every field of every route as everything that it is not: whatever is sent, no answer is a fault of
 * ours and each has the shape of the surface that was asked.
 */
describe.each(FUZZ_SURFACES.map((surface) => [surface.name, surface] as const))(
  'type-fuzz of %s',
  (_, surface) => {
    let server: TestGatehouse;
    let routes: readonly FuzzRoute[];
    let addresses: readonly FuzzAddress[];

    beforeAll(async () => {
      server = await startTestGatehouse({ LOG_LEVEL: 'info' });
      ({ routes, addresses } = await surface.prepare(server));
    }, PATIENCE);
    afterAll(() => server.stop());

    it(
      'starts from bodies that reach what the route is for',
      async () => {
        const answers = await fire(
          server,
          routes.map((route) => jsonShot(route, 'valid', route.valid())),
        );
        expect(faults(surface, answers)).toEqual([]);
        expect(answers.map(([, answer]) => answer.status)).toEqual(routes.map((route) => route.answers));
      },
      PATIENCE,
    );

    it(
      'answers every field of every route as every value, in JSON',
      async () => {
        const shots = routes.flatMap((route) =>
          route.fields.flatMap((field) => FUZZ_VALUES.map((value) => jsonWith(route, field, value))),
        );
        expect(shots.length).toBeGreaterThan(2 * FUZZ_VALUES.length);
        expect(faults(surface, await fire(server, shots))).toEqual([]);
      },
      PATIENCE,
    );

    it(
      'answers every field of every route as every value, in a form',
      async () => {
        const shots = routes
          .filter((route) => route.takesForms !== false)
          .flatMap((route) =>
            route.fields.flatMap((field) => FUZZ_VALUES.flatMap((value) => formWith(route, field, value))),
          );
        expect(faults(surface, await fire(server, shots))).toEqual([]);
      },
      PATIENCE,
    );

    it(
      'answers every route without each of its fields',
      async () => {
        const shots = routes.flatMap((route) =>
          route.fields.map((field) => jsonShot(route, `without ${field}`, validWithout(route, field))),
        );
        expect(faults(surface, await fire(server, shots))).toEqual([]);
      },
      PATIENCE,
    );

    it(
      'answers whole bodies of a wrong type, and unknown content types',
      async () => {
        const shots = routes.flatMap((route) => [
          ...[...FUZZ_BODIES, ...FUZZ_FORMS].map(({ name, type, body }) => shot(route, name, type, body)),
          ...FUZZ_TYPES.map((type) => shot(route, `the type ${type.slice(0, 40)}`, type, Buffer.from('{}'))),
        ]);
        expect(faults(surface, await fire(server, shots))).toEqual([]);
      },
      PATIENCE,
    );

    it(
      'answers every address as every text',
      async () => {
        const texts = FUZZ_VALUES.flatMap(({ name, form }) => {
          const value = form?.('f').slice('f='.length) ?? '';
          return value.length > 0 && value.length < 2_000 ? [{ name, value }] : [];
        });
        const shots = addresses.flatMap((address) =>
          texts.flatMap(({ name, value }) =>
            ['GET', 'POST'].map((method) => ({
              name,
              method,
              path: address.path.replace('{}', value),
              headers: address.headers ?? {},
              body: undefined,
            })),
          ),
        );
        expect(faults(surface, await fire(server, shots))).toEqual([]);
      },
      PATIENCE,
    );

    it('has logged no fault of ours and is well', async () => {
      expect((await server.api.get('/health/ready')).status).toBe(200);
      expect(server.log().match(/"msg":"(internal fault|a presenter failed)".{0,300}/g) ?? []).toEqual([]);
    });
  },
);

function shot(route: FuzzRoute, name: string, type: string, body: Buffer): Shot {
  const { method, path, headers } = route;
  return { name, method, path, headers: { ...headers, 'content-type': type }, body };
}

type Fields = Readonly<Record<string, unknown>>;

/** A valid body without a field and all that is nested in it. */
function validWithout(route: FuzzRoute, field: string): Fields {
  const others = Object.entries(route.valid()).filter(
    ([name]) => name !== field && !name.startsWith(`${field}[`),
  );
  return Object.fromEntries(others);
}

function jsonShot(route: FuzzRoute, name: string, fields: Fields): Shot {
  return shot(route, name, JSON_TYPE, Buffer.from(JSON.stringify(nested(fields))));
}

function jsonWith(route: FuzzRoute, field: string, value: FuzzValue): Shot {
  const mark = '<the value>';
  const json = JSON.stringify(nested({ ...validWithout(route, field), [field]: mark }));
  const [before = '', after = ''] = json.split(JSON.stringify(mark));
  const body = Buffer.concat([Buffer.from(before), value.json, Buffer.from(after)]);
  return shot(route, `${field} as ${value.name}`, JSON_TYPE, body);
}

/** Bracket names as JSON has them: `a[b]` is a member of the object `a`. */
function nested(fields: Fields): object {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '');
    const last = path.pop() ?? '';
    const parent = path.reduce((at, part) => (at[part] ??= {}) as typeof body, body);
    parent[last] = value;
  }
  return body;
}

function formWith(route: FuzzRoute, field: string, value: FuzzValue): Shot[] {
  if (value.form === null) return [];
  const others = new URLSearchParams(
    Object.entries(validWithout(route, field)).map(([name, text]): [string, string] => [name, String(text)]),
  );
  const body = Buffer.from(`${others.toString()}&${value.form(field)}`);
  return [shot(route, `${field} as ${value.name}, in a form`, FORM_TYPE, body)];
}

async function fire(server: TestGatehouse, shots: readonly Shot[]): Promise<[Shot, Answer][]> {
  const answers: [Shot, Answer][] = [];
  for (let start = 0; start < shots.length; start += AT_ONCE) {
    const round = shots
      .slice(start, start + AT_ONCE)
      .map(async (one): Promise<[Shot, Answer]> => [
        one,
        await server.api.send(one.method, one.path, one.body, one.headers),
      ]);
    answers.push(...(await Promise.all(round)));
  }
  return answers;
}

/** What is wrong, in words; the answers themselves would be too long to read. */
function faults(surface: FuzzSurface, answers: readonly [Shot, Answer][]): string[] {
  return answers.flatMap(([{ name, method, path }, answer]) => {
    const fault =
      answer.status >= 500 ? `status ${answer.status}` : surface.faultOf(answer, { method, path });
    const body = JSON.stringify(answer.body).slice(0, 200);
    return fault === null
      ? []
      : [`${method} ${path.slice(0, 80)}, ${name}: ${fault}: ${answer.status} ${body}`];
  });
}
