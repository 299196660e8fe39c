import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { DataSource } from 'typeorm';
import { Mail1763640000300 } from '../../migrations/1763640000300-mail.js';
import { OutboxStates1763640000931 } from '../../migrations/1763640000931-outbox-states.js';
import { PersonalMails1763640001000 } from '../../migrations/1763640001000-personal-mails.js';
import { Clock, DAY, HOUR, MINUTE, SECOND } from '../../src/common/clock.js';
import type { Config } from '../../src/config/config.js';
import { primaryOptions, sqliteReadOptions } from '../../src/database/data-source-options.js';
import type { Reader, Tx } from '../../src/database/db.js';
import { dialectOf } from '../../src/database/dialect.js';
import { PostgresReader, SqliteReader } from '../../src/database/readers.js';
import { sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { MailDelivery } from '../../src/mail/mail-delivery.service.js';
import { MailDispatcher } from '../../src/mail/mail-dispatcher.service.js';
import { MailQuotaEntity } from '../../src/mail/mail-quota.entity.js';
import { MailQuota } from '../../src/mail/mail-quota.service.js';
import { MailTemplates } from '../../src/mail/mail-templates.js';
import { OutboxMailEntity } from '../../src/mail/outbox-mail.entity.js';
import { OutboxRepository } from '../../src/mail/outbox.repository.js';
import { PersonalMailsRepository } from '../../src/mail/personal-mails.repository.js';
import { Outbox, type OutgoingMail } from '../../src/mail/outbox.service.js';
import { packageRoot } from '../../src/common/package-root.js';
import { SmtpTransport } from '../../src/mail/smtp-transport.js';
import { KeyRing } from '../../src/secrets/key-ring.js';

const POSTGRES = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

class HandClock extends Clock {
  private time = Date.UTC(2026, 10, 20, 12);

  override now(): number {
    return this.time;
  }

  advance(by: number): void {
    this.time += by;
  }
}

/** Tells when a mail's fate has been committed. */
class ObservedOutbox extends OutboxRepository {
  private readonly waiting: { id: string; fate: string; resolve: () => void }[] = [];
  private readonly told = new Set<string>();

  fateOf(id: string, fate: 'sent' | 'failed'): Promise<void> {
    if (this.told.delete(`${fate} ${id}`)) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ id, fate, resolve }));
  }

  override async markSent(tx: Tx, id: string, now: number): Promise<void> {
    await super.markSent(tx, id, now);
    tx.afterCommit(() => this.tell(id, 'sent'));
  }

  override async markFailed(tx: Tx, failure: Parameters<OutboxRepository['markFailed']>[1]): Promise<void> {
    await super.markFailed(tx, failure);
    tx.afterCommit(() => this.tell(failure.id, 'failed'));
  }

  private tell(id: string, fate: string): void {
    const listeners = this.waiting.filter((entry) => entry.id === id && entry.fate === fate);
    if (listeners.length === 0) this.told.add(`${fate} ${id}`);
    for (const listener of listeners) {
      this.waiting.splice(this.waiting.indexOf(listener), 1);
      listener.resolve();
    }
  }
}

/** A real SMTP server; `hang` takes a mail and never answers, `refused@…` is refused with 550. */
class Postbox {
  readonly received: Email[] = [];
  private readonly options: SMTPServerOptions;
  private server: SMTPServer;
  private readonly waiting: (() => void)[] = [];
  hang = false;

