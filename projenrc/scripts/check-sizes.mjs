// Checks that no file is too long to be read at one sitting: 500 lines, whatever its language.
//
//   node projenrc/scripts/check-sizes.mjs
//
// Of what git tracks or would; generated files, data and drawings are not read. Lint refuses long sources too, but reads no documents.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const MOST_LINES = 500;
const READ = /\.(?:ts|mts|cts|js|mjs|cjs|md|sh|grit|css|html|ya?ml)$|^\.ci\/run$/;

/** Reports of what a whole package exports, and licences, are as long as they are. */
const NOT_READ = /\.api\.md$|^LICENSE/;

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
const files = [...new Set(tracked.trim().split('\n'))].filter((path) => READ.test(path) && !NOT_READ.test(path) && existsSync(path));
const findings = files.flatMap((path) => {
  const lines = readFileSync(path, 'utf8').split('\n').length - 1;
  return lines > MOST_LINES ? [`${path} has ${lines} lines, more than ${MOST_LINES}: split it`] : [];
});
for (const finding of findings) console.error(finding);
console.log(`${files.length} files, ${findings.length} findings`);
process.exitCode = findings.length > 0 || files.length === 0 ? 1 : 0;
