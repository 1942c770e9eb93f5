// Publishes the tarballs that prepare.mjs left, dependencies first.
//
//   node projenrc/scripts/release/publish.mjs [--from dist/release] [--provenance] [--registry URL]
//
// What the registry has already in this version is left as it is, so a run that broke off is simply repeated. Fails before the first
// upload where a tarball is missing or is not the one that was prepared, and where the registry has another in this version.
// Credentials are npm's own business.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: 'dist/release' },
    provenance: { type: 'boolean', default: false },
    registry: { type: 'string' },
  },
});
const registry = values.registry === undefined ? [] : ['--registry', values.registry];

/** The first npm that exchanges a workflow's identity for the right to publish: docs.npmjs.com/trusted-publishers. */
const LEAST_NPM = [11, 5, 1];

function isAtLeast(version, least) {
  const parts = version.split('.').map(Number);
  const differing = least.findIndex((part, index) => parts[index] !== part);
  return differing === -1 || parts[differing] > least[differing];
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function npm(args) {
  return spawnSync('npm', [...args, ...registry], { encoding: 'utf8' });
}

/** Why a tarball is not the one that was prepared; undefined where it is. */
function faultOf({ name, file, integrity }) {
  const path = join(values.from, file);
  if (!existsSync(path)) return `${name}: ${path} is missing: prepare the release again`;
  const digest = createHash('sha512').update(readFileSync(path)).digest('base64');
  return `sha512-${digest}` === integrity ? undefined : `${name}: ${path} is not what was prepared: prepare the release again`;
}

/** Integrity of what the registry has in this version; undefined where it has nothing. */
function publishedIntegrity({ name }) {
  const { status, stdout, stderr } = npm(['view', `${name}@${version}`, 'dist.integrity', '--json']);
  if (status === 0) return stdout.trim() === '' ? undefined : JSON.parse(stdout);
  if (`${stdout}${stderr}`.includes('E404')) return undefined;
  return fail(`${name}: cannot ask the registry: ${stderr.trim()}`);
}

const list = join(values.from, 'release.json');
if (!existsSync(list)) fail(`${list} is missing: prepare the release first`);
const { version, packages } = JSON.parse(readFileSync(list, 'utf8'));
if (values.provenance && !isAtLeast(npm(['--version']).stdout.trim(), LEAST_NPM))
  fail(`npm is older than ${LEAST_NPM.join('.')}: it cannot publish by trust`);
if (packages.length === 0) fail(`${list} names no package: prepare the release again, and look whether any workspace is published`);
const faults = packages.map(faultOf).filter((fault) => fault !== undefined);
if (faults.length > 0) fail(faults.join('\n'));

const registered = packages.map(publishedIntegrity);
const replaced = packages.filter(({ integrity }, index) => registered[index] !== undefined && registered[index] !== integrity);
// An earlier release got so far and no further, and left no tag: CONTRIBUTING.md, "Releasing", has the way out.
if (replaced.length > 0)
  fail(
    `${replaced.map(({ name }) => name).join(', ')}: ${version} is there with other contents: ` +
      `set the tag v${version} on the commit that it was made from, and release again`,
  );

// A prerelease must not become what `npm install` takes unasked.
const tag = version.includes('-') ? 'next' : 'latest';
for (const [index, { name, file }] of packages.entries()) {
  if (registered[index] === undefined) {
    const flags = ['--access', 'public', '--tag', tag, ...(values.provenance ? ['--provenance'] : [])];
    const { status, stderr } = npm(['publish', resolve(values.from, file), ...flags]);
    if (status !== 0) fail(`${name}: not published: ${stderr.trim()}`);
  }
  console.log(`${name}@${version} ${registered[index] === undefined ? 'published' : 'was there'}`);
}
