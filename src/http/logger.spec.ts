import { loadConfig } from '../config/load-config.js';
import { createLogger } from './logger.js';
import { PinoNestLogger } from './pino-nest-logger.js';

function capture(level = 'info') {
  const lines: string[] = [];
  const logger = createLogger(loadConfig({ LOG_LEVEL: level }), { write: (line) => void lines.push(line) });
  return { logger, lines, parsed: () => lines.map((line) => JSON.parse(line)) };
}

describe('createLogger', () => {
  it('censors members with the name of a secret, three levels deep', () => {
    const { logger, lines } = capture();
    logger.info(
      {
        password: 'SECRET',
        body: { token: 'SECRET', headers: { authorization: 'SECRET', 'x-auth-token': 'SECRET' } },
      },
      'x',
    );
    expect(lines.join()).not.toContain('SECRET');
    expect(lines.join()).toContain('[redacted]');
  });

  it('reduces an error to type, message, code and stack, and those of its causes', () => {
    const { logger, lines, parsed } = capture();
    const cause = Object.assign(new Error('inner'), {
      code: '23505',
      parameters: ['SECRET'],
      query: 'SECRET',
    });
    logger.error({ err: new TypeError('outer', { cause }) }, 'x');
    expect(lines.join()).not.toContain('SECRET');
    expect(parsed()[0].err).toEqual({
      type: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('TypeError: outer'),
      cause: { type: 'Error', message: 'inner', code: '23505', stack: expect.any(String) },
    });
  });

  it('withholds what JSON.parse quotes, and survives what is no error', () => {
    const { logger, lines, parsed } = capture();
    try {
      JSON.parse('{"password":"SECRET"');
    } catch (error) {
      logger.error({ err: error }, 'x');
    }
    try {
      JSON.parse('SECRET');
    } catch (error) {
      logger.error({ err: error }, 'x');
    }
    logger.error({ err: 'SECRET' }, 'x');
    const circle = new Error('round');
    circle.cause = circle;
    logger.error({ err: circle }, 'x');
    expect(lines.join()).not.toContain('SECRET');
    expect(parsed()[0].err).toMatchObject({
      type: 'SyntaxError',
      message: '(withheld)',
      stack: expect.stringMatching(/^\s+at /),
    });
    expect(parsed()[2].err).toEqual({ type: 'string', message: 'not an error' });
  });
});

describe('PinoNestLogger', () => {
  it('writes message, context and stack; the chatter of the start only for who debugs', () => {
    const { logger, parsed } = capture();
    const nest = new PinoNestLogger(logger);
    nest.log('hello', 'Mail');
    nest.log('Mapped {/x, GET} route', 'RouterExplorer');
    nest.error('broken', 'Error: broken\n    at x', 'Mail');
    nest.error(new Error('inside'), 'Mail');
    nest.warn('careful');
    nest.debug('quiet');
    expect(parsed()).toEqual([
      expect.objectContaining({ level: 30, context: 'Mail', msg: 'hello' }),
      expect.objectContaining({
        level: 50,
        context: 'Mail',
        stack: 'Error: broken\n    at x',
        msg: 'broken',
      }),
      expect.objectContaining({
        level: 50,
        context: 'Mail',
        err: expect.objectContaining({ message: 'inside' }),
        msg: 'Error',
      }),
      expect.objectContaining({ level: 40, msg: 'careful' }),
    ]);
  });
});
