// Holds docs/reference to the code. What can be generated is: with --update it is written anew, else it must be what is there. What
// only a person can say is compared by name: each variable, code, metric and property of the code has a row, and each row has one of them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codesOf } from './reference/codes.mjs';
import { commandSections, describeProgram } from './reference/command-line.mjs';
import { literalsOf, wordsOf } from './reference/literals.mjs';
import { firstColumn, repeatedRows, sectionOf, withGenerated } from './reference/markdown.mjs';
import { interfaceTable } from './reference/properties.mjs';

const ROOT = join(import.meta.dirname, '../..');
process.chdir(ROOT);
const FOLDER = 'docs/reference';
const update = process.argv.includes('--update');
const problems = [];
const pages = new Map();

function page(name) {
  if (!pages.has(name)) pages.set(name, readFileSync(join(FOLDER, name), 'utf8'));
  return pages.get(name);
}

/** The same of SECURITY.md, whose sections are about one construct each. */
function compareActions(heading, globs) {
  const needed = wordsOf(/(?<=actions: \[[^\]]*')(?:[a-z]+):[A-Z]\w+(?=')/g, globs);
  const text = readFileSync('SECURITY.md', 'utf8');
  problems.push(...differences(text, heading, { needed }).map((problem) => `SECURITY.md, "${heading}" ${problem}`));
}

/** Notes where the first column of a section's tables and the code do not have the same names. */
function compare(name, heading, names) {
  problems.push(...differences(page(name), heading, names).map((problem) => `${name}, "${heading}" ${problem}`));
}

function differences(text, heading, { needed, possible = needed }) {
  const section = sectionOf(text, heading);
  if (section === undefined) return ['is no section: write it'];
  if (needed.size === 0) return ['has nothing in the code to be compared with: look where this script looks'];
  const documented = firstColumn(section);
  return [
    ...[...needed].filter((one) => !documented.has(one)).map((one) => `has no row for ${one}: add one`),
    ...[...documented].filter((one) => !possible.has(one)).map((one) => `has a row for ${one}, which the code has not: remove it`),
    ...[...repeatedRows(section)].map((one) => `has more than one row for ${one}: keep one`),
  ];
}

// A comparison that finds nothing must not go unnoticed: here is one thing too few, one too many and one twice, in the right section only.
const sample = '## a\n| `GONE`, `THERE` | x |\n| `THERE` | y |\n## b\n| `NEW` | x |\n';
const planted = differences(sample, 'a', { needed: new Set(['THERE', 'NEW']) });
if (planted.length !== 3) problems.push(`this script finds ${planted.length} of the 3 differences that are planted: repair it`);

const constructs = 'packages/constructs/src/**/*.ts';
const generated = {
  'command-line.md': { 'command-line': commandSections(await describeProgram(ROOT)) },
  'properties.md': {
    'cluster-capacity': interfaceTable(constructs, ['ClusterCapacityProps']),
    'scale-out': interfaceTable(constructs, ['ScaleOutProps']),
    'scale-in': interfaceTable(constructs, ['ScaleInProps']),
    'scale-in-patience': interfaceTable(constructs, ['ScaleInPatienceProps']),
    'host-type': interfaceTable(constructs, ['HostTypeProps']),
    'task-size': interfaceTable(constructs, ['TaskSizeProps', 'TaskSizeOptions']),
    'task-run': interfaceTable(constructs, [
      'TaskRunProps',
      'TaskRunNetworkProps',
      'TaskRunPlacementProps',
      'TaskRunTriggerProps',
      'TaskRunOutcomeProps',
    ]),
    'task-run-overrides': interfaceTable(constructs, ['TaskRunOverrides', 'TaskRunContainerOverride']),
  },
};
for (const [name, parts] of Object.entries(generated)) {
  const written = withGenerated(page(name), parts);
  for (const part of Object.keys(parts)) {
    if (!page(name).includes(`<!-- generated: ${part} -->`))
      problems.push(`${name} has no place for the generated part ${part}: add its marks`);
  }
  if (update) writeFileSync(join(FOLDER, name), written);
  else if (written !== page(name)) problems.push(`${name} is not what the code says: run npx projen reference:update`);
}

