// Installation into an empty folder outside the repository.
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
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
