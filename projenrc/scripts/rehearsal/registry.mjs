// A registry on loopback with storage of its own: our packages from here, all others through the registry of this machine.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainEnvironment } from '../packed/install.mjs';

const HERE = join(import.meta.dirname, 'registry');

/** Installs the server by its lock file, unless it is there already. */
function installServer() {
  const lock = readFileSync(join(HERE, 'package-lock.json'), 'utf8');
  const installed = join(HERE, 'node_modules/.rehearsal-lock');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: HERE, env: plainEnvironment(), stdio: 'pipe' });
  writeFileSync(installed, lock);
}

function npmSetting(name) {
  const value = execFileSync('npm', ['config', 'get', name], { env: plainEnvironment(), encoding: 'utf8', stdio: 'pipe' }).trim();
  return ['', 'null', 'undefined'].includes(value) ? undefined : value;
}

/**
 * Starts the registry below the folder `home`.
 *
 * @returns its address, the environment in which npm uses it and nothing of the user's, and how to stop it
 */
export async function startRegistry(home) {
  installServer();
  const storage = join(home, 'storage');
  mkdirSync(storage, { recursive: true });
  const authorities = npmSetting('cafile');
  const server = fork(join(import.meta.dirname, 'server.mjs'), [], {
    cwd: home,
    env: { ...plainEnvironment(), ...(authorities === undefined ? {} : { NODE_EXTRA_CA_CERTS: authorities }) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said = [];
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', (text) => said.push(text));
  const upstream = npmSetting('registry');
  server.send({ storage, upstream });
  const started = await Promise.race([once(server, 'message'), once(server, 'exit').then(() => undefined)]);
  if (started === undefined) throw new TypeError(`the registry did not start:\n${said.join('')}`);
  const url = `http://127.0.0.1:${started[0].port}/`;
  const settings = join(home, 'npmrc');
  const token = await addUser(url);
  const lines = [`registry=${url}`, `${url.slice('http:'.length)}:_authToken=${token}`, `cache=${join(home, 'cache')}`];
  writeFileSync(settings, `${[...lines, 'audit=false', 'fund=false', 'update-notifier=false'].join('\n')}\n`, { mode: 0o600 });
  return {
    url,
    env: { ...plainEnvironment(), NPM_CONFIG_USERCONFIG: settings },
    said: () => said.join(''),
    upstream,
    stop: async () => {
      if (server.exitCode !== null) return;
      server.disconnect();
      await once(server, 'exit');
    },
  };
}

/** The one user who may publish; its token opens nothing else. */
async function addUser(url) {
  const name = 'rehearsal';
  const response = await fetch(`${url}-/user/org.couchdb.user:${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: crypto.randomUUID() }),
  });
  const { token } = await response.json();
  if (!response.ok || token === undefined) throw new TypeError(`the registry answered ${response.status} to a new user`);
  return token;
}
