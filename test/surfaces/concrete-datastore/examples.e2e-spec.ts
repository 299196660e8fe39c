import { join } from 'node:path';
import { checkExample, readExamples, type Example } from '../../support/examples.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';

/** What the document's own values ask for: it sets the password "test", and refuses one address. */
const SETTINGS = { PASSWORD_MIN_LENGTH: '4', API_REGISTER_EMAIL_FILTER: '(?!refused@).*' };

const examples = readExamples(join(import.meta.dirname, 'examples'));

/** Examples that need the same settings share a server; one server runs at a time. */
const groups = [...new Set(examples.map(settingsOf))].map(
  (settings) => [settings, examples.filter((example) => settingsOf(example) === settings)] as const,
);

function settingsOf(example: Example): string {
  return JSON.stringify(example.settings ?? {});
}

describe.each(groups)('examples of document 004 with %s', (settings, group) => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ ...SETTINGS, ...(JSON.parse(settings) as Record<string, string>) });
  });
  afterAll(() => server.stop());

  it.each(group.map((example) => [example.name, example] as const))('%s', (_, example) =>
    checkExample(server, example),
  );
});
