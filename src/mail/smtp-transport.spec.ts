import { jest } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { describeFault, isUnreachable } from './mail-fault.js';
import type { MailMessage } from './mail-transport.js';
import { SmtpTransport } from './smtp-transport.js';

const message: MailMessage = {
  id: '0199f0a0-0000-7000-8000-000000000001',
  kind: 'reset-password',
  recipient: 'ada@example.com',
  subject: 'Reset your password',
  text: 'Hello',
  html: null,
  createdAt: 0,
};
const sender = { from: 'Gatehouse <no-reply@gate.test>', host: 'gate.test' };

describe('SmtpTransport', () => {
  const transports: SmtpTransport[] = [];
  let server: SMTPServer;
  let port: number;
  let taken: { secure: boolean; user: unknown }[];
  let isSilent: boolean;

  beforeEach(async () => {
    taken = [];
    isSilent = false;
    server = new SMTPServer({
      logger: false,
      onAuth: (auth, _session, callback) =>
        auth.username === 'gate' && auth.password === 'p@ss:word'
          ? callback(null, { user: auth.username })
          : callback(new Error('No')),
      onData: (stream, session, callback) => {
        stream.resume();
        stream.on('end', () => {
          taken.push({ secure: session.secure, user: session.user });
          if (!isSilent) callback();
          else void Promise.resolve().then(() => transports.forEach((transport) => transport.close()));
        });
      },
    });
    server.on('error', () => undefined);
    const listener = server.listen(0, '127.0.0.1');
    await new Promise((resolve) => listener.once('listening', resolve));
    port = (listener.address() as AddressInfo).port;
  });

  afterEach(async () => {
    transports.splice(0).forEach((transport) => transport.close());
    await new Promise<void>((resolve) => server.close(resolve));
  });

  function send(credentials: string, query: string, signal = new AbortController().signal): Promise<void> {
    const transport = new SmtpTransport(`smtp://${credentials}127.0.0.1:${port}${query}`, sender);
    transports.push(transport);
    return transport.send(message, signal);
  }

  it('upgrades to TLS and signs in', async () => {
    await send('gate:p%40ss%3Aword@', '?tls.rejectUnauthorized=false');
    expect(taken).toEqual([{ secure: true, user: 'gate' }]);
  });

  it('takes a bad certificate for a failure', async () => {
    const fault = await send('gate:p%40ss%3Aword@', '').catch((error: unknown) => error);
    expect(describeFault(fault)).toMatch(/CERT/);
    expect(isUnreachable(fault)).toBe(true);
    expect(taken).toEqual([]);
  });

  it('fails with wrong credentials and tells none', async () => {
    const fault = await send('gate:wrong-word@', '?tls.rejectUnauthorized=false').catch(
      (error: unknown) => error,
    );
    expect(describeFault(fault)).toMatch(/^EAUTH 535 AUTH/);
    expect(isUnreachable(fault)).toBe(true);
  });

  it('says nothing of the conversation, whatever the URL asks for', async () => {
    const said = [
      jest.spyOn(console, 'log'),
      jest.spyOn(console, 'error'),
      jest.spyOn(process.stdout, 'write'),
    ];
    said.forEach((spy) => spy.mockImplementation(() => true as never));
    const query = '?tls.rejectUnauthorized=false&logger=true&debug=true&transactionLog=true';
    await send('gate:p%40ss%3Aword@', query);
    const calls = said.flatMap((spy) => spy.mock.calls);
    said.forEach((spy) => spy.mockRestore());
    expect(calls).toEqual([]);
    expect(taken).toHaveLength(1);
  });

  it('lets go of a server that hangs when it is closed', async () => {
    isSilent = true;
    await expect(send('gate:p%40ss%3Aword@', '?tls.rejectUnauthorized=false')).rejects.toThrow();
  });

  it('gives up when it is told to', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(send('', '?tls.rejectUnauthorized=false', abort.signal)).rejects.toThrow('aborted');
    expect(taken).toEqual([]);
  });
});
