import { propertyParameters } from '@plimsoll/test-support';
import { assert, constantFrom, dictionary, property, string } from 'fast-check';
import { failure, success } from '../src/result.js';
import type { SettingSource } from '../src/settings/setting-reader.js';
import { readCollectStaticSettings, readMigrateSettings, readServeSettings } from '../src/settings/settings.js';

function source(environment: Record<string, string>, files: Record<string, string> = {}): SettingSource {
  // A path may be any text, `valueOf` as well.
  const texts = new Map(Object.entries(files));
  return {
    environment,
    readFile: (path) => {
      const text = texts.get(path);
      if (text === 'EACCES') return failure('EACCES');
      return text === undefined ? failure('absent') : success(text);
    },
  };
}

/** Names of the settings that are wrong. */
function wrong(environment: Record<string, string>, files: Record<string, string> = {}): string[] {
  const read = readServeSettings(source(environment, files));
  return read.ok ? [] : read.error.map((problem) => problem.name);
}

const MYSQL = { MYSQL_HOST: 'db.example.com', MYSQL_DATABASE: 'todos', MYSQL_USER: 'app', MYSQL_PASSWORD: 'secret-9' };

describe('settings', () => {
  test('nothing set: the embedded database, loopback names, no other origin, no proxy', () => {
    expect(readServeSettings(source({}))).toEqual(
      success({
        logLevel: 'info',
        database: { kind: 'sqlite', file: 'todobackend.sqlite' },
        host: '0.0.0.0',
        port: 8000,
        staticRoot: undefined,
        allowedHosts: ['localhost', '127.0.0.1', '[::1]'],
        corsOrigins: [],
        trustedProxies: [],
        bodyLimitBytes: 16_384,
        maxConnections: 1_000,
        rateLimitPerMinute: 0,
        stopSeconds: 25,
      }),
    );
  });

  test('MySQL from plain variables', () => {
    const read = readServeSettings(source(MYSQL));
    expect(read.ok && read.value.database).toEqual({
      kind: 'mysql',
      host: 'db.example.com',
      port: 3306,
      database: 'todos',
      user: 'app',
      password: 'secret-9',
      tls: { mode: 'off' },
      connections: 10,
    });
  });

  test.each([
    [
      'MYSQL_PASSWORD_FILE',
      { ...MYSQL, MYSQL_PASSWORD: undefined, MYSQL_PASSWORD_FILE: '/run/p' },
      { '/run/p': 'from a file \n' },
      'from a file ',
    ],
    [
      'SECRETS_ROOT, which wins',
      { ...MYSQL, SECRETS_ROOT: '/run/secrets/' },
      { '/run/secrets/MYSQL_PASSWORD': '$(id) `id` "\'' },
      '$(id) `id` "\'',
    ],
    [
      'MYSQL_SECRET as RDS writes it',
      { MYSQL_HOST: 'db', MYSQL_DATABASE: 'todos', MYSQL_SECRET: '{"username":"app","password":"json \\"quoted\\""}' },
      {},
      'json "quoted"',
    ],
    [
      'a file with the JSON of MYSQL_SECRET',
      { MYSQL_SECRET_FILE: '/s' },
      { '/s': '{"username":"app","password":"whole","host":"db","port":"3307","dbname":"todos","engine":"mysql"}' },
      'whole',
    ],
  ])('the password from %s', (_, environment, files, password) => {
    const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)) as Record<string, string>;
    const read = readMigrateSettings(source(given, files as unknown as Record<string, string>));
    expect(read).toMatchObject({ ok: true, value: { database: { kind: 'mysql', user: 'app', password } } });
  });

  test.each([
    ['half of MySQL, never falling back to a file', { MYSQL_HOST: 'db' }, ['MYSQL_DATABASE', 'MYSQL_USER', 'MYSQL_PASSWORD']],
    ['an empty variable', { MYSQL_HOST: '' }, ['MYSQL_HOST', 'MYSQL_DATABASE', 'MYSQL_USER', 'MYSQL_PASSWORD']],
    ['two databases', { ...MYSQL, SQLITE_FILE: 'x' }, ['SQLITE_FILE']],
    ['two passwords', { ...MYSQL, MYSQL_PASSWORD_FILE: '/p' }, ['MYSQL_PASSWORD']],
    ['a secret beside a password', { ...MYSQL, MYSQL_SECRET: '{"username":"a","password":"b"}' }, ['MYSQL_USER', 'MYSQL_PASSWORD']],
    ['a secret that is no JSON', { MYSQL_HOST: 'db', MYSQL_DATABASE: 'd', MYSQL_SECRET: 'username=a' }, ['MYSQL_SECRET']],
    ['a secret without password', { MYSQL_HOST: 'db', MYSQL_DATABASE: 'd', MYSQL_SECRET: '{"username":"a"}' }, ['MYSQL_SECRET']],
    ['a port that is none', { ...MYSQL, MYSQL_PORT: '0' }, ['MYSQL_PORT']],
    ['TLS by a word that is none', { ...MYSQL, MYSQL_TLS: 'on' }, ['MYSQL_TLS']],
    ['TLS to an address, which no certificate is checked against', { ...MYSQL, MYSQL_HOST: '10.0.0.1', MYSQL_TLS: 'rds' }, ['MYSQL_HOST']],
    ['TLS without authorities', { ...MYSQL, MYSQL_TLS: 'ca' }, ['MYSQL_TLS_CA_FILE']],
    ['a file that is not there', { ...MYSQL, MYSQL_TLS: 'ca', MYSQL_TLS_CA_FILE: '/absent' }, ['MYSQL_TLS_CA_FILE']],
    ['a listening name', { HOST: 'localhost' }, ['HOST']],
    ['a listening port', { PORT: '80a' }, ['PORT']],
    ['a host with a scheme', { ALLOWED_HOSTS: 'https://todo.example.com' }, ['ALLOWED_HOSTS']],
    ['an origin with a path', { CORS_ORIGINS: 'https://todobackend.com/specs' }, ['CORS_ORIGINS']],
    ['all origins and one', { CORS_ORIGINS: '*,https://todobackend.com' }, ['CORS_ORIGINS']],
    ['a proxy that is no address', { TRUSTED_PROXIES: '10.0.0.0/33' }, ['TRUSTED_PROXIES']],
    ['several at once', { PORT: '-1', STOP_SECONDS: '0', LOG_LEVEL: 'loud' }, ['LOG_LEVEL', 'PORT', 'STOP_SECONDS']],
  ])('refuses %s', (_, environment, names) => {
    expect(wrong(environment as Record<string, string>)).toEqual(names);
  });

  test('a password file that cannot be read is named, with the reason', () => {
    const read = readMigrateSettings(source({ MYSQL_PASSWORD_FILE: '/p' }, { '/p': 'EACCES' }));
    expect(read.ok ? [] : read.error.map((problem) => problem.message)).toContain(
      'MYSQL_PASSWORD_FILE names /p, which cannot be read (EACCES): mount the file, readable for the user of this process',
    );
  });

  test('RDS is always spoken to over TLS, unless told otherwise', () => {
    const host = 'todo.abc.eu-west-1.rds.amazonaws.com';
    const tls = (more: Record<string, string>) => readMigrateSettings(source({ ...MYSQL, MYSQL_HOST: host, ...more }));
    expect(tls({})).toMatchObject({ value: { database: { tls: { mode: 'rds' } } } });
    expect(tls({ MYSQL_TLS: 'off' })).toMatchObject({ value: { database: { tls: { mode: 'off' } } } });
  });

  test('collectstatic needs its folder and nothing of the database', () => {
    expect(readCollectStaticSettings(source({ MYSQL_HOST: '' }))).toMatchObject({ ok: false, error: [{ name: 'STATIC_ROOT' }] });
    expect(readCollectStaticSettings(source({ STATIC_ROOT: '/public/static' }))).toMatchObject({ ok: true });
  });

  test('whatever the environment holds, the settings are read or each problem names its variable and a remedy; no secret is told', () => {
    const names = constantFrom(
      ...['MYSQL_HOST', 'MYSQL_PORT', 'MYSQL_USER', 'MYSQL_SECRET', 'MYSQL_TLS', 'SQLITE_FILE', 'HOST', 'PORT', 'STATIC_ROOT'],
      ...[
        'ALLOWED_HOSTS',
        'CORS_ORIGINS',
        'TRUSTED_PROXIES',
        'BODY_LIMIT_BYTES',
        'STOP_SECONDS',
        'LOG_LEVEL',
        'SECRETS_ROOT',
        'MYSQL_USER_FILE',
      ],
    );
    void assert(
      property(dictionary(names, string()), string({ minLength: 8 }), (environment, password) => {
        const hidden = `<<${password}>>`;
        const read = readServeSettings(source({ ...environment, MYSQL_PASSWORD: hidden }));
        if (read.ok) return;
        for (const problem of read.error) {
          expect(problem.message).toMatch(/: /);
          expect(problem.message).toContain(problem.name.replace(/_FILE$/, ''));
          expect(problem.message).not.toContain(hidden);
        }
      }),
      propertyParameters(200),
    );
  });
});
