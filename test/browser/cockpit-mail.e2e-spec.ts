import { DAY } from '../../src/common/clock.js';
import { sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { CockpitStage } from '../support/cockpit.js';
import { makePerson } from '../support/declared-people.js';
import { TestSmtp } from '../support/smtp.js';
import { describeOnce } from '../support/test-database.js';

describeOnce('the mail in the cockpit, in a browser', () => {
  const before = new TestSmtp();
  const after = new TestSmtp();
  let stage: CockpitStage;
  let port: number;

  beforeAll(async () => {
    const url = await before.listen();
    port = Number(new URL(url).port);
    stage = await CockpitStage.open({ SMTP_URL: url });
    await makePerson(stage.server, { email: 'carol@example.com' });
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await after.close();
  });
  afterEach(() => stage.leave());

  it('is tried again when it failed, and arrives', async () => {
    await before.close();
    await stage.server.api.post('/api/v1.1/auth/reset-password/', { email: 'carol@example.com' });
    // As a day of failed attempts leaves it.
    await stage.server.get(UnitOfWork).run((tx) =>
      tx.execute(
        sql`UPDATE outbox SET state = 'dead', attempts = 40, last_error = 'ESOCKET', lease_holder = NULL,
              leased_until = NULL, next_attempt_at = ${stage.server.clock.now() + DAY}`,
      ),
    );
    const ada = await stage.enter({ email: 'admin@example.com' }, 'outbox');
    await ada.reads('ESOCKET');
    expect(await ada.barriers('cockpit-outbox-failed')).toEqual([]);
    await after.listen(port);
    await ada.press('Try again');
    await ada.reads('Done.');
    const [mail] = await after.received(1);
    expect(mail?.to?.[0]?.address).toBe('carol@example.com');
  });
});
