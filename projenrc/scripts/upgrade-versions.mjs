// Raises the versions in projenrc/versions.ts as far as their major version goes, and says which have a newer major.
//
//   node projenrc/scripts/upgrade-versions.mjs
//
// Asks npm what is outdated, in every workspace, and writes versions.ts alone: "npx projen" and npm do the rest. Packages whose
// versions must go together, those of one scope with one version, are raised together or not at all.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const FILE = 'projenrc/versions.ts';

const { values } = parseArgs({ options: { outdated: { type: 'string' } } });

/** The newest version of each outdated package by its name; npm lists one that several workspaces use several times. */
function newestVersions() {
  const text = values.outdated === undefined ? askNpm() : readFileSync(values.outdated, 'utf8');
  return new Map(Object.entries(JSON.parse(text || '{}')).map(([name, found]) => [name, [found].flat()[0].latest]));
}

/** `npm outdated` ends with status 1 where something is. */
function askNpm() {
  const { stdout, stderr, status } = spawnSync('npm', ['outdated', '--json', '--workspaces', '--include-workspace-root'], {
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 1) throw new TypeError(`npm outdated failed: ${stderr}`);
  return stdout;
}

const PIN = /'((?:@[\w.-]+\/)?[\w.-]+)@([~^]?)(\d+\.\d+\.\d+)'/g;
const source = readFileSync(FILE, 'utf8');
const newest = newestVersions();

/** What holds a version together with others: its scope and number. */
const familyOf = (name, version) => (name.startsWith('@') ? `${name.split('/')[0]} ${version}` : name);

/** A family's newest versions, where some members lag behind others. */
const targets = new Map();
for (const [, name, , version] of source.matchAll(PIN)) {
  const family = familyOf(name, version);
  targets.set(family, new Set([...(targets.get(family) ?? []), newest.get(name) ?? version]));
}

const raised = [];
const left = [];
const upgraded = source.replace(PIN, (whole, name, prefix, version) => {
  const latest = newest.get(name);
  if (latest === undefined || latest === version) return whole;
  const together = targets.get(familyOf(name, version)).size === 1;
  if (!together || !isWithin(version, latest)) {
    left.push(`${name} ${version}: ${latest} ${together ? 'is another major version' : 'is not out for all that go with it'}`);
    return whole;
  }
  raised.push(`${name} ${version} -> ${latest}`);
  return `'${name}@${prefix}${latest}'`;
});

/** Whether the later version is later, and compatible by semantic versioning. */
function isWithin(version, latest) {
  if (!/^\d+\.\d+\.\d+$/.test(latest)) return false;
  const [major, minor, patch] = version.split('.').map(Number);
  const [newMajor, newMinor, newPatch] = latest.split('.').map(Number);
  if (newMajor !== major || newMinor < minor || (newMinor === minor && newPatch <= patch)) return false;
  return major > 0 || newMinor === minor;
}

if (upgraded !== source) writeFileSync(FILE, upgraded);
for (const line of raised) console.log(`raised ${line}`);
for (const line of left) console.log(`left   ${line}`);
console.log(`${raised.length} raised, ${left.length} left`);