const VARIABLE = /\b(?:PLIMSOLL|AWS|POWERTOOLS)_[A-Z][A-Z_]*[A-Z]\b/g;
const sources = (workspace) => `${workspace}/src/**/*.ts`;
/** Read by libraries in the bundles, and so named in no source of ours. */
const BY_LIBRARIES = ['POWERTOOLS_LOG_LEVEL', 'AWS_ENDPOINT_URL_ECS', 'AWS_ENDPOINT_URL_CLOUDWATCH', 'AWS_ENDPOINT_URL_AUTO_SCALING'];
for (const [heading, workspace] of [
  ['The capacity function', 'packages/capacity-lambda'],
  ['The task runner', 'packages/task-runner-lambda'],
  ['The program plimsoll', 'packages/cli'],
]) {
  const needed = wordsOf(VARIABLE, sources(workspace));
  // Set for the SDK by the program itself, not by whoever calls it.
  needed.delete('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED');
  compare('environment.md', heading, { needed, possible: new Set([...needed, ...BY_LIBRARIES]) });
}
const settings = literalsOf(/^[A-Z][A-Z]*(_[A-Z]+)*$/, 'apps/todobackend/src/settings/*.ts');
compare('environment.md', 'The sample service', { needed: settings, possible: new Set([...settings, 'SECRETS_ROOT']) });
const product = wordsOf(VARIABLE, '{packages,apps}/*/src/**/*.ts');
const ofTests = wordsOf(/\bPLIMSOLL_[A-Z_]*[A-Z]\b/g, [
  '{packages,apps}/*/{test,benchmarks}/**/*.{ts,mjs}',
  'projenrc/test-support/src/**/*.ts',
  'projenrc/**/*.{ts,mjs}',
  '.ci/*',
]);
compare('environment.md', 'Tests and benchmarks', { needed: new Set([...ofTests].filter((name) => !product.has(name))) });

for (const workspace of [
  'packages/capacity-core',
  'packages/event-schemas',
  'packages/cfn-response',
  'packages/capacity-lambda',
  'packages/task-runner-lambda',
  'packages/constructs',
  'packages/simulator',
  'packages/cli',
  'apps/todobackend',
]) {
  const possible = literalsOf(/^[A-Z][A-Z0-9_]+$/, sources(workspace));
  for (const name of possible) possible.add(name.replace(/^FST_ERR_(CTP_)?/, ''));
  // Found in keys, and not as literals.
  for (const name of wordsOf(/FST_ERR_[A-Z_]+/g, sources(workspace))) possible.add(name.replace(/^FST_ERR_(CTP_)?/, ''));
  compare('error-codes.md', workspace.split('/')[1], { needed: codesOf(workspace), possible });
}

const lambdaMetrics = readFileSync('packages/capacity-lambda/src/capacity-metrics.ts', 'utf8');
compare('metrics.md', 'The metrics', {
  needed: new Set([...lambdaMetrics.matchAll(/^ {2}(\w+): '(?:Count|None|Seconds)',$/gm)].map(([, name]) => name)),
});

const { exports: subpaths } = JSON.parse(readFileSync('packages/event-schemas/package.json', 'utf8'));
const schemas = new Set(Object.keys(subpaths).filter((subpath) => subpath !== '.' && !/json$|\*/.test(subpath)));
compare('events.md', 'What can be parsed', { needed: schemas });
compare('events.md', 'Events of Amazon ECS', { needed: literalsOf(/^ECS [A-Z][A-Za-z ]+$/, 'packages/event-schemas/src/*.ts') });

const runnerShapes = ['read-properties', 'run-task-parameters'].map((name) =>
  readFileSync(`packages/task-runner-lambda/src/${name}.ts`, 'utf8'),
);
const runnerProperties = runnerShapes.flatMap((text) => [...text.matchAll(/^ {2,4}([A-Z]\w+): /gm)].map(([, name]) => name));
compare('properties.md', 'The custom resource of the task runner', { needed: new Set(runnerProperties) });
const taskRun = readFileSync('packages/constructs/src/task-run/task-run.ts', 'utf8');
compare('properties.md', 'Attributes of that resource', {
  needed: new Set([...taskRun.matchAll(/getAtt(?:String)?\('(\w+)'\)/g)].map(([, name]) => name)),
});

compareActions('The task runner', 'packages/constructs/src/task-run/*.ts');
compareActions('The capacity function', 'packages/constructs/src/cluster-capacity/*.ts');

for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0 ? `docs/reference: ${pages.size} pages agree with the code` : `docs/reference: ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
