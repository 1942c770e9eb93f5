import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder } from './temporary-folder.js';

const SERVER = '/usr/sbin/mariadbd';

/** Whether a server of MySQL's kind is installed to test with. */
export const mariadbInstalled = existsSync(SERVER);

/** Small files that are never waited for: no test takes the power away, only processes. */
const FILES = ['--innodb-log-file-size=16M', '--innodb-buffer-pool-size=32M', '--innodb-flush-method=nosync'];

/** A database server of a test file's own. */
export interface Mariadb {
  readonly child: ChildProcess;
  readonly port: number;
  /** Makes an empty database, and returns the settings that name it and its own user. */
  readonly createDatabase: () => Record<string, string>;
  /** Runs statements as root, and returns what the client prints. */
  readonly sql: (statements: string) => string;
}

const servers: ChildProcess[] = [];

afterAll(async () => {
  for (const server of servers.splice(0)) {
    if (server.exitCode !== null || server.signalCode !== null) continue;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
});

const USER = `--user=${userInfo().username}`;

/** A data folder with nothing but the server's own tables; copied for each server of the test file. */
let template: string | undefined;

function install(): string {
  const data = join(temporaryFolder(), 'data');
  const options = [`--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...FILES];
  execFileSync('/usr/bin/mariadb-install-db', ['--no-defaults', USER, ...options], { stdio: 'ignore' });
  return data;
}

/** Starts a server on loopback, with its data in a temporary folder; it ends after the tests of the file. */
export async function startMariadb(options: readonly string[] = []): Promise<Mariadb> {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  template ??= install();
  cpSync(template, data, { recursive: true });
  const port = await freePort();
  const child = spawn(
    SERVER,
    ['--no-defaults', USER, `--datadir=${data}`, `--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1', ...FILES, ...options],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  servers.push(child);
  await ready(child);
  const sql = (statements: string): string =>
    execFileSync('/usr/bin/mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '--skip-column-names', '--batch'], {
      input: statements,
      encoding: 'utf8',
    });
  let databases = 0;
  return {
    child,
    port,
    sql,
    createDatabase: () => {
      databases += 1;
      const name = `todos_${databases}`;
      // The server's default character set is made one that cannot hold the titles of the tests: the table must name its own.
      sql(
        `create database ${name} character set latin1; create user ${name}@'127.0.0.1' identified by 'p@ss "word" ${databases}'; grant all on ${name}.* to ${name}@'127.0.0.1';`,
      );
      return {
        MYSQL_HOST: '127.0.0.1',
        MYSQL_PORT: String(port),
        MYSQL_DATABASE: name,
        MYSQL_USER: name,
        MYSQL_PASSWORD: `p@ss "word" ${databases}`,
      };
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Waits until the server says it takes connections. */
async function ready(child: ChildProcess): Promise<void> {
  const lines: string[] = [];
  if (child.stderr === null) return;
  const reader = createInterface({ input: child.stderr });
  await new Promise<void>((resolve, reject) => {
    reader.on('line', (line) => {
      lines.push(line);
      if (line.includes('ready for connections')) resolve();
    });
    reader.on('close', () => reject(new ServerEnded(lines.join('\n'))));
  });
}

/** The database server ended before it was ready. */
class ServerEnded extends Error {}
