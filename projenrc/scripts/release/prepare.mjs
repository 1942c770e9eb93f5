// Prepares a release: the next version by plan.mjs, every tarball, and the notes.
//
//   node projenrc/scripts/release/prepare.mjs [--out dist/release]
//
// Writes release.json, NOTES.md and one tarball a package. Where there is nothing to release it writes nothing and says so; in a
// GitHub workflow the output `version` is then empty.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stageRelease } from './stage.mjs';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist/release' } } });
const home = mkdtempSync(join(tmpdir(), 'plimsoll-plan-'));
try {
  const plan = join(home, 'plan.json');
  execFileSync(process.execPath, [join(import.meta.dirname, 'plan.mjs'), '--out', plan], { stdio: 'inherit' });
  const { version, notes } = JSON.parse(readFileSync(plan, 'utf8'));
  rmSync(values.out, { recursive: true, force: true });
  if (version !== null) {
    const { packages } = stageRelease({ root: '.', out: values.out, version });
    writeFileSync(join(values.out, 'NOTES.md'), notes);
    for (const { file, files, bytes } of packages) console.log(`${file}: ${files} files, ${bytes} bytes unpacked`);
  }
  if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `version=${version ?? ''}\n`);
} finally {
  rmSync(home, { recursive: true });
}
