import 'reflect-metadata';
import { connect } from 'node:net';
import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  HttpCode,
  Module,
  Options,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  IsDefined,
  IsEmail,
  IsObject,
  IsOptional,
  IsString,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../src/common/actor.js';
import { Overloaded, RateLimited } from '../../src/common/errors.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { loadConfig } from '../../src/config/load-config.js';
import { CurrentActor, CurrentPrincipal } from '../../src/http/actor.decorator.js';
import { configureHttp } from '../../src/http/configure-http.js';
import { createFastifyAdapter } from '../../src/http/fastify-adapter.js';
import { EDGE_STATUS, InvalidBody } from '../../src/http/http.errors.js';
import { HttpModule } from '../../src/http/http.module.js';
import { createLogger } from '../../src/http/logger.js';
import { PinoNestLogger } from '../../src/http/pino-nest-logger.js';
import { SurfaceRegistry } from '../../src/http/surface-registry.js';
import type { Surface } from '../../src/http/surface.js';

const OURS = 'http://localhost:3000';
const FOREIGN = 'https://evil.example';

class Inner {
  @IsString()
  name!: string;
}

class SignUp {
  @IsEmail()
  @MinLength(6)
  email!: string;

  @IsString()
  password!: string;

  @IsOptional()
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => Inner)
  inner?: Inner;
}

class Page {
  @IsOptional()
  @IsString()
  cursor?: string;
}

@Controller('api/alpha')
class AlphaController {
  @Post('sign-up')
  @HttpCode(200)
  signUp(@Body() body: SignUp) {
    return { received: body };
  }

  @Post('any')
  @HttpCode(200)
  any(@Body() body: unknown) {
    return { received: body, polluted: ({} as Record<string, unknown>)['polluted'] ?? null };
  }

  @Get('item/:id')
  item(@Param('id') id: string, @Query() page: Page) {
    return { id, cursor: page.cursor ?? null };
  }

  @Get('boom')
  boom() {
    throw new Error('the secret is hunter2');
  }

  @Get('nest')
  nest() {
    throw new ForbiddenException('of Nest');
  }

  @Get('busy')
  busy() {
    throw new Overloaded(3);
  }

  @Post('slow-down')
  slowDown(@Req() request: FastifyRequest) {
    request.credentialRoute = true;
    throw new RateLimited(17);
  }

  @Get('late')
  async late(@Res() reply: FastifyReply) {
    reply.raw.writeHead(200, { 'content-length': '100' });
    reply.raw.write('begun');
    throw new Error('too late');
  }

  @Get('who')
  who(
    @CurrentActor() { address, userAgent, requestId, signal }: Actor,
    @CurrentPrincipal() principal: unknown,
  ) {
    return { address, userAgent, requestId, principal, isAborted: signal?.aborted };
  }

  @Options('documented')
  @HttpCode(200)
  documented() {
    return { rules: [] };
  }

  @Post('documented')
  documentedPost() {
    return {};
  }

  @Get('kept')
  kept(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('cache-control', 'public, max-age=60');
    return {};
  }
}

@Controller('api/beta')
class BetaController {
  static answer: () => void = () => undefined;
  static begun: () => void = () => undefined;
  static hungUp: () => void = () => undefined;

  @Get()
  root() {
    return { beta: true };
  }

  @Get('broken')
  broken() {
    throw new Error('broken');
  }

  @Post('wait')
  wait(@CurrentActor() actor: Actor) {
    return new Promise((resolve) => {
      actor.signal?.addEventListener('abort', () => BetaController.hungUp());
      BetaController.answer = () => resolve({ isAborted: actor.signal?.aborted });
      BetaController.begun();
    });
  }

  @Get('slow')
  slow() {
    return new Promise((resolve) => {
      BetaController.answer = () => resolve({ slow: true });
      BetaController.begun();
    });
  }
}

@Controller('v1/native')
class NativeController {
  @Get()
  get() {
    return { native: true };
  }

  @Post()
  post(@Body() body: SignUp) {
    return body;
  }
}

const alpha: Surface = {
  name: 'alpha',
  segments: ['/api/alpha'],
  carriers: ['token-header'],
  cors: 'any',
  presentError: (error) => ({
    status:
      EDGE_STATUS[error.code] ??
      { rate_limited: 429, overloaded: 503, forbidden: 403 }[error.kind as string] ??
      500,
    body: { alpha: error.code, faults: error instanceof InvalidBody ? error.faults : undefined },
  }),
};

