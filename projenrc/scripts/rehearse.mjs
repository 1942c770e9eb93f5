// Rehearses a release: finds the next version, makes the tarballs, publishes them to a registry on this machine, installs each
// package from there alone and uses it as its users do.
//
//   node projenrc/scripts/rehearse.mjs [--only NAME]... [--keep]
//
// Prints a line for each step of each package and exits 1 on any failure. --only checks some of the packages, by name without scope;
// all are published nonetheless. --keep leaves the folder with what was installed, and says where. Third-party packages come through
// the registry that this machine's npm is set to; nothing is published anywhere else.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { filesChecks, readPacked } from './packed/files.mjs';
import { importChecks } from './packed/imports.mjs';
import { registryInstallChecks } from './packed/install.mjs';
import { leakChecks } from './packed/leaks.mjs';
import { linterChecks } from './packed/linters.mjs';
import { typeChecks } from './packed/types.mjs';
import { Log } from './rehearsal/log.mjs';
import { startRegistry } from './rehearsal/registry.mjs';
import { ReleaseRehearsal } from './rehearsal/release.mjs';
import { usesOf } from './rehearsal/uses.mjs';

const REPOSITORY = process.cwd();

/** What a package's users bring. Declarations of others that are not clean are not ours to check. */
const BROUGHT = {
  constructs: { beside: ['aws-cdk-lib', 'constructs'], needsNodeTypes: true, skipLibCheck: true },
  'cfn-response': { needsNodeTypes: true },
  'capacity-lambda': { needsNodeTypes: true, skipLibCheck: true },
  'task-runner-lambda': { needsNodeTypes: true, skipLibCheck: true },
  simulator: { needsNodeTypes: true, skipLibCheck: true },
  cli: { needsNodeTypes: true, skipLibCheck: true },
};

const { values: flags } = parseArgs({ options: { only: { type: 'string', multiple: true }, keep: { type: 'boolean', default: false } } });
const home = mkdtempSync(join(tmpdir(), 'plimsoll-rehearsal-'));
const log = new Log();
let registry;

/** The steps of one package: name, and the checks that make it up. */
function stepsOf(packed) {
  return {
    contents: [...filesChecks(packed), ...leakChecks(packed)],
    linters: linterChecks(packed),
    installation: registryInstallChecks(packed),
    imports: importChecks(packed),
    types: typeChecks(packed),
    use: usesOf(packed),
  };
}

async function checkPackage(release, { name, file }) {
  const short = name.split('/')[1];
  const folder = join(home, 'projects', short);
  mkdirSync(folder, { recursive: true });
  const tarball = join(release.folder, file);
  const packed = {
    manifest: JSON.parse(readPacked(tarball, 'package.json')),
    tarball,
    home: folder,
    repository: REPOSITORY,
    env: registry.env,
    upstream: registry.upstream,
    siblings: release.names,
    version: release.version,
    ...BROUGHT[short],
  };
  for (const [step, checks] of Object.entries(stepsOf(packed))) await log.step(`${short}: ${step}`, checks);
}

try {
  const release = new ReleaseRehearsal(REPOSITORY, join(home, 'release'));
  await log.step('release: version and notes', release.planChecks());
  await log.step('release: tarballs', release.stageChecks());
  if (log.failed === 0) {
    registry = await startRegistry(home);
    await log.step('release: publication', release.publicationChecks(registry));
    const chosen = release.packages.filter(({ name }) => flags.only === undefined || flags.only.includes(name.split('/')[1]));
    for (const published of chosen) await checkPackage(release, published);
  }
} finally {
  await registry?.stop();
  if (flags.keep) console.log(`kept: ${home}`);
  else rmSync(home, { recursive: true });
}
console.log(log.summary());
process.exitCode = log.failed > 0 ? 1 : 0;
