import type { Browser } from 'playwright-core';
import { sql, type Sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { startChromium } from './chromium.js';
import { signInAtV1 } from './cookies.js';
import { makePerson, type Person, type PersonFields } from './declared-people.js';
import { startTestGatehouse, type TestGatehouse } from './gatehouse.js';
import { PageVisitor } from './page-visitor.js';

/** What the tests of a file share: a server, a browser, and for each test a visitor of its own. */
export interface PageStage {
  readonly server: TestGatehouse;
  readonly browser: Browser;
  readonly visitor: PageVisitor;
  /** An address that nobody has. */
  newAddress(): string;
  /** Somebody new. */
  person(fields?: Partial<PersonFields>): Promise<Person>;
  /** Opens a section of the account of somebody, who has just signed in; answers his session's cookie. */
  enter(person: Person, section: string): Promise<string>;
  /** Takes somebody's password away, as of one who came by an account elsewhere. */
  forgetPassword(person: Person): Promise<void>;
  /** Leaves no superuser but this one. */
  demoteOthers(person: Person): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/**
 * Sets a stage up around the tests of a `describe`, at an address where browsers do all that they do
 * behind https. A visitor whose browser complained fails his test.
 */
export function setStage(environment: Environment | (() => Promise<Environment>) = {}): PageStage {
  const stage = {} as { server: TestGatehouse; browser: Browser; visitor: PageVisitor };
  let count = 0;
  beforeAll(async () => {
    const settings = typeof environment === 'function' ? await environment() : environment;
    stage.server = await startTestGatehouse(settings);
    const { host } = new URL(stage.server.api.address);
    stage.browser = await startChromium({ 'id.gatehouse.test': host });
  });
  afterAll(async () => {
    await stage.browser.close();
    await stage.server.stop();
  });
  beforeEach(async () => {
    stage.visitor = await PageVisitor.come(stage.browser);
  });
  afterEach(async () => {
    const { complaints } = stage.visitor;
    await stage.visitor.leave();
    expect(complaints).toEqual([]);
  });
  const newAddress = () => `visitor-${(count += 1)}@example.com`;
  const write = async (statement: Sql): Promise<void> => {
    await stage.server.get(UnitOfWork).run((tx) => tx.execute(statement));
  };
  return Object.assign(stage, {
    newAddress,
    person: (fields: Partial<PersonFields> = {}) =>
      makePerson(stage.server, { email: newAddress(), ...fields }),
    enter: async (person: Person, section: string) => {
      const cookie = await signInAtV1(stage.server.api, person);
      await stage.visitor.bear(cookie);
      await stage.visitor.open(`#/me/${section}`);
      return cookie;
    },
    forgetPassword: ({ uid }: Person) => write(sql`UPDATE users SET password_hash = NULL WHERE id = ${uid}`),
    demoteOthers: ({ uid }: Person) =>
      write(sql`UPDATE users SET level = 'admin' WHERE level = 'superuser' AND id <> ${uid}`),
  });
}