  constructor() {
    this.options = {
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onRcptTo: (address, _session, callback) =>
        callback(
          address.address.startsWith('refused@')
            ? Object.assign(new Error('No such user'), { responseCode: 550 })
            : null,
        ),
      onData: (stream, _session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
            this.received.push(mail);
            if (!this.hang) callback();
            this.waiting.splice(0).forEach((wake) => wake());
          });
        });
      },
    };
    this.server = new SMTPServer(this.options);
  }

  listen(port = 0): Promise<number> {
    this.server = new SMTPServer(this.options);
    this.server.on('error', () => undefined);
    return new Promise((resolve) => {
      const listener = this.server.listen(port, '127.0.0.1', () =>
        resolve((listener.address() as AddressInfo).port),
      );
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  async mails(count: number): Promise<Email[]> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.received;
  }
}

describe('outbox', () => {
  const name = `gatehouse_outbox_${randomBytes(6).toString('hex')}`;
  const isSqlite = process.env.TEST_DATABASE !== 'postgres';
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
  const keys = new KeyRing([randomBytes(32)]);
  const templates = new MailTemplates(join(packageRoot(), 'templates', 'mail'));
  let primary: DataSource;
  let read: DataSource;
  let reader: Reader;
  let unitOfWork: UnitOfWork;
  let clock: HandClock;
  let postbox: Postbox;
  let port: number;
  let dispatchers: MailDispatcher[];

  const link = 'http://localhost:3000/#/set-password/a1b2/ada%40example.com/';
  const mailTo = (recipient: string): OutgoingMail => ({
    template: 'set-password',
    recipient,
    userId: null,
    locale: 'fr',
    values: { link, days: 7 },
  });

  function node() {
    const outbox = new ObservedOutbox(reader);
    const sender = { from: 'Gatehouse <no-reply@gate.test>', host: 'gate.test' };
    const transport = new SmtpTransport(`smtp://127.0.0.1:${port}`, sender);
    const delivery = new MailDelivery(transport, outbox, unitOfWork, keys, clock);
    const dispatcher = new MailDispatcher(delivery, transport, outbox, unitOfWork, clock);
    dispatchers.push(dispatcher);
    const service = new Outbox(outbox, templates, keys, clock, dispatcher);
    const enqueue = (mail: OutgoingMail) => unitOfWork.run((tx) => service.enqueue(tx, mail));
    return { outbox, dispatcher, service, enqueue };
  }

  const row = async (id: string) =>
    (await reader.query<Record<string, unknown>>(sql`SELECT * FROM outbox WHERE id = ${id}`))[0];
  const lease = (outbox: OutboxRepository, holder: string, limit = 10) =>
    unitOfWork.run((tx) =>
      outbox.lease(tx, { holder, now: clock.now(), until: clock.now() + 20 * SECOND, limit }),
    );

  async function onServer(statement: string): Promise<void> {
    const client = new pg.Client(POSTGRES);
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  beforeAll(async () => {
    if (!isSqlite) await onServer(`CREATE DATABASE ${name}`);
    const url = isSqlite ? `sqlite:${join(folder, 'test.sqlite')}` : POSTGRES.replace(/[^/]*$/, name);
    primary = await new DataSource({
      ...primaryOptions(url),
      migrations: [Mail1763640000300, OutboxStates1763640000931, PersonalMails1763640001000],
      entities: [OutboxMailEntity, MailQuotaEntity],
    }).initialize();
    await primary.runMigrations();
    read = isSqlite ? await new DataSource(sqliteReadOptions(url)).initialize() : primary;
    reader = isSqlite ? new SqliteReader(read) : new PostgresReader(read);
    unitOfWork = new UnitOfWork(primary, dialectOf(url));
  });

  afterAll(async () => {
    if (isSqlite) await read.destroy();
    await primary.destroy();
    if (!isSqlite) await onServer(`DROP DATABASE ${name}`);
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    await unitOfWork.run(async (tx) => {
      await tx.execute(sql`DELETE FROM outbox`);
      await tx.execute(sql`DELETE FROM mail_quota`);
    });
    clock = new HandClock();
    postbox = new Postbox();
    port = await postbox.listen();
    dispatchers = [];
  });

  afterEach(async () => {
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.beforeApplicationShutdown()));
    await postbox.close();
  });

  it('has the tables that the entities describe', async () => {
    const { upQueries } = await primary.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('can be migrated down and up again', async () => {
    await primary.undoLastMigration();
    await primary.undoLastMigration();
    await primary.undoLastMigration();
    await expect(primary.query('SELECT id FROM outbox')).rejects.toThrow();
    await primary.runMigrations();
    expect(await reader.query(sql`SELECT key FROM mail_quota`)).toEqual([]);
  });

  it('sends after the commit and erases the words', async () => {
    const { outbox, dispatcher, enqueue } = node();
    dispatcher.onApplicationBootstrap();
    const id = await enqueue({ ...mailTo('ada@example.com'), userId: 'u1' });
    const [mail] = await postbox.mails(1);
    expect(mail).toMatchObject({
      messageId: `<${id}@gate.test>`,
      from: { name: 'Gatehouse', address: 'no-reply@gate.test' },
      to: [{ address: 'ada@example.com' }],
      subject: 'Choisissez votre mot de passe',
    });
    expect(mail!.text!.split(/\r?\n/)).toContain(link);
    expect(mail!.html!.split(link)).toHaveLength(2);
    await outbox.fateOf(id, 'sent');
    expect(await row(id)).toEqual({
      id,
      kind: 'set-password',
      recipient: 'ada@example.com',
      user_id: 'u1',
      state: 'sent',
      content: null,
      attempts: 0,
      created_at: clock.now(),
      next_attempt_at: clock.now(),
      leased_until: null,
      lease_holder: null,
      sent_at: clock.now(),
      last_error: null,
    });
  });

  it('holds a waiting mail sealed', async () => {
    const { enqueue } = node();
    const { content } = (await row(await enqueue(mailTo('ada@example.com'))))!;
    expect(content).toMatch(/^v1\.[0-9a-f]{8}\./);
    expect(content).not.toContain('set-password');
  });

  it('sends a whole text part of its own, without HTML', async () => {
    const { dispatcher, enqueue } = node();
    dispatcher.onApplicationBootstrap();
    await enqueue({
      ...mailTo('ada@example.com'),
      customText: `Set it & "go":\n${link}\n`,
      customSubject: 'One\r\nBcc: x',
    });
    const [mail] = await postbox.mails(1);
    expect(mail!.text!.trim()).toBe(`Set it & "go":\n${link}`);
    expect(mail!.html).toBeUndefined();
    expect(mail!.subject).toBe('One Bcc: x');
    expect(mail!.bcc).toBeUndefined();
  });

  it('writes nothing when the unit fails, and refuses two recipients', async () => {
    const { dispatcher, service, enqueue } = node();
    dispatcher.onApplicationBootstrap();
    const failing = unitOfWork.run(async (tx) => {
      await service.enqueue(tx, mailTo('ada@example.com'));
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    await expect(enqueue(mailTo('a@example.com, b@example.com'))).rejects.toThrow('one plain address');
    expect(await reader.query(sql`SELECT id FROM outbox`)).toEqual([]);
  });

  it('never sends a decoy, and forgets it at the next cleaning', async () => {
    const { outbox, dispatcher, service, enqueue } = node();
    await unitOfWork.run((tx) => service.enqueueDecoy(tx, mailTo('nobody@example.com')));
    const [decoy] = await reader.query<{ state: string; recipient: string; content: string }>(
      sql`SELECT state, recipient, content FROM outbox`,
    );
    expect(decoy).toMatchObject({ state: 'void', recipient: '' });
    dispatcher.onApplicationBootstrap();
    const id = await enqueue(mailTo('ada@example.com'));
    await outbox.fateOf(id, 'sent');
    expect(postbox.received).toHaveLength(1);
    expect(await unitOfWork.run((tx) => outbox.purge(tx, clock.now(), 100))).toBe(1);
    expect(await row(id)).toBeDefined();
  });

  it('sends what waited while the server was down, and what comes after', async () => {
    await postbox.close();
    const { outbox, dispatcher, enqueue } = node();
    dispatcher.onApplicationBootstrap();
    const id = await enqueue(mailTo('ada@example.com'));
    await outbox.fateOf(id, 'failed');
    expect(await row(id)).toMatchObject({
      state: 'pending',
      attempts: 1,
      next_attempt_at: clock.now() + SECOND,
      leased_until: null,
      lease_holder: null,
      last_error: 'ECONNREFUSED CONN',
    });
    clock.advance(SECOND);
    dispatcher.wake();
    await outbox.fateOf(id, 'failed');
    expect(await row(id)).toMatchObject({ attempts: 2, next_attempt_at: clock.now() + 2 * SECOND });
    await postbox.listen(port);
    clock.advance(2 * SECOND);
    dispatcher.wake();
    await outbox.fateOf(id, 'sent');
    const later = await enqueue(mailTo('bob@example.com'));
    await outbox.fateOf(later, 'sent');
    expect(postbox.received.map((mail) => mail.to?.[0]?.address)).toEqual([
      'ada@example.com',
      'bob@example.com',
    ]);
  });

  it('holds up nobody for a recipient who is refused', async () => {
    const { outbox, dispatcher, enqueue } = node();
    const refused = await enqueue(mailTo('refused@example.com'));
    const others = await Promise.all(
      Array.from({ length: 12 }, (_, index) => enqueue(mailTo(`user${index}@example.com`))),
    );
    dispatcher.onApplicationBootstrap();
    await Promise.all([outbox.fateOf(refused, 'failed'), ...others.map((id) => outbox.fateOf(id, 'sent'))]);
    expect(postbox.received).toHaveLength(12);
    expect(await row(refused)).toMatchObject({
      state: 'pending',
      attempts: 1,
      last_error: 'EENVELOPE 550 RCPT TO',
    });
  });

  it('gives a mail up after 24 h and keeps it sealed for 30 days', async () => {
    const { outbox, dispatcher, enqueue } = node();
    const id = await enqueue(mailTo('refused@example.com'));
    clock.advance(DAY);
    dispatcher.onApplicationBootstrap();
    await outbox.fateOf(id, 'failed');
    const dead = await row(id);
    expect(dead).toMatchObject({ state: 'dead', attempts: 1, next_attempt_at: clock.now() });
    expect(dead!.content).not.toBeNull();
    expect(await outbox.findNextDueAt(clock.now() + DAY)).toBe('none');
    const purge = (at: number) => unitOfWork.run((tx) => outbox.purge(tx, at, 100));
    expect(await purge(clock.now() + 30 * DAY - 1)).toBe(0);
    expect(await purge(clock.now() + 30 * DAY)).toBe(1);
  });

  it('takes over the mail of a killed process when its lease ends', async () => {
    const { outbox, dispatcher, enqueue } = node();
    const id = await enqueue(mailTo('ada@example.com'));
    expect(await lease(outbox, 'killed')).toMatchObject([{ id, attempts: 0, kind: 'set-password' }]);
    clock.advance(20 * SECOND - 1);
    expect(await outbox.findNextDueAt(clock.now())).toBe('held');
    expect(await lease(outbox, 'other')).toEqual([]);
    clock.advance(1);
    dispatcher.onApplicationBootstrap();
    await outbox.fateOf(id, 'sent');
    expect(postbox.received).toHaveLength(1);
  });

  it('renews only what is still its own', async () => {
    const { outbox, enqueue } = node();
    const id = await enqueue(mailTo('ada@example.com'));
    await lease(outbox, 'mine');
    const until = clock.now() + HOUR;
    await unitOfWork.run((tx) => outbox.renew(tx, [id], 'not mine', until));
    expect(await row(id)).toMatchObject({ leased_until: clock.now() + 20 * SECOND });
    await unitOfWork.run((tx) => outbox.renew(tx, [id], 'mine', until));
    expect(await row(id)).toMatchObject({ leased_until: until });
  });

  it('records no failure of a lost lease', async () => {
    const { outbox, enqueue } = node();
    const id = await enqueue(mailTo('ada@example.com'));
    await lease(outbox, 'mine');
    const failure = { id, state: 'dead' as const, at: clock.now(), error: 'x' };
    await unitOfWork.run((tx) => outbox.markFailed(tx, { ...failure, holder: 'not mine' }));
    expect(await row(id)).toMatchObject({ state: 'pending', attempts: 0, lease_holder: 'mine' });
  });

  it('gives each mail to one of those who race for it', async () => {
    const { outbox, enqueue } = node();
    for (let index = 0; index < 20; index++) await enqueue(mailTo(`user${index}@example.com`));
    const holders = ['a', 'b', 'c', 'd', 'e', 'f'];
    const leased = (await Promise.all(holders.map((holder) => lease(outbox, holder, 4)))).flat();
    const ids = leased.map((mail) => mail.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(20);
  });

  it('sends every mail once from two processes', async () => {
    const [one, two] = [node(), node()];
    const ids = await Promise.all(
      Array.from({ length: 30 }, (_, index) => one.enqueue(mailTo(`user${index}@example.com`))),
    );
    one.dispatcher.onApplicationBootstrap();
    two.dispatcher.onApplicationBootstrap();
    await Promise.all(
      ids.map((id) => Promise.race([one.outbox.fateOf(id, 'sent'), two.outbox.fateOf(id, 'sent')])),
    );
    expect(postbox.received).toHaveLength(30);
    expect(new Set(postbox.received.map((mail) => mail.messageId)).size).toBe(30);
  });

  it('cuts a server that hangs when the process stops, and gives the mail back', async () => {
    postbox.hang = true;
    const { dispatcher, enqueue } = node();
    dispatcher.onApplicationBootstrap();
    const id = await enqueue(mailTo('ada@example.com'));
    await postbox.mails(1);
    const before = performance.now();
    await dispatcher.beforeApplicationShutdown();
    expect(performance.now() - before).toBeLessThan(5 * SECOND);
    expect(await row(id)).toMatchObject({
      state: 'pending',
      attempts: 0,
      leased_until: null,
      lease_holder: null,
    });
    expect((await row(id))!.content).not.toBeNull();
    const next = node();
    postbox.hang = false;
    next.dispatcher.onApplicationBootstrap();
    await next.outbox.fateOf(id, 'sent');
    expect(new Set(postbox.received.map((mail) => mail.messageId)).size).toBe(1);
  });

  it('forgets the mails of one user', async () => {
    const { enqueue } = node();
    const id = await enqueue({ ...mailTo('ada@example.com'), userId: 'u1' });
    const toHim = await enqueue({ ...mailTo('ada@example.com'), userId: 'u2' });
    const other = await enqueue({ ...mailTo('bob@example.com'), userId: 'u2' });
    const personal = new PersonalMailsRepository();
    const forget = (confirmedAddress: string | null) =>
      unitOfWork.run((tx) => personal.forget(tx, { userId: 'u1', confirmedAddress }));
    await forget(null);
    expect([await row(id), (await row(toHim))?.id]).toEqual([undefined, toHim]);
    await forget('ada@example.com');
    expect(await row(toHim)).toBeUndefined();
    expect(await row(other)).toBeDefined();
  });

  it('forgets the address too once somebody who was erased has been told', async () => {
    const { outbox, enqueue } = node();
    const values = { at: clock.now(), byAuthority: '', address: '', browser: '' };
    const last = { template: 'account-erased', values, userId: null, locale: null } as const;
    const [sent, dead] = [
      await enqueue({ ...last, recipient: 'ada@example.com' }),
      await enqueue({ ...last, recipient: 'bob@example.com' }),
    ];
    await unitOfWork.run((tx) => outbox.markSent(tx, sent, clock.now()));
    expect(await row(sent)).toMatchObject({ state: 'sent', recipient: '', content: null });
    const fate = { id: dead, holder: 'me', state: 'dead', at: clock.now(), error: 'gone' } as const;
    const lease = { holder: 'me', now: clock.now(), until: clock.now() + SECOND, limit: 10 };
    await unitOfWork.run((tx) => outbox.lease(tx, lease));
    await unitOfWork.run((tx) => outbox.markFailed(tx, fate));
    await unitOfWork.run((tx) => outbox.purge(tx, clock.now(), 10));
    expect(await row(dead)).toBeUndefined();
  });

  it('cleans up sent mails after 30 days, in batches', async () => {
    const { outbox, enqueue } = node();
    const ids = [];
    for (const user of ['a', 'b', 'c']) ids.push(await enqueue(mailTo(`${user}@example.com`)));
    for (const id of ids) await unitOfWork.run((tx) => outbox.markSent(tx, id, clock.now()));
    const purge = (at: number) => unitOfWork.run((tx) => outbox.purge(tx, at, 2));
    expect(await purge(clock.now() + 30 * DAY - 1)).toBe(0);
    expect(await purge(clock.now() + 30 * DAY)).toBe(2);
    expect(await purge(clock.now() + 30 * DAY)).toBe(1);
    expect(await purge(clock.now() + 30 * DAY)).toBe(0);
  });

  describe('quota', () => {
    const quota = (rateLimits: boolean) => new MailQuota(keys, clock, { server: { rateLimits } } as Config);
    const take = (of: MailQuota, recipient = 'ada@example.com', atMostOncePer?: number, purpose = 'reset') =>
      unitOfWork.run((tx) => of.tryTake(tx, { recipient, purpose, atMostOncePer }));

    it.each([true, false])('lets one of many through (limits %s)', async (rateLimits) => {
      const mine = quota(rateLimits);
      const race = () => Promise.all(Array.from({ length: 8 }, () => take(mine)));
      expect((await race()).filter(Boolean)).toHaveLength(1);
      clock.advance(MINUTE);
      expect((await race()).filter(Boolean)).toHaveLength(1);
    });

    it('counts a minute to the millisecond, whatever the spelling, by purpose', async () => {
      const mine = quota(false);
      expect(await take(mine)).toBe(true);
      clock.advance(MINUTE - 1);
      expect(await take(mine, ' ADA@example.com')).toBe(false);
      expect(await take(mine, 'ada@example.com', MINUTE, 'confirm')).toBe(true);
      expect(await take(mine, 'bob@example.com')).toBe(true);
      clock.advance(1);
      expect(await take(mine)).toBe(true);
    });

    it('keeps another rhythm when asked', async () => {
      const mine = quota(false);
      expect(await take(mine, 'ada@example.com', HOUR)).toBe(true);
      clock.advance(HOUR - 1);
      expect(await take(mine, 'ada@example.com', HOUR)).toBe(false);
      clock.advance(1);
      expect(await take(mine, 'ada@example.com', HOUR)).toBe(true);
    });

    it('lets five through in any hour, and any number without limits', async () => {
      const [limited, free] = [quota(true), quota(false)];
      for (let index = 0; index < 5; index++) {
        expect(await take(limited)).toBe(true);
        clock.advance(10 * MINUTE);
      }
      expect(await take(limited)).toBe(false);
      clock.advance(10 * MINUTE);
      expect(await take(limited)).toBe(true);
      clock.advance(MINUTE);
      expect(await take(limited)).toBe(false);
      expect(await take(free)).toBe(true);
    });

    it('tells nobody whom it is about, and is forgotten after a day', async () => {
      const { outbox } = node();
      await take(quota(true));
      const rows = await reader.query<{ key: string }>(sql`SELECT key FROM mail_quota`);
      expect(rows).toHaveLength(1);
      expect(rows[0]!.key).not.toContain('ada');
      const purge = (at: number) => unitOfWork.run((tx) => outbox.purge(tx, at, 100));
      expect(await purge(clock.now() + DAY - 1)).toBe(0);
      expect(await purge(clock.now() + DAY)).toBe(1);
    });
  });
});
