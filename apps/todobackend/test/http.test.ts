import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ApiClient } from '../src/specification/api-client.js';
import { type RunningService, run, serve } from './helpers/program.js';
import { temporaryFolder } from './helpers/temporary-folder.js';

interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** Sends a request whose headers are all the test's own, Host among them. */
async function raw(
  port: number,
  headers: Record<string, string>,
  options: { method?: string; path?: string; body?: string | Buffer } = {},
) {
  return new Promise<RawAnswer>((resolve, reject) => {
    const { method = 'GET', path = '/todos', body } = options;
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject).end(body);
  });
}

async function post(port: number, headers: Record<string, string>): Promise<RawAnswer> {
  return raw(port, { 'content-type': 'application/json', ...headers }, { method: 'POST', body: '{"title":"x"}' });
}

/** A file with the tables, which each test gets a copy of. */
const migrated = { SQLITE_FILE: '' };

beforeAll(async () => {
  migrated.SQLITE_FILE = join(temporaryFolder(), 'todos.sqlite');
  await run(['migrate'], migrated);
});

async function serveWith(settings: Record<string, string> = {}): Promise<RunningService> {
  const SQLITE_FILE = join(temporaryFolder(), 'todos.sqlite');
  copyFileSync(migrated.SQLITE_FILE, SQLITE_FILE);
  return serve({ SQLITE_FILE, ...settings });
}

describe('the url of a todo', () => {
  test('has the name the request was sent to, and never what a stranger claims', async () => {
    const { port, stop } = await serveWith({ ALLOWED_HOSTS: 'todo.example.com,localhost' });
    const claims = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example;proto=https' };
    expect((await post(port, { host: 'Todo.Example.com', ...claims })).headers.location).toMatch(
      /^http:\/\/todo\.example\.com\/todos\/\d+$/,
    );
    expect((await post(port, { host: 'localhost:8080', ...claims })).headers.location).toMatch(/^http:\/\/localhost:8080\/todos\/\d+$/);
    await stop();
  });

  test('has the scheme that a trusted proxy saw', async () => {
    const { port, stop } = await serveWith({ ALLOWED_HOSTS: '*', TRUSTED_PROXIES: '10.0.0.0/8,loopback' });
    const location = async (proto: string) => {
      const { headers } = await post(port, { host: 'a.example', 'x-forwarded-proto': proto, 'x-forwarded-host': 'evil.example' });
      return String(headers.location).replace(/\d+$/, '');
    };
    expect(await location('https')).toBe('https://a.example/todos/');
    expect(await location('http')).toBe('http://a.example/todos/');
    expect(await location('javascript')).toBe('http://a.example/todos/');
    await stop();
  });

  test('is made of no other name than the service has', async () => {
    const { port, stop } = await serveWith();
    for (const host of ['evil.example', 'localhost.evil.example', '10.0.0.1:8000']) {
      expect(await post(port, { host })).toMatchObject({
        status: 421,
        headers: { 'content-type': expect.stringContaining('problem+json') },
      });
    }
    for (const host of ['localhost/x', 'user@localhost', 'localhost:99999', '"><script>', 'a b']) {
      expect(await post(port, { host })).toMatchObject({ status: 400 });
    }
    // A load balancer's health check names the address of the container.
    expect(await raw(port, { host: '10.0.0.1:8000' }, { path: '/health' })).toMatchObject({ status: 200 });
    await stop();
  });
});

