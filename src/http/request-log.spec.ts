import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { loadConfig } from '../config/load-config.js';
import { createLogger } from './logger.js';
import { createRequestLog, levelOf } from './request-log.js';

describe('levelOf', () => {
  it.each([
    [200, 1, true, 'debug'],
    [404, 1, false, 'debug'],
    [401, 1, true, 'info'],
    [200, 500, false, 'debug'],
    [200, 501, false, 'warn'],
    [401, 501, true, 'warn'],
    [503, 1, false, 'error'],
  ])('status %i in %i ms, credential route %s: %s', (status, elapsed, credentialRoute, level) => {
    expect(levelOf(status, elapsed, credentialRoute)).toBe(level);
  });
});

describe('the request line', () => {
  const logged = (logLevel: string, request: object, reply: object) => {
    const lines: string[] = [];
    const logger: Logger = createLogger(loadConfig({ LOG_LEVEL: logLevel }), {
      write: (line) => void lines.push(line),
    });
    createRequestLog(logger)(request as FastifyRequest, reply as FastifyReply, () => lines.push('done'));
    return lines;
  };
  const request = {
    id: 'id-1',
    method: 'GET',
    url: '/c/confirm/SECRET?token=SECRET',
    originalUrl: '/c/confirm/SECRET?token=SECRET',
    params: { token: 'SECRET' },
    routeOptions: { url: '/c/confirm/:token' },
    ip: '203.0.113.9\n{"level":60}',
    surface: { name: 'datastore' },
    credentialRoute: true,
  };

  it('holds the pattern of the route and stays one line', () => {
    const [line = '', done] = logged('info', request, { statusCode: 404, elapsedTime: 1.26 });
    expect(done).toBe('done');
    expect(line.trimEnd()).not.toContain('\n');
    expect(line).not.toContain('SECRET');
    expect(JSON.parse(line)).toEqual({
      level: 30,
      time: expect.any(String),
      requestId: 'id-1',
      method: 'GET',
      route: '/c/confirm/:token',
      status: 404,
      ms: 1.3,
      address: '203.0.113.9\n{"level":60}',
      surface: 'datastore',
      msg: 'request',
    });
  });

  it('is not written for ordinary answers, except for who debugs', () => {
    const reply = { statusCode: 200, elapsedTime: 1 };
    expect(logged('info', request, reply)).toEqual(['done']);
    expect(logged('debug', { ...request, surface: null, routeOptions: {} }, reply)).toHaveLength(2);
  });
});
