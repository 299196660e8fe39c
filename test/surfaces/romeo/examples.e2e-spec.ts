import { join } from 'node:path';
import { checkExample, readExamples } from '../../support/examples.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';

const examples = readExamples(join(import.meta.dirname, 'examples'));

describe('examples of document 002', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  it.each(examples.map((example) => [example.name, example] as const))('%s', (_, example) =>
    checkExample(server, example),
  );
});
