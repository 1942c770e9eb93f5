// The manifest of a package as npm gets it: what its users need, with the version of the release.

/** Fields that are published; all others serve this repository alone. */
const PUBLISHED = [
  'name',
  'version',
  'description',
  'keywords',
  'license',
  'homepage',
  'bugs',
  'repository',
  'engines',
  'type',
  'main',
  'types',
  'exports',
  'typesVersions',
  'bin',
  'files',
  'dependencies',
  'peerDependencies',
  'publishConfig',
];

/** Fields known to be left out. */
const LEFT_OUT = ['devDependencies', 'scripts', 'nx', '//'];

/** A manifest that cannot be published, and why. */
export class ManifestError extends TypeError {
  code = 'MANIFEST';
}

/**
 * Makes the manifest to publish: the version of the release, siblings at `^` of the same version.
 *
 * All packages are released together, so the siblings' range begins at what the release was tested with.
 */
export function publishedManifest(manifest, { version, siblings }) {
  if (manifest.private) throw new ManifestError(`${manifest.name} is private: it must not be published`);
  const unknown = Object.keys(manifest).filter((field) => ![...PUBLISHED, ...LEFT_OUT].includes(field));
  if (unknown.length > 0)
    throw new ManifestError(`${manifest.name} has the fields ${unknown.join(', ')}: say here whether to publish them`);
  const withRanges = { ...manifest, version };
  for (const field of ['dependencies', 'peerDependencies']) {
    if (manifest[field] !== undefined) withRanges[field] = rangesOf(manifest, field, { version, siblings });
  }
  return Object.fromEntries(PUBLISHED.filter((field) => field in withRanges).map((field) => [field, withRanges[field]]));
}

function rangesOf(manifest, field, { version, siblings }) {
  return Object.fromEntries(
    Object.entries(manifest[field]).map(([name, range]) => {
      if (siblings.has(name)) return [name, `^${version}`];
      if (!/^[~^]?\d+\.\d+\.\d+$/.test(range)) throw new ManifestError(`${manifest.name} wants ${name}@${range}: pin it in versions.ts`);
      return [name, range];
    }),
  );
}

/** Names in an order in which each comes after the siblings it depends on. */
export function dependenciesFirst(manifests) {
  const byName = new Map(manifests.map((manifest) => [manifest.name, manifest]));
  const ordered = new Set();
  const visit = (name, above) => {
    if (above.includes(name)) throw new ManifestError(`${[...above, name].join(' > ')} is a circle`);
    for (const wanted of Object.keys(byName.get(name).dependencies ?? {})) if (byName.has(wanted)) visit(wanted, [...above, name]);
    ordered.add(name);
  };
  for (const name of [...byName.keys()].sort()) visit(name, []);
  return [...ordered];
}
