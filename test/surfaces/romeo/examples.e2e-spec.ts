import { join } from 'node:path';
import { checkExample, readExamples } from '../../support/examples.js';
import { FakeTwitter } from '../../support/fake-twitter.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';

const examples = readExamples(join(import.meta.dirname, 'examples'));

describe('examples of document 002', () => {
  let server: TestGatehouse;
  let twitter: FakeTwitter;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse(twitter.environment);
  });
  afterAll(async () => {
    await server.stop();
    await twitter.stop();
  });

  it.each(examples.map((example) => [example.name, example] as const))('%s', (_, example) =>
    checkExample(server, example, { twitterToken: twitter.tokenOf({ id: '77', screenName: 'foo' }) }),
  );
});
