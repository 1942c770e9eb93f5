import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { ApiClient } from '../src/specification/api-client.js';
import { describeWithServer } from './helpers/databases.js';
import { LoadClient } from './helpers/load.js';
import { run, serve } from './helpers/program.js';
import { temporaryFolder } from './helpers/temporary-folder.js';

describeWithServer('a database server', (databases) => {
  test('a rotated password: what new connections are refused for makes the service unhealthy for good, so that it is replaced', async () => {
    const settings = await databases.migrated();
    const service = await serve(settings);
    const api = new ApiClient(service.url);
    expect((await api.send('GET', '/health')).status).toBe(200);
    const name = settings.MYSQL_USER;
    const kills = databases
      .server()
      ?.sql(
        `set password for ${name}@'127.0.0.1' = password('new one'); select concat('kill ', id, ';') from information_schema.processlist where user = '${name}'`,
      )
      .split('\n')
      .filter((line) => line !== '');
    for (const line of kills ?? []) databases.server()?.sql(line);
    expect(await api.send('POST', '/todos', { body: { title: 'x' } })).toMatchObject({
      status: 503,
      body: { code: 'DATABASE_UNAVAILABLE' },
    });
    expect(await api.send('GET', '/health')).toMatchObject({ status: 503, body: { reason: 'credentials-refused' } });
    // Not even if the old password is right again: other processes have long moved on.
    databases.server()?.sql(`set password for ${name}@'127.0.0.1' = password('${settings.MYSQL_PASSWORD}')`);
    expect(await api.send('GET', '/health')).toMatchObject({ status: 503, body: { reason: 'credentials-refused' } });
    expect((await service.stop()).code).toBe(0);
    const next = await serve(settings);
    expect((await new ApiClient(next.url).send('GET', '/health')).status).toBe(200);
    await next.stop();
  });

  test('connections that the server ended are made anew, and no request fails for good', async () => {
    const settings = await databases.migrated();
    const service = await serve({ ...settings, MYSQL_CONNECTIONS: '2' });
    const api = new ApiClient(service.url);
    await api.create({ title: 'before' });
    const ids =
      databases.server()?.sql(`select id from information_schema.processlist where user = '${settings.MYSQL_USER}'`).trim().split('\n') ??
      [];
    expect(ids.length).toBeGreaterThan(0);
    databases.server()?.sql(ids.map((id) => `kill ${id};`).join(''));
    const answers = [];
    for (let index = 0; index < 3; index += 1) answers.push((await api.send('POST', '/todos', { body: { title: 'after' } })).status);
    expect(answers.at(-1)).toBe(201);
    expect(answers.every((status) => status === 201 || status === 503)).toBe(true);
    // As many as were acknowledged.
    expect(await api.list()).toHaveLength(1 + answers.filter((status) => status === 201).length);
    await service.stop();
  });

  test('more requests at once than connections wait for their turn', async () => {
    const service = await serve({ ...(await databases.migrated()), MYSQL_CONNECTIONS: '1' });
    const client = new LoadClient(service.port, 50);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => client.send('POST', '/todos', { title: String(index) })));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 201));
    client.close();
    await service.stop();
  });
});

describeWithServer('a database server that goes away', (databases) => {
  test('is told by the health check and by 503, and the service goes on', async () => {
    const service = await serve(await databases.migrated());
    const api = new ApiClient(service.url);
    await api.create({ title: 'kept' });
    const child = databases.server()?.child;
    child?.kill('SIGKILL');
    if (child) await once(child, 'exit');
    // The connections that were there are found to be gone one by one.
    const answers = [];
    for (let index = 0; index < 12; index += 1) answers.push(await api.send('GET', '/todos'));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 503));
    expect(answers.at(-1)).toMatchObject({ body: { code: 'DATABASE_UNAVAILABLE' } });
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('1');
    expect(JSON.stringify(answers.at(-1)?.body)).not.toMatch(/127\.0\.0\.1|ECONN/);
    expect(await api.send('GET', '/health')).toMatchObject({ status: 503, body: { status: 'failing', reason: 'unavailable' } });
    expect((await api.send('GET', '/')).status).toBe(200);
    expect((await service.stop()).code).toBe(0);
  });
});

/** Options of a server that takes TLS only, with a certificate of its own for `name`. */
function tlsServer(name: string): {
  readonly authorities: () => string;
  readonly options: () => readonly string[];
  readonly make: () => Promise<void>;
} {
  let folder = '';
  return {
    make: async () => {
      folder = temporaryFolder();
      const made = await generate([{ name: 'commonName', value: name }], {
        extensions: [
          { name: 'basicConstraints', cA: true },
          { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
        ],
      });
      writeFileSync(join(folder, 'certificate.pem'), made.cert);
      writeFileSync(join(folder, 'key.pem'), made.private);
    },
    authorities: () => join(folder, 'certificate.pem'),
    options: () => [
      '--require-secure-transport=ON',
      `--ssl-cert=${join(folder, 'certificate.pem')}`,
      `--ssl-key=${join(folder, 'key.pem')}`,
    ],
  };
}

describe('TLS to the database', () => {
  const own = tlsServer('localhost');
  const other = tlsServer('elsewhere.example');
  beforeAll(async () => {
    await own.make();
    await other.make();
  });

  describeWithServer(
    'a server whose certificate names it',
    (databases) => {
      test('is spoken to where the authorities are right, and not otherwise or without TLS', async () => {
        const settings = { ...databases.empty(), MYSQL_HOST: 'localhost' };
        const plain = await run(['migrate'], settings);
        expect(plain.code).toBe(3);
        const strangers = await run(['migrate'], { ...settings, MYSQL_TLS: 'rds' });
        expect(strangers.code).toBe(3);
        expect(strangers.stdout).toMatch(/self-signed|self signed|DEPTH_ZERO/i);
        expect(await run(['migrate'], { ...settings, MYSQL_TLS: 'ca', MYSQL_TLS_CA_FILE: own.authorities() })).toMatchObject({ code: 0 });
      });
    },
    own.options,
  );

  describeWithServer(
    'a server whose certificate names another',
    (databases) => {
      test('is not spoken to, though the authorities are right', async () => {
        const tls = { MYSQL_HOST: 'localhost', MYSQL_TLS: 'ca', MYSQL_TLS_CA_FILE: other.authorities() };
        const { code, stdout } = await run(['migrate'], { ...databases.empty(), ...tls });
        expect(code).toBe(3);
        expect(stdout).toContain('elsewhere.example');
      });
    },
    other.options,
  );
});
