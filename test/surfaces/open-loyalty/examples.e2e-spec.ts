import { join } from 'node:path';
import { checkExample, readExamples } from '../../support/examples.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';

/** The document's own configuration key. */
const MASTER_API_KEY = '371BBCF483524FD5A837B4095F7FBE96AFD46B678C0F025D5EED0316FD5D7762';

const examples = readExamples(join(import.meta.dirname, 'examples'));

describe('examples of document 003', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY });
  });
  afterAll(() => server.stop());

  it.each(examples.map((example) => [example.name, example] as const))('%s', async (_, example) => {
    await checkExample(server, example);
  });

  it('prints the tree of a refused form in the order of the document', async () => {
    const example = examples.find(({ name }) => name === 'admin-data-fail')!;
    const { body } = await checkExample(server, example);
    expect(JSON.stringify(body)).toBe(JSON.stringify(example.documented));
  });
});
