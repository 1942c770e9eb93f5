// What the tarball holds.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ALWAYS = ['LICENSE', 'README.md', 'package.json'];

/** Everything that may be in a tarball; whatever else npm packs is a mistake. */
const ALLOWED = [
  /^(?:LICENSE|README\.md|package\.json)$/,
  /^lib\/(?:[\w-]+\/)*[\w-]+\.(?:js|js\.map|d\.ts)$/,
  /^schemas\/[\w-]+\.schema\.json$/,
  /^(?:bundle|assets\/[\w-]+)\/(?:index\.js|THIRD-PARTY-LICENSES\.txt)$/,
  /^bin\/[\w-]+\.js$/,
];
const REFUSED = /(?:^|\/)(?:test|tests|src|benchmarks|etc|node_modules)\/|\.test\.|\.test-d\.|tsbuildinfo/;

/** Most that a package may hold: half as much again as the largest does. Files, and bytes of the tarball and unpacked. */
const LIMITS = { files: 750, packedBytes: 750_000, unpackedBytes: 3_000_000 };

/** Paths in the tarball, without its leading folder. */
export function listFiles(tarball) {
  const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
  return listed.filter((path) => !path.endsWith('/')).map((path) => path.replace(/^package\//, ''));
}

/** Texts of the tarballs read so far, by path: unpacking one for each file would take longer than all checks of it. */
const texts = new Map();

function textsOf(tarball) {
  const known = texts.get(tarball);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-texts-'));
  try {
    execFileSync('tar', ['-xzf', tarball, '-C', folder]);
    const read = new Map(listFiles(tarball).map((path) => [path, readFileSync(join(folder, 'package', path), 'utf8')]));
    texts.set(tarball, read);
    return read;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One file's text. */
export function readPacked(tarball, path) {
  return textsOf(tarball).get(path);
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
  const { tarball } = packed;
  const manifest = () => JSON.parse(readPacked(tarball, 'package.json'));
  return [
    [`holds ${ALWAYS.join(', ')}`, () => absent(tarball, ALWAYS)],
    ['holds every file its manifest names', () => absent(tarball, namedFiles(manifest()))],
    ['holds something of all that "files" lists', () => emptyEntries(tarball, manifest())],
    [
      'holds nothing else: no test, no source, no build information',
      () => listFiles(tarball).filter((path) => REFUSED.test(path) || !ALLOWED.some((allowed) => allowed.test(path))),
    ],
    [
      `is within ${LIMITS.files} files, ${LIMITS.packedBytes / 1000} kB packed and ${LIMITS.unpackedBytes / 1000} kB unpacked`,
      () => sizesOver(tarball),
    ],
    ['has no script that runs on installation', () => scriptsOnInstallation(manifest())],
  ];
}

function absent(tarball, expected) {
  const files = new Set(listFiles(tarball));
  return expected.filter((path) => !files.has(path)).map((path) => `${path} is absent`);
}

/** npm leaves out in silence what is listed and was not made: a function that nobody bundled, say. */
function emptyEntries(tarball, { files = [] }) {
  const paths = listFiles(tarball);
  const listed = files.filter((entry) => !entry.startsWith('!'));
  return listed
    .filter((entry) => !paths.some((path) => path === entry || path.startsWith(`${entry}/`)))
    .map((entry) => `"files" lists ${entry}, of which there is nothing`);
}

function sizesOver(tarball) {
  const paths = listFiles(tarball);
  const sizes = {
    files: paths.length,
    packedBytes: statSync(tarball).size,
    unpackedBytes: paths.reduce((sum, path) => sum + Buffer.byteLength(readPacked(tarball, path)), 0),
  };
  return Object.keys(LIMITS)
    .filter((limit) => sizes[limit] > LIMITS[limit])
    .map((limit) => `${limit}: ${sizes[limit]} where ${LIMITS[limit]} is the most`);
}

function scriptsOnInstallation({ scripts = {} }) {
  return ['preinstall', 'install', 'postinstall', 'prepare'].filter((name) => name in scripts);
}

/** For a package that says so of itself. */
export function independenceChecks({ tarball }) {
  return [
    [
      'has no dependencies',
      () => {
        const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(readPacked(tarball, 'package.json'));
        return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
      },
    ],
  ];
}
