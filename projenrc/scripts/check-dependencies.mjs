// Checks which package may depend on which: the arrows of ARCHITECTURE.md, as the manifests have them.
//
//   node projenrc/scripts/check-dependencies.mjs
//
// Lint refuses what a manifest does not declare; this refuses what a manifest must not declare. Exits 1 on any finding.
import { readFileSync } from 'node:fs';

/** Siblings that a package's sources may import, and those that only its tests may. A leaf imports nothing at all. */
const ALLOWED = {
  'capacity-core': { leaf: true },
  'event-schemas': { leaf: true },
  'cfn-response': { leaf: true },
  simulator: { uses: ['capacity-core', 'event-schemas'] },
  'capacity-lambda': { uses: ['capacity-core', 'event-schemas'], tests: ['simulator'] },
  'task-runner-lambda': { uses: ['cfn-response'], tests: ['simulator'] },
  cli: { uses: ['capacity-core', 'event-schemas', 'capacity-lambda', 'simulator', 'task-runner-lambda'] },
  // Carries the bundles of both functions; its users bring the CDK.
  constructs: { uses: [], tests: ['capacity-lambda', 'task-runner-lambda', 'simulator'], brings: ['aws-cdk-lib', 'constructs'] },
};

const read = (folder) => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8'));
const ours = new Map(workspaces.map((folder) => [read(folder).name, folder]));
const findings = [];

function siblingsIn(dependencies = {}) {
  return Object.keys(dependencies).filter((name) => ours.has(name));
}

/** Whether a name is that of a workspace which tests share: any test may use it, and nothing else. */
function isShared(name) {
  return ours.get(name).startsWith('projenrc/');
}

function refuse(folder, names, allowed, why) {
  for (const name of names) {
    if (!allowed.includes(name.split('/')[1])) findings.push(`${folder} ${why} ${name}`);
    if (ours.get(name).startsWith('apps/') && folder.startsWith('packages/')) findings.push(`${folder} depends on the app ${name}`);
  }
}

for (const folder of workspaces.filter((candidate) => candidate.startsWith('packages/'))) {
  const name = folder.split('/')[1];
  const allowed = ALLOWED[name];
  const manifest = read(folder);
  if (allowed === undefined) {
    findings.push(`${folder} is not in the list of check-dependencies.mjs`);
    continue;
  }
  const used = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  if (allowed.leaf && used.length > 0) findings.push(`${folder} is a leaf, but depends on ${used.join(', ')}`);
  refuse(folder, siblingsIn(manifest.dependencies), allowed.uses ?? [], 'must not depend on');
  const testedWith = siblingsIn(manifest.devDependencies).filter((sibling) => !isShared(sibling));
  refuse(folder, testedWith, allowed.tests ?? [], 'must not be tested with');
  const brought = Object.keys(manifest.peerDependencies ?? {}).filter((peer) => !(allowed.brings ?? []).includes(peer));
  if (brought.length > 0) findings.push(`${folder} must not ask its users for ${brought.join(', ')}`);
  for (const sdk of used.filter((dependency) => dependency.startsWith('aws-cdk')))
    findings.push(`${folder} depends on ${sdk}: two copies of the CDK do not mix`);
}
for (const folder of ours.values()) {
  const { private: isPrivate, dependencies, devDependencies } = read(folder);
  const shared = siblingsIn(dependencies).filter(isShared);
  if (folder.startsWith('apps/') && shared.length > 0) findings.push(`${folder} must not depend on ${shared.join(', ')}`);
  if (!folder.startsWith('projenrc/')) continue;
  if (!isPrivate) findings.push(`${folder} is not private`);
  const imported = siblingsIn({ ...dependencies, ...devDependencies });
  if (imported.length > 0) findings.push(`${folder} is shared by all tests, but depends on ${imported.join(', ')}`);
}
for (const finding of findings) console.error(finding);
console.log(`${Object.keys(ALLOWED).length} packages, ${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;
