// Finds the next version and its notes from the tags and the conventional commits since the last one; changes nothing.
//
//   node projenrc/scripts/release/plan.mjs [--out FILE]
//
// FILE receives JSON: { version, previous, notes }. version is null where no commit since the last tag calls for a release.
// The first release, where there is no tag of one, is 0.1.0. nx tells on standard output what it found.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { releaseChangelog, releaseVersion } from 'nx/release';

const FIRST_VERSION = '0.1.0';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const tags = execFileSync('git', ['tag', '--list', 'v[0-9]*', '--merged', 'HEAD'], { encoding: 'utf8' }).split('\n');
// nx counts from releases alone: a tag of a prerelease is none.
const firstRelease = !tags.some((tag) => /^v\d+\.\d+\.\d+$/.test(tag));
const first = firstRelease ? { firstRelease, specifier: FIRST_VERSION } : {};

const { workspaceVersion: version, projectsVersionData: versionData } = await releaseVersion({ dryRun: true, ...first });
const planned = version ? await releaseChangelog({ dryRun: true, version, versionData, firstRelease }) : undefined;
const notes = planned?.workspaceChangelog?.contents ?? '';
const previous = firstRelease ? null : Object.values(versionData)[0].currentVersion;

if (version && notes.trim() === '') {
  console.error(`version ${version} has no notes: look at the commits since ${previous ?? 'the beginning'}`);
  process.exit(1);
}
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify({ version: version || null, previous, notes }, null, 2)}\n`);
console.log(version ? `next version: ${version}, after ${previous ?? 'none'}` : `nothing to release since ${previous}`);