const beta: Surface = {
  name: 'beta',
  segments: ['/api/beta'],
  carriers: [],
  cors: 'none',
  presentError: (error) => {
    if (error.kind === 'internal') throw new Error('a presenter with a fault');
    return { status: EDGE_STATUS[error.code] ?? 500, body: `<b>${error.code}</b>`, contentType: 'text/html' };
  },
};

@Module({})
class SurfacesModule {
  constructor(registry: SurfaceRegistry) {
    registry.register(alpha);
    registry.register(beta);
  }
}

const lines: Record<string, unknown>[] = [];
let app: NestFastifyApplication;
let base: string;
let port: number;

beforeAll(async () => {
  const config = loadConfig({ PUBLIC_URL: OURS, PORT: '0', LOG_LEVEL: 'info', TRUST_PROXY: '1' });
  const logger = createLogger(config, { write: (line) => void lines.push(JSON.parse(line)) });

  @Module({
    imports: [ConfigModule.forRoot(config), HttpModule.forRoot(logger), SurfacesModule],
    controllers: [AlphaController, BetaController, NativeController],
  })
  class TestModule {}

  app = await NestFactory.create<NestFastifyApplication>(TestModule, createFastifyAdapter(config), {
    bodyParser: false,
    logger: new PinoNestLogger(logger),
  });
  configureHttp(app);
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer().address() as { port: number }).port;
  base = `http://127.0.0.1:${port}`;
});

afterAll(() => app.close());

beforeEach(() => {
  lines.length = 0;
});

async function send(method: string, path: string, options: RequestInit = {}) {
  const response = await fetch(`${base}${path}`, { method, redirect: 'manual', ...options });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text,
  };
}

const postJson = (path: string, body: string | Buffer) =>
  send('POST', path, { body: body as RequestInit['body'], headers: { 'content-type': 'application/json' } });
const postForm = (path: string, body: string | Buffer) =>
  send('POST', path, {
    body: body as RequestInit['body'],
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

/** Writes raw bytes and reads until the server closes the connection. */
function raw(bytes: string | Buffer): Promise<{ status: number; head: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString();
      const [head = '', body = ''] = text.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), head, body });
    });
  });
}

