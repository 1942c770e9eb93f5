// What the tarball holds.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ALWAYS = ['LICENSE', 'README.md', 'package.json'];

/** Everything that may be in a tarball; whatever else npm packs is a mistake. */
const ALLOWED = /^(?:LICENSE|README\.md|package\.json|lib\/(?:[\w-]+\/)*[\w-]+\.(?:js|js\.map|d\.ts)|schemas\/[\w-]+\.schema\.json)$/;
const REFUSED = /(?:^|\/)(?:test|tests|src|benchmarks|etc|node_modules)\/|\.test\.|\.test-d\.|tsbuildinfo/;

/** Paths in the tarball, without its leading folder. */
export function listFiles(tarball) {
  const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
  return listed.filter((path) => !path.endsWith('/')).map((path) => path.replace(/^package\//, ''));
}

/** One file's text. */
export function readPacked(tarball, path) {
  return execFileSync('tar', ['-xzOf', tarball, `package/${path}`], { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

/** Every subpath that can be imported: patterns are filled in with what the tarball holds. */
export function subpathsOf({ manifest, tarball }) {
  const files = listFiles(tarball);
  return Object.entries(manifest.exports).flatMap(([subpath, target]) => {
    if (!subpath.endsWith('/*')) return [subpath];
    const folder = target.slice(2, -1);
    return files.filter((file) => file.startsWith(folder)).map((file) => `${subpath.slice(0, -1)}${file.slice(folder.length)}`);
  });
}

/** Files that the manifest names. */
function namedFiles({ main, types, exports, bin }) {
  const named = [main, types, ...Object.values(bin ?? {})];
  for (const target of Object.values(exports)) named.push(...(typeof target === 'string' ? [target] : Object.values(target)));
  return named.filter((path) => path !== undefined && !path.includes('*')).map((path) => path.replace(/^\.\//, ''));
}

export function filesChecks(packed) {
  const { tarball, repository } = packed;
  const manifest = () => JSON.parse(readPacked(tarball, 'package.json'));
  return [
    [`holds ${ALWAYS.join(', ')}`, () => absent(tarball, ALWAYS)],
    ['holds every file its manifest names', () => absent(tarball, namedFiles(manifest()))],
    [
      'holds nothing else: no test, no source, no build information',
      () => listFiles(tarball).filter((path) => REFUSED.test(path) || !ALLOWED.test(path)),
    ],
    [
      'has no dependencies and no script that runs on installation',
      () => {
        const { scripts = {}, dependencies, optionalDependencies, peerDependencies } = manifest();
        const wanted = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
        return [...wanted, ...['preinstall', 'install', 'postinstall', 'prepare'].filter((name) => name in scripts)];
      },
    ],
    [
      'names no path of the machine it was packed on',
      () => listFiles(tarball).filter((path) => readPacked(tarball, path).includes(join(repository, 'packages'))),
    ],
  ];
}

function absent(tarball, expected) {
  const files = new Set(listFiles(tarball));
  return expected.filter((path) => !files.has(path)).map((path) => `${path} is absent`);
}
