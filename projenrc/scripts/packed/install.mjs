// Installation into an empty folder outside the repository.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The environment without what an npm that runs us has set: it would install into our own tree. */
export function plainEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|INIT_CWD$|NODE_PATH$|NODE_OPTIONS$)/i.test(name)));
}

export function installChecks({ manifest, tarball, home, repository }) {
  return [
    ['the folder to install into is outside the repository', () => (relative(repository, home).startsWith('..') ? [] : [home])],
    [
      'installs without a registry',
      () => {
        // Keeps npm from looking for a project in the folders above.
        writeFileSync(join(home, 'package.json'), '{"private":true}\n');
        const args = ['install', '--no-save', '--offline', '--no-audit', '--no-fund', tarball];
        execFileSync('npm', args, { cwd: home, env: plainEnvironment(), stdio: 'pipe', encoding: 'utf8' });
        return [];
      },
    ],
    [
      'installs itself alone',
      () => {
        const [scope] = manifest.name.split('/');
        const folders = readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'));
        const installed = folders.flatMap((name) =>
          name === scope ? readdirSync(join(home, 'node_modules', name)).map((inner) => `${name}/${inner}`) : [name],
        );
        return installed.length === 1 && installed[0] === manifest.name ? [] : [`installed: ${installed.join(', ') || 'nothing'}`];
      },
    ],
  ];
}

/**
 * Installation of one version from a registry that has everything.
 *
 * `env` is the environment in which npm uses that registry; `beside` is installed with it, as `name@range`.
 */
export function registryInstallChecks({ manifest, home, env, beside = [], siblings, version }) {
  return [
    [
      'installs from the registry',
      () => {
        writeFileSync(join(home, 'package.json'), '{"private":true}\n');
        execFileSync('npm', ['install', `${manifest.name}@${version}`, ...beside], { cwd: home, env, stdio: 'pipe', encoding: 'utf8' });
        return [];
      },
    ],
    [
      'installs itself and its siblings in this version, once, from the registry',
      () => {
        const { packages } = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8'));
        const ours = Object.entries(packages).filter(([path]) => siblings.has(path.slice(path.lastIndexOf('node_modules/') + 13)));
        const wrong = ours.filter(
          ([path, { version: found, resolved, link }]) =>
            path.indexOf('node_modules/') !== path.lastIndexOf('node_modules/') ||
            found !== version ||
            link ||
            !resolved?.startsWith('http://127.0.0.1'),
        );
        const names = new Set(ours.map(([path]) => path.slice('node_modules/'.length)));
        const expected = [manifest.name, ...Object.keys(manifest.dependencies ?? {}).filter((name) => siblings.has(name))];
        return [
          ...wrong.map(([path, { version: found, resolved }]) => `${path}: ${found} from ${resolved ?? 'elsewhere'}`),
          ...expected.filter((name) => !names.has(name)).map((name) => `${name} is absent`),
        ];
      },
    ],
  ];
}
