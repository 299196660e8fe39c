import { describeFault, isUnreachable } from './mail-fault.js';

const fault = (fields: object) => Object.assign(new Error('550 blocked: http://app.test/?token=abc'), fields);

describe('mail faults', () => {
  it.each([
    [fault({ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }), 'EENVELOPE 550 RCPT TO', false],
    [
      fault({ code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT', command: 'CONN' }),
      'ETIMEDOUT SOCKET_TIMEOUT CONN',
      false,
    ],
    [fault({ code: 'ETIMEDOUT', timeoutType: 'GREETING_TIMEOUT' }), 'ETIMEDOUT GREETING_TIMEOUT', true],
    [fault({ code: 'ESOCKET', originalCode: 'ECONNREFUSED', syscall: 'connect' }), 'ECONNREFUSED', true],
    [fault({ code: 'ESOCKET', originalCode: 'ECONNRESET', syscall: 'read' }), 'ECONNRESET', false],
    [fault({ code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }), 'EAUTH 535 AUTH PLAIN', true],
    [fault({ code: 'EDNS' }), 'EDNS', true],
    [fault({ command: 'DATA http://app.test/' }), 'Error', false],
    [new TypeError('x'), 'TypeError', false],
    ['text', 'unknown', false],
    [null, 'unknown', false],
  ])('%s', (error, words, unreachable) => {
    expect(describeFault(error)).toBe(words);
    expect(isUnreachable(error)).toBe(unreachable);
  });
});
