import { outcome } from '../support/api.js';
import { startTestGatehouse } from '../support/gatehouse.js';
import { masked, maskedRows } from '../support/masked-rows.js';
import { ApiDescription } from '../support/openapi.js';
import { namesEverywhere, polluted } from '../support/pollution.js';
import { makeSubjects, NATIVE_BODIES, requestOf, send, type Subjects } from './native-bodies.js';

type Body = Readonly<Record<string, unknown>>;
type Rows = Record<string, string[]>;

/** What an operation answered, and what the database held then. */
interface Outcome {
  readonly status: number;
  readonly shown: string;
  readonly rows: Rows;
}

/** What came of all requests at one Gatehouse. */
interface Run {
  readonly before: Rows;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly api: ApiDescription;
  readonly names: readonly string[];
}

/**
 * Two Gatehouses are sent the same valid requests, one of them with every name besides that any schema or
 * any column has: neither an answer nor a row tells the two from one another.
 */
describe('a body with more than its operation documents', () => {
  let plain: Run;
  let attacked: Run;

  beforeAll(async () => {
    // One after the other: strategies of Passport are the process's, not the application's.
    plain = await run((body) => body);
    attacked = await run((body, operation, { subjects, api, names }) =>
      polluted(body, names, documentedBy(api, operation), subjects.member.uid),
    );
  }, 120_000);

  it('is tried at every operation that takes one, with every name there is', () => {
    const takers = takersIn(plain.api).map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(NATIVE_BODIES).sort()).toEqual(takers.sort());
    expect(plain.names).toEqual(
      expect.arrayContaining(['id', 'level', 'passwordHash', 'password_hash', 'grantEpoch', 'ownerId']),
    );
    expect(plain.names.length).toBeGreaterThan(150);
  });

  it('starts from two databases that are alike', () => {
    expect(Object.values(plain.before).flat().length).toBeGreaterThan(10);
    expect(attacked.before).toEqual(plain.before);
  });

  it.each(Object.keys(NATIVE_BODIES))('changes nothing more: %s', (operation) => {
    expect(documentedBy(plain.api, operation).length).toBeGreaterThan(0);
    const usual = plain.outcomes.get(operation)!;
    expect(usual.status).toBe(requestOf(operation).answers);
    expect(attacked.outcomes.get(operation)).toEqual(usual);
  });
});

interface Stage {
  readonly subjects: Subjects;
  readonly api: ApiDescription;
  readonly names: readonly string[];
}

async function run(change: (body: Body, operation: string, stage: Stage) => Body): Promise<Run> {
  const server = await startTestGatehouse();
  try {
    const subjects = await makeSubjects(server);
    const known = namesOf(subjects);
    const api = await ApiDescription.of(server);
    const names = namesEverywhere(api);
    const before = await maskedRows(server.database, known);
    const outcomes = new Map<string, Outcome>();
    for (const operation of Object.keys(NATIVE_BODIES)) {
      const answer = await send(server, operation, subjects, 1, (body) =>
        change(body, operation, { subjects, api, names }),
      );
      const shown = masked(JSON.stringify(outcome(answer)), known);
      outcomes.set(operation, {
        status: answer.status,
        shown,
        rows: await maskedRows(server.database, known),
      });
    }
    return { before, outcomes, api, names };
  } finally {
    await server.stop();
  }
}

const namesOf = ({ root, member, subject, keyId, roleId }: Subjects) =>
  new Map([
    [root.uid, '<root>'],
    [member.uid, '<member>'],
    [subject.uid, '<subject>'],
    [keyId, '<key>'],
    [roleId, '<role>'],
  ]);

const takersIn = (api: ApiDescription) =>
  api.operations.filter((one) => one.path.startsWith('/v1/') && api.bodies(one).length > 0);

const documentedBy = (api: ApiDescription, operation: string) =>
  takersIn(api)
    .filter(({ method, path }) => `${method} ${path}` === operation)
    .flatMap((one) => api.bodies(one))
    .flatMap((schema) => Object.keys(api.resolved(schema).properties ?? {}));
