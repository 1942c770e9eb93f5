// Makes the tarballs of a release out of what `package` packed: the same files, with the manifest that is published.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dependenciesFirst, ManifestError, publishedManifest } from './manifest.mjs';

/** Workspaces that are published, dependencies first. */
export function publishedPackages(root) {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const all = workspaces.map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) }));
  const published = all.filter(({ manifest }) => !manifest.private);
  const hidden = new Set(all.filter(({ manifest }) => manifest.private).map(({ manifest }) => manifest.name));
  for (const { manifest } of published) {
    const wanted = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter((name) => hidden.has(name));
    if (wanted.length > 0) throw new ManifestError(`${manifest.name} depends on ${wanted.join(', ')}, which is never published`);
  }
  const order = dependenciesFirst(published.map(({ manifest }) => manifest));
  return order.map((name) => published.find(({ manifest }) => manifest.name === name));
}

/** The one tarball that `package` left in a workspace. */
function packedTarball(root, { folder, manifest }) {
  const packed = join(root, folder, 'dist/js');
  const tarballs = existsSync(packed) ? readdirSync(packed).filter((file) => file.endsWith('.tgz')) : [];
  if (tarballs.length === 1) return resolve(packed, tarballs[0]);
  throw new ManifestError(
    `${manifest.name}: ${tarballs.length} tarballs in ${folder}/dist/js where there must be 1: run its task "package"`,
  );
}

/** Writes every tarball and `release.json` into `out`; returns what that file says. */
export function stageRelease({ root, out, version }) {
  const packages = publishedPackages(root);
  const siblings = new Set(packages.map(({ manifest }) => manifest.name));
  const tarballs = packages.map((published) => packedTarball(root, published));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const staged = packages.map(({ manifest }, index) => stageOne({ tarball: tarballs[index], manifest, out, version, siblings }));
  const release = { version, packages: staged };
  writeFileSync(join(out, 'release.json'), `${JSON.stringify(release, null, 2)}\n`);
  return release;
}

function stageOne({ tarball, manifest, out, version, siblings }) {
  const home = mkdtempSync(join(tmpdir(), 'plimsoll-stage-'));
  try {
    execFileSync('tar', ['-xzf', tarball, '-C', home]);
    writeFileSync(join(home, 'package/package.json'), `${JSON.stringify(publishedManifest(manifest, { version, siblings }), null, 2)}\n`);
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', resolve(out)];
    const [packed] = Object.values(JSON.parse(execFileSync('npm', args, { cwd: join(home, 'package'), encoding: 'utf8', stdio: 'pipe' })));
    const digest = createHash('sha512')
      .update(readFileSync(join(out, packed.filename)))
      .digest('base64');
    return {
      name: manifest.name,
      file: packed.filename,
      integrity: `sha512-${digest}`,
      files: packed.entryCount,
      bytes: packed.unpackedSize,
    };
  } finally {
    rmSync(home, { recursive: true });
  }
}