describe('other origins', () => {
  test('are not let in unless they are named', async () => {
    const { port, stop } = await serveWith();
    const { headers } = await raw(port, { host: 'localhost', origin: 'https://todobackend.com' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    await stop();
  });

  test.each([
    ['*', 'https://todobackend.com', '*'],
    ['https://todobackend.com,https://b.example', 'https://todobackend.com', 'https://todobackend.com'],
    ['https://todobackend.com,https://b.example', 'https://c.example', undefined],
  ])('CORS_ORIGINS %s, from %s: %s', async (origins, origin, allowed) => {
    const { port, stop } = await serveWith({ CORS_ORIGINS: origins });
    const asked = { host: 'localhost', origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'content-type' };
    const preflight = await raw(port, asked, { method: 'OPTIONS', path: '/todos/1' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe(allowed);
    expect(preflight.headers['access-control-allow-methods']).toMatch(/PATCH.*DELETE/);
    const posted = await post(port, { host: 'localhost', origin });
    expect(posted).toMatchObject({ status: 201, headers: { 'access-control-expose-headers': 'location' } });
    expect(posted.headers['access-control-allow-origin']).toBe(allowed);
    // A browser shows a page of another origin the reason only where the failed answer lets it in as well.
    expect((await raw(port, { host: 'localhost', origin }, { path: '/todos/x' })).headers['access-control-allow-origin']).toBe(allowed);
    await stop();
  });
});

describe('limits', () => {
  test('more requests a minute than a client may make are answered 429; the health check is not counted', async () => {
    const { url, stop } = await serveWith({ RATE_LIMIT_PER_MINUTE: '3' });
    const api = new ApiClient(url);
    const statuses = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await api.send('GET', '/todos')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await api.send('GET', '/todos');
    expect(refused.body).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.send('GET', '/health')).status).toBe(200);
    await stop();
  });

  test('a body that is no UTF-8 is refused, not mended', async () => {
    const { port, url, stop } = await serveWith();
    const body = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const headers = { host: 'localhost', 'content-type': 'application/json' };
    expect(await raw(port, headers, { method: 'POST', body })).toMatchObject({
      status: 400,
      body: expect.stringContaining('INVALID_JSON_BODY'),
    });
    expect(await new ApiClient(url).list()).toEqual([]);
    await stop();
  });

  test('bodies up to BODY_LIMIT_BYTES', async () => {
    const { url, stop } = await serveWith({ BODY_LIMIT_BYTES: '1024' });
    const api = new ApiClient(url);
    expect((await api.send('POST', '/todos', { body: { title: 'x'.repeat(1_012) } })).status).toBe(422);
    expect((await api.send('POST', '/todos', { body: { title: 'x'.repeat(1_013) } })).status).toBe(413);
    await stop();
  });

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['headers that are too large', `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['no Host', 'GET /todos HTTP/1.1\r\n\r\n', 400],
    ['two lengths', 'POST /todos HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n', 400],
  ])('%s', async (_, text, status) => {
    const { port, stop, log } = await serveWith();
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.end(text);
    await once(socket, 'close');
    expect(answer.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect((await stop()).code).toBe(0);
    expect(log.filter((line) => line.level === 'fatal')).toEqual([]);
  });
});

describe('the log', () => {
  test('has a line a request, with its path, status, trace and id, and nothing of what users wrote', async () => {
    const { port, stop } = await serveWith();
    const answer = await raw(
      port,
      {
        host: 'localhost',
        'content-type': 'application/json',
        'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678',
        cookie: 'my-cookie',
      },
      { method: 'POST', path: '/todos?token=my-token', body: '{"title":"my-title"}' },
    );
    const { log, stdout, stderr } = await stop();
    expect(log.find((line) => line.msg === 'request')).toMatchObject({
      level: 'info',
      method: 'POST',
      path: '/todos',
      status: 201,
      trace: 'Root=1-67891233-abcdef012345678912345678',
      requestId: answer.headers['x-request-id'],
    });
    expect(stdout).not.toMatch(/my-(cookie|token|title)/);
    expect(stderr).toBe('');
  });
});

describe('collectstatic', () => {
  test('copies the page once; what it copied is served, and repaired when it is damaged', async () => {
    const root = join(temporaryFolder(), 'public', 'static');
    const all = await Promise.all(Array.from({ length: 3 }, () => run(['collectstatic'], { STATIC_ROOT: root })));
    expect(all.map((each) => each.code)).toEqual([0, 0, 0]);
    const [release = '', ...others] = readdirSync(root);
    expect(others).toEqual([]);
    expect(release).toMatch(/^[0-9a-f]{16}$/);
    rmSync(join(root, release, 'page.mjs'));
    mkdirSync(join(root, 'of-another-release'));
    expect((await run(['collectstatic'], { STATIC_ROOT: root })).log.at(-1)?.msg).toBe('static files collected');
    expect((await run(['collectstatic'], { STATIC_ROOT: root })).log.at(-1)?.msg).toBe('static files were there already');
    expect(readdirSync(root).sort()).toEqual([release, 'of-another-release'].sort());
    const { url, stop } = await serveWith({ STATIC_ROOT: root });
    // Shows where the file came from: the shipped one does not say this.
    writeFileSync(join(root, release, 'page.css'), '/* collected */');
    expect((await new ApiClient(url).send('GET', '/static/page.css')).body).toBe('/* collected */');
    await stop();
  });

  test('a service that starts before it serves the shipped page', async () => {
    const { url, stop } = await serveWith({ STATIC_ROOT: 'not/yet/there' });
    const api = new ApiClient(url);
    expect((await api.send('GET', '/')).body).toContain('<h1>Todos</h1>');
    expect((await api.send('GET', '/static/page.mjs')).status).toBe(200);
    expect((await api.send('GET', '/static/nothing')).status).toBe(404);
    expect((await api.send('GET', '/static/%2e%2e/package.json')).status).toBeGreaterThanOrEqual(400);
    await stop();
  });

  test('ends with 3 where it cannot write', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { code, log } = await run(['collectstatic'], { STATIC_ROOT: join(file, 'static') });
    expect(code).toBe(3);
    expect(log.at(-1)).toMatchObject({ level: 'fatal', err: { code: 'STATIC_FILES' } });
  });
});

describe('the program', () => {
  test.each([[[]], [['sevre']], [['serve', 'more']], [['serve', '--port', '80']]])(
    '%j: exit status 2, and how it is used',
    async (command) => {
      const { code, stderr } = await run(command, {});
      expect(code).toBe(2);
      expect(stderr).toMatch(/Usage|error: /);
    },
  );

  test('a wrong setting: exit status 2, and a line that names it', async () => {
    const { code, log } = await run(['serve'], { PORT: 'eighty', MYSQL_PASSWORD: 'top-secret' });
    expect(code).toBe(2);
    expect(log).toEqual(
      expect.arrayContaining([expect.objectContaining({ level: 'fatal', setting: 'PORT', msg: expect.stringContaining('"eighty"') })]),
    );
    expect(JSON.stringify(log)).not.toContain('top-secret');
  });

  test('a port that is taken: exit status 3', async () => {
    const { port, stop } = await serveWith();
    const second = await run(['serve'], { HOST: '127.0.0.1', PORT: String(port), SQLITE_FILE: join(temporaryFolder(), 'x.sqlite') });
    expect(second).toMatchObject({ code: 3 });
    expect(second.log.at(-1)).toMatchObject({ level: 'fatal', err: { code: 'EADDRINUSE' } });
    await stop();
  });

  test('health: 0 while the service is healthy, 1 when there is none', async () => {
    const { port, stop } = await serveWith();
    const settings = { HOST: '127.0.0.1', PORT: String(port) };
    expect(await run(['health'], settings)).toMatchObject({ code: 0, stdout: '{"status":"ok","database":"sqlite"}' });
    await stop();
    expect(await run(['health'], settings)).toMatchObject({ code: 1, stdout: expect.stringContaining('does not answer') });
  });

  test('stops in its time though a client never finishes its request, and says that it cut it off', async () => {
    const { port, stop } = await serveWith({ STOP_SECONDS: '1' });
    const socket = connect(port, '127.0.0.1');
    const closed = once(socket, 'close');
    socket.on('error', () => undefined);
    socket.write('POST /todos HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"title"');
    // Answered on another connection, so the server has had the first one's request before.
    await raw(port, { host: 'localhost' });
    const { code, log } = await stop();
    await closed;
    expect(code).toBe(3);
    expect(log.at(-1)).toMatchObject({ level: 'error', msg: 'stopped with requests unfinished' });
  });
});
