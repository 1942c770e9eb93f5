// Checks the tarball of the package in the working directory as someone who installs it meets it.
//
//   node ../../projenrc/scripts/check-packed.mjs [--install [--node-types]]
//
// --install is for a package without dependencies: it is installed by itself, imported, and compiled against, with --node-types
// beside Node's types, which its declarations name. Prints one line a check and a count; exits 1 on any failure, and when there is no
// tarball to check.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { filesChecks, independenceChecks } from './packed/files.mjs';
import { importChecks } from './packed/imports.mjs';
import { installChecks } from './packed/install.mjs';
import { leakChecks } from './packed/leaks.mjs';
import { linterChecks } from './packed/linters.mjs';
import { typeChecks } from './packed/types.mjs';

const FOLDER = 'dist/js';

/** Runs the checks in turn: `[name, () => problems]`, a problem being a line of text. */
async function run(checks) {
  let failed = 0;
  for (const [name, check] of checks) {
    const problems = await problemsOf(check);
    if (problems.length > 0) failed += 1;
    console.log(`${problems.length > 0 ? 'FAIL' : 'ok  '} ${name}`);
    for (const problem of problems) console.log(`       ${problem}`);
  }
  console.log(`${manifest.name}: ${checks.length - failed} of ${checks.length} checks of the tarball passed`);
  return checks.length > 0 && failed === 0;
}

async function problemsOf(check) {
  try {
    return await check();
  } catch (error) {
    return [String(error)];
  }
}

const { values: flags } = parseArgs({
  options: { install: { type: 'boolean', default: false }, 'node-types': { type: 'boolean', default: false } },
});
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const tarballs = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.tgz')) : [];
if (tarballs.length !== 1) {
  console.error(`${manifest.name}: ${tarballs.length} tarballs in ${FOLDER} where there must be 1: run "npx projen package"`);
  process.exit(1);
}

const home = mkdtempSync(join(tmpdir(), 'plimsoll-packed-'));
try {
  const packed = {
    manifest,
    tarball: resolve(FOLDER, tarballs[0]),
    home,
    repository: resolve('../..'),
    needsNodeTypes: flags['node-types'],
  };
  const installed = () => [...independenceChecks(packed), ...installChecks(packed), ...importChecks(packed), ...typeChecks(packed)];
  const checks = [...filesChecks(packed), ...leakChecks(packed), ...linterChecks(packed), ...(flags.install ? installed() : [])];
  process.exitCode = (await run(checks)) ? 0 : 1;
} finally {
  rmSync(home, { recursive: true });
}
