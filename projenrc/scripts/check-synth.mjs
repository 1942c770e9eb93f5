// Checks that the generated files are what .projenrc.ts generates: writes them again, and compares the tree with what it was.
//
//   node projenrc/scripts/check-synth.mjs
//
// Changes that are not committed yet are no fault; a change that this made is. It installs nothing.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });

/** Contents of every file that git tracks or would, by path. */
function contents() {
  const paths = new Set(
    git('ls-files', '-z', '--cached', '--others', '--exclude-standard')
      .split('\0')
      .filter((path) => path !== ''),
  );
  return new Map(
    [...paths].map((path) => [path, existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'absent']),
  );
}

const before = contents();
execFileSync(process.execPath, ['.projenrc.ts'], { env: { ...process.env, PROJEN_DISABLE_POST: 'true' }, stdio: 'pipe' });
const after = contents();
const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
for (const path of changed) console.error(`${path} is not as .projenrc.ts generates it: change that instead, run "npx projen" and commit`);
console.log(`${after.size} files, ${changed.length} changed by "npx projen"`);
process.exitCode = changed.length > 0 ? 1 : 0;