describe('bodies', () => {
  const good = { email: 'ada@example.com', password: ' x ' };

  it('takes JSON and forms with nested bracket names alike, and drops unknown fields', async () => {
    const json = await postJson(
      '/api/alpha/sign-up',
      JSON.stringify({ ...good, inner: { name: 'a', more: 1 }, extra: 1 }),
    );
    const form = await postForm(
      '/api/alpha/sign-up',
      'email=ada%40example.com&password=+x+&inner[name]=a&inner[more]=1',
    );

    expect(json).toMatchObject({ status: 200, body: { received: { ...good, inner: { name: 'a' } } } });
    expect(form.body).toEqual(json.body);
  });

  it('reads an empty JSON body, and none at all, as an empty object', async () => {
    const faults = [
      { path: 'email', rule: 'isEmail', params: {} },
      { path: 'email', rule: 'minLength', params: { constraint1: 6 } },
      { path: 'password', rule: 'isString', params: {} },
    ];

    expect(await postJson('/api/alpha/sign-up', '')).toMatchObject({
      status: 400,
      body: { alpha: 'invalid-body', faults },
    });
    expect(await send('POST', '/api/alpha/sign-up')).toMatchObject({ status: 400, body: { faults } });
    expect((await postJson('/api/alpha/any', '')).body).toEqual({ received: {}, polluted: null });
  });

  it.each(['[]', '"text"', '7', 'null', 'true'])(
    'refuses the body %s where an object is needed',
    async (body) => {
      expect(await postJson('/api/alpha/sign-up', body)).toMatchObject({
        status: 400,
        body: { alpha: 'invalid-body', faults: [{ path: '', rule: 'isObject', params: {} }] },
      });
    },
  );

  it('does not convert: a number is no text', async () => {
    const { body } = await postJson(
      '/api/alpha/sign-up',
      '{"email":"ada@example.com","password":1,"inner":[{"name":"a"}]}',
    );
    expect(body.faults.map((fault: { path: string; rule: string }) => [fault.path, fault.rule])).toEqual([
      ['password', 'isString'],
      ['inner', 'isObject'],
    ]);
  });

  it.each([
    ['broken JSON', '{"password":"hunter2'],
    ['a prototype', '{"__proto__":{"polluted":1}}'],
    ['an escaped prototype', '{"\\u005f_proto__":{"polluted":1}}'],
    ['a nested constructor', '{"x":{"constructor":{"prototype":{"polluted":1}}}}'],
    ['a name given twice', '{"a":1,"a":2}'],
    ['a nested name given twice', '{"x":{"a":"\\":","a":2}}'],
    ['a NUL', '{"a":"\\u0000"}'],
    ['half a character', '{"a":"\\ud800"}'],
    ['deep lists', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['deep objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['very many members', `{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join(',')}}`],
    ['text that is no UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])],
  ])('refuses JSON with %s, without quoting it', async (_, body) => {
    for (const path of ['/api/alpha/any', '/api/alpha/sign-up']) {
      const answer = await postJson(path, body);
      expect(answer).toMatchObject({ status: 400, body: { alpha: 'malformed-body' } });
      expect(Object.keys(answer.body)).toEqual(['alpha']);
    }
    expect(lines).toEqual([]);
  });

  it.each([
    ['a bad escape', 'a=100%'],
    ['escaped bytes that are no UTF-8', 'a=%FF'],
    ['raw bytes that are no UTF-8', Buffer.from([0x61, 0x3d, 0xff])],
    ['a NUL', 'a=%00'],
    ['deep names', `a${'[b]'.repeat(20)}=1`],
    ['very many parameters', Array.from({ length: 5_000 }, (_, i) => `k${i}=1`).join('&')],
    ['very many items', Array.from({ length: 500 }, () => 'a[]=1').join('&')],
  ])('refuses a form with %s', async (_, body) => {
    expect(await postForm('/api/alpha/any', body)).toMatchObject({
      status: 400,
      body: { alpha: 'malformed-body' },
    });
  });

  it('does not let a form reach a prototype', async () => {
    const names = ['__proto__[polluted]', 'constructor[prototype][polluted]', 'x[__proto__][polluted]'];
    for (const name of names) {
      const { body } = await postForm('/api/alpha/any', `${name}=1&a=1`);
      expect(body.polluted ?? null).toBeNull();
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('shows a form parameter given twice as a list', async () => {
    expect((await postForm('/api/alpha/any', 'a=1&a=2')).body.received).toEqual({ a: ['1', '2'] });
  });

  it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'nonsense'])(
    'refuses the content type %s',
    async (type) => {
      const answer = await send('POST', '/api/alpha/any', { body: '{}', headers: { 'content-type': type } });
      expect(answer).toMatchObject({ status: 415, body: { alpha: 'unsupported-media-type' } });
    },
  );

  it('refuses a body without a content type', async () => {
    const { status } = await raw(
      'POST /api/alpha/any HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}',
    );
    expect(status).toBe(415);
  });

  it('takes 1 MiB and refuses one byte more, as JSON, form and in chunks', async () => {
    const limit = 1024 * 1024;
    const json = (length: number) => `"${'a'.repeat(length - 2)}"`;
    expect((await postJson('/api/alpha/any', json(limit))).status).toBe(200);
    for (const answer of [
      await postJson('/api/alpha/any', json(limit + 1)),
      await postForm('/api/alpha/any', `a=${'a'.repeat(limit - 1)}`),
    ]) {
      expect(answer).toMatchObject({ status: 413, body: { alpha: 'body-too-large' } });
    }
    const head =
      'POST /api/alpha/any HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunk = `${(limit + 1).toString(16)}\r\n${json(limit + 1)}\r\n0\r\n\r\n`;
    expect(await raw(head + chunk)).toMatchObject({ status: 413, body: '{"alpha":"body-too-large"}' });
  });

  it('lets a sender that writes on still read the refusal', async () => {
    for (let round = 0; round < 20; round += 1) {
      expect((await postJson('/api/alpha/any', Buffer.alloc(8 * 1024 * 1024, 'a'))).status).toBe(413);
    }
  });

  it('refuses a body whose length is a lie', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.end(
      'POST /api/alpha/any HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{}',
    );
    await new Promise((resolve) => socket.on('close', resolve).resume());
    expect(lines).toEqual([]);
  });
});

describe('requests that reach no route', () => {
  it.each([
    ['/api/alpha/nothing', 'application/json; charset=utf-8', { alpha: 'route-not-found' }],
    [
      '/api/alphabet',
      'application/problem+json',
      expect.objectContaining({ code: 'route-not-found', status: 404 }),
    ],
    ['/nothing', 'application/problem+json', expect.objectContaining({ title: 'Not Found' })],
    ['/api/beta/nothing', 'text/html', '<b>route-not-found</b>'],
    [`/api/alpha/${'x'.repeat(3_000)}/y`, 'application/json; charset=utf-8', { alpha: 'route-not-found' }],
    ['/%61pi/alpha/nothing', 'application/json; charset=utf-8', { alpha: 'route-not-found' }],
    ['/api/alpha/item/', 'application/json; charset=utf-8', { alpha: 'route-not-found' }],
  ])('answers an unknown path %s in its surface’s shape', async (path, type, body) => {
    const answer = await send('GET', path);
    expect(answer).toMatchObject({ status: 404, body });
    expect(answer.headers.get('content-type')).toBe(type);
  });

  it('refuses a wrong method with the methods of the path, whatever the body', async () => {
    const answer = await postJson('/api/alpha/item/7', '{broken');
    expect(answer).toMatchObject({ status: 405, body: { alpha: 'method-not-allowed' } });
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect((await send('DELETE', '/v1/native')).headers.get('allow')).toBe('GET, HEAD, POST');
    expect((await send('GET', '/api/alpha/documented')).headers.get('allow')).toBe('POST, OPTIONS');
    expect((await send('PROPFIND', '/v1/native')).status).toBe(405);
    expect((await send('OPTIONS', '/api/alpha/sign-up')).status).toBe(405);
    expect((await send('HEAD', '/api/alpha/sign-up')).status).toBe(405);
  });

  it('refuses a bad percent escape, an over-long parameter and a NUL', async () => {
    for (const path of [
      '/api/alpha/item/%zz',
      '/api/alpha/item/%ff',
      `/api/alpha/item/${'x'.repeat(2_000)}`,
      '/api/alpha/item/a%00b',
      '/api/alpha/item/a?cursor=%00',
    ]) {
      expect(await send('GET', path)).toMatchObject({ status: 400, body: { alpha: 'malformed-request' } });
    }
    expect(await send('GET', '/%zz')).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
    expect((await send('GET', `/api/alpha/item/${'x'.repeat(1_024)}`)).status).toBe(200);
  });

  it('refuses headers over 16 kB in the shape of the surface', async () => {
    const answer = await raw(
      `GET /api/alpha/who?x=1 HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(20_000)}\r\n\r\n`,
    );
    expect(answer).toMatchObject({ status: 431, body: '{"alpha":"headers-too-large"}' });
    expect(answer.head).toContain('connection: close');
    expect(answer.head).toContain('x-content-type-options: nosniff');
    expect(answer.head).toContain(`content-length: ${answer.body.length}`);
    expect((await raw(`GET /api/alpha/who HTTP/1.1\r\nX-Big: ${'a'.repeat(400_000)}\r\n\r\n`)).status).toBe(
      431,
    );
  });

  it.each(['\x16\x03\x01\x02\x00\x01\x00', 'hello\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', '\r\n\r\n\0\0'])(
    'answers bytes that are not HTTP: %j',
    async (bytes) => {
      const answer = await raw(bytes);
      expect(answer.status).toBe(400);
      expect(answer.head).toContain('content-type: text/plain; charset=utf-8');
      expect(answer.body).toBe('Bad Request');
    },
  );

  it('refuses a broken header and a broken chunk in the shape of the surface', async () => {
    expect(await raw('GET /api/alpha/who HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n')).toMatchObject({
      status: 400,
      body: '{"alpha":"malformed-request"}',
    });
    const head =
      'POST /api/alpha/any HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await raw(`${head}zz\r\n`)).toMatchObject({ status: 400, body: '{"alpha":"malformed-request"}' });
    expect(
      (
        await raw(
          'POST /api/alpha/any HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
        )
      ).status,
    ).toBe(400);
  });

  it('does not let garbage be taken for the answer to the request before it', async () => {
    const begun = new Promise<void>((resolve) => (BetaController.begun = resolve));
    const answer = raw('GET /api/beta/slow HTTP/1.1\r\nHost: x\r\n\r\n\0garbage\r\n\r\n');
    await begun;
    expect((await answer).head).toBe('');
    BetaController.answer();
  });

  it('refuses HTTP/1.1 without a host and answers HTTP/1.0', async () => {
    expect(await raw('GET /api/alpha/who HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatchObject({
      status: 400,
      body: '{"alpha":"malformed-request"}',
    });
    expect((await raw('GET /api/alpha/who HTTP/1.0\r\n\r\n')).status).toBe(200);
  });

  it('routes an absolute target by its path, and `*` nowhere', async () => {
    const tail = 'HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    expect((await raw(`GET http://x/api/alpha/nothing ${tail}`)).body).toBe('{"alpha":"route-not-found"}');
    expect((await raw(`GET http://x/api/alpha/item/3 ${tail}`)).body).toBe('{"id":"3","cursor":null}');
    const star = await raw(`OPTIONS * ${tail}`);
    expect(star.status).toBe(404);
    expect(star.head).toContain('x-content-type-options: nosniff');
  });
});

describe('answers', () => {
  it('sees a path with and without its trailing slash as one', async () => {
    expect((await send('GET', '/api/alpha/item/3/')).body).toEqual({ id: '3', cursor: null });
    expect((await send('GET', '/api/beta/')).body).toEqual({ beta: true });
    expect((await send('GET', '/api/beta')).body).toEqual({ beta: true });
    expect((await send('GET', '/v1/native/?x=1')).body).toEqual({ native: true });
  });

  it('answers HEAD like GET without a body', async () => {
    const answer = await send('HEAD', '/v1/native');
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers.get('content-length')).toBe('15');
    expect((await fetch(`${base}/nothing`, { method: 'HEAD' })).status).toBe(404);
  });

  it('carries the security headers, and no-store unless the handler says otherwise', async () => {
    for (const path of ['/v1/native', '/api/alpha/boom', '/nothing', '/api/alpha/item/%zz']) {
      const { headers } = await send('GET', path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(headers.has('strict-transport-security')).toBe(false);
      expect(headers.has('x-powered-by')).toBe(false);
    }
    expect((await send('GET', '/api/alpha/kept')).headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('shows nothing of a fault of ours and logs it with request id and stack', async () => {
    const answer = await send('GET', '/api/alpha/boom', { headers: { 'x-request-id': 'abc-1' } });
    expect(answer).toMatchObject({ status: 500, body: { alpha: 'internal' } });
    expect(JSON.stringify([answer.body, ...answer.headers])).not.toContain('hunter2');
    expect(answer.headers.get('x-request-id')).toBe('abc-1');
    const fault = lines.find((line) => line.msg === 'internal fault') as {
      requestId: string;
      err: { stack: string };
    };
    expect(fault.requestId).toBe('abc-1');
    expect(fault.err.stack).toContain('AlphaController.boom');
    const request = lines.find((line) => line.msg === 'request');
    expect(request).toMatchObject({
      level: 50,
      requestId: 'abc-1',
      method: 'GET',
      route: '/api/alpha/boom',
      status: 500,
      surface: 'alpha',
    });
  });

  it('falls back to problem details when a presenter itself breaks', async () => {
    expect(await send('GET', '/api/beta/broken')).toMatchObject({
      status: 500,
      body: { type: 'about:blank', title: 'Internal Server Error', status: 500, code: 'internal' },
    });
  });

  it('maps what Nest throws, and adds Retry-After where HTTP asks for it', async () => {
    expect(await send('GET', '/api/alpha/nest')).toMatchObject({ status: 403, body: { alpha: 'forbidden' } });
    const busy = await send('GET', '/api/alpha/busy');
    const slow = await send('POST', '/api/alpha/slow-down');
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '3']);
    expect([slow.status, slow.headers.get('retry-after')]).toEqual([429, '17']);
    expect(lines.filter((line) => line.msg === 'request').map((line) => [line.route, line.level])).toEqual([
      ['/api/alpha/busy', 50],
      ['/api/alpha/slow-down', 30],
    ]);
  });

  it('cuts the connection when an answer breaks after it has begun', async () => {
    const answer = await raw('GET /api/alpha/late HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(answer).toMatchObject({ status: 200, body: 'begun' });
  });

  it('lists the faults of a native body as problem details', async () => {
    const answer = await postJson('/v1/native', '{"email":"x"}');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body).toEqual({
      type: 'urn:gatehouse:problem:invalid-body',
      title: 'Bad Request',
      status: 400,
      code: 'invalid-body',
      errors: [
        { path: 'email', rule: 'isEmail' },
        { path: 'email', rule: 'minLength' },
        { path: 'password', rule: 'isString' },
      ],
    });
  });

  it('believes exactly one proxy and no harmful request id', async () => {
    const headers = {
      'x-forwarded-for': '198.51.100.1, 203.0.113.9',
      'x-request-id': 'a\tb',
      'user-agent': 'u'.repeat(500),
    };
    const { body } = await send('GET', '/api/alpha/who', { headers });
    expect(body).toEqual({
      address: '203.0.113.9',
      userAgent: 'u'.repeat(255),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      principal: null,
      isAborted: false,
    });
  });
});

describe('an actor’s signal', () => {
  const waiting =
    'POST /api/beta/wait HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n';

  it('aborts when the caller hangs up before he is answered', async () => {
    const begun = new Promise<void>((resolve) => (BetaController.begun = resolve));
    const hungUp = new Promise<void>((resolve) => (BetaController.hungUp = resolve));
    const socket = connect(port, '127.0.0.1', () => socket.write(`${waiting}\r\n{}`));
    await begun;
    socket.destroy();
    await hungUp;
    BetaController.answer();
  });

  it('does not abort when he waits for the answer', async () => {
    const begun = new Promise<void>((resolve) => (BetaController.begun = resolve));
    BetaController.hungUp = () => {
      throw new Error('he did not hang up');
    };
    const answer = raw(`${waiting}Connection: close\r\n\r\n{}`);
    await begun;
    BetaController.answer();
    expect((await answer).body).toBe('{"isAborted":false}');
  });
});

describe('CORS', () => {
  const preflight = (path: string, origin: string) =>
    send('OPTIONS', path, { headers: { origin, 'access-control-request-method': 'POST' } });
  const corsOf = ({ headers }: { headers: Headers }) =>
    Object.fromEntries(
      [...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'),
    );
  const allowedHeaders =
    'Authorization, Content-Type, Cache-Control, X-Entity-Uid, X-AUTH-TOKEN, X-Request-Id, Idempotency-Key, If-Match, If-None-Match';

  it('answers a preflight with the methods that the path has', async () => {
    const any = await preflight('/api/alpha/documented', FOREIGN);
    expect(any.status).toBe(204);
    expect(corsOf(any)).toEqual({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': '3600',
    });
    const ours = await preflight('/v1/native', OURS);
    expect(corsOf(ours)).toEqual({
      vary: 'Origin',
      'access-control-allow-origin': OURS,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': '3600',
    });
  });

  it('gives a foreign origin nothing where credentials count, and nobody anything where there is no CORS', async () => {
    expect(corsOf(await preflight('/v1/native', FOREIGN))).toEqual({ vary: 'Origin' });
    expect(corsOf(await send('GET', '/v1/native', { headers: { origin: 'null' } }))).toEqual({
      vary: 'Origin',
    });
    expect((await preflight('/api/beta', FOREIGN)).status).toBe(405);
    expect(corsOf(await send('GET', '/api/beta', { headers: { origin: OURS } }))).toEqual({});
  });

  it('marks answers and refusals alike', async () => {
    expect(corsOf(await send('GET', '/api/alpha/boom'))).toEqual({ 'access-control-allow-origin': '*' });
    expect(corsOf(await send('GET', '/v1/nothing', { headers: { origin: OURS } }))).toMatchObject({
      'access-control-allow-origin': OURS,
    });
    expect((await preflight('/api/alpha/nothing', FOREIGN)).status).toBe(404);
  });

  it('leaves an OPTIONS that is no preflight to its handler', async () => {
    expect(await send('OPTIONS', '/api/alpha/documented')).toMatchObject({
      status: 200,
      body: { rules: [] },
    });
  });
});

describe('stopping', () => {
  it('answers what was accepted and then closes at once', async () => {
    const begun = new Promise<void>((resolve) => (BetaController.begun = resolve));
    const answer = raw('GET /api/beta/slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await begun;
    const closed = app.close();
    await new Promise(setImmediate);
    BetaController.answer();
    expect(await answer).toMatchObject({ status: 200, body: '{"slow":true}' });
    await closed;
  }, 3_000);
});
