// Checks every link of the built site, prints how many there are and fails on one that leads nowhere.
//
//   node projenrc/scripts/check-site.mjs [FOLDER]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkLinks } from '../site/links.mjs';

/** Files of the repository and the folders they are in, as git lists them. */
function trackedFiles() {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { encoding: 'utf8' }).split('\0');
  return new Set(files.flatMap((file) => [file, ...file.split('/').map((_, depth, all) => all.slice(0, depth).join('/'))]));
}

const options = JSON.parse(readFileSync('typedoc.json', 'utf8'));
const repository = options.siteRepository.replace(/\/blob\/.*/, '');
const { counts, problems } = checkLinks(resolve(process.argv[2] ?? options.out), { repository, tracked: trackedFiles() });
for (const problem of problems) console.error(problem);
const all = counts.internal + counts.repository + counts.external;
console.log(
  `${all} links on ${counts.pages} pages: ${counts.internal} within the site, ${counts.repository} to the repository, ` +
    `${counts.external} elsewhere (form only); ${problems.length} broken`,
);
if (problems.length > 0 || all === 0) process.exitCode = 1;
