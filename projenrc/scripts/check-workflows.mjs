// Checks the GitHub workflows: every action GitHub's own and pinned to a commit with its version beside it, no right that is not listed
// here, and no machine but GitHub's.
//
//   node projenrc/scripts/check-workflows.mjs [folder]
//
// folder is .github/workflows unless given. Exits 1 on any finding.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What each job may do and why; a job that is absent here may not exist, and one with fewer rights is as wrong as one with more. */
const RIGHTS = {
  'build/build': { contents: 'read' },
  'docs/build': { contents: 'read' },
  // Pages takes a site from whom GitHub vouches for.
  'docs/deploy': { pages: 'write', 'id-token': 'write' },
  'release/prepare': { contents: 'read' },
  // npm takes packages from whom GitHub vouches for, and signs where they came from.
  'release/publish': { contents: 'read', 'id-token': 'write' },
  // A tag and its notes.
  'release/tag': { contents: 'write' },
  'title/title': {},
  'upgrade/upgrade': { contents: 'read' },
  // A branch and its pull request, out of a patch that was built without any right.
  'upgrade/propose': { contents: 'write', 'pull-requests': 'write' },
};

/** Events that run what a stranger wrote with this repository's rights. */
const REFUSED_EVENTS = ['pull_request_target', 'workflow_run', 'issue_comment'];

/** Where every job runs: a machine of GitHub's, new for each. */
const RUNNER = 'ubuntu-24.04';

/** Whose actions may be used; those of others run with a job's rights. */
const OWNER = /^actions\//;

/** Text that a stranger may choose: in a command it would be run. */
const EXPRESSION = /\$\{\{/;

const SECRET = /\$\{\{.*\bsecrets\b/;

const PINNED = /^\s*(?:- )?uses: "?([\w.-]+\/[\w./-]+)@([0-9a-f]{40})"? # v\d+\.\d+\.\d+$/;

function findingsOf(folder, file) {
  const text = readFileSync(join(folder, file), 'utf8');
  const workflow = parse(text);
  const name = file.replace(/\.ya?ml$/, '');
  const findings = [];
  for (const line of text.split('\n').filter((candidate) => /^\s*(?:- )?uses:/.test(candidate))) {
    if (!PINNED.test(line)) findings.push(`"${line.trim()}" is not pinned to a commit with its version as a comment`);
  }
  // Those that are written otherwise than on a line of their own are not seen above.
  for (const uses of actionsOf(workflow).filter((used) => !text.split('\n').some((line) => PINNED.exec(line)?.slice(1).join('@') === used)))
    findings.push(`"${uses}" is used, but on no line of its own with a commit and its version`);
  for (const uses of actionsOf(workflow).filter((used) => !OWNER.test(used))) findings.push(`"${uses}" is of others than GitHub`);
  // Wherever it stands: in a step's env or inputs, a job's, the workflow's.
  for (const line of text.split('\n').filter((candidate) => SECRET.test(candidate)))
    findings.push(`"${line.trim()}" uses a secret: there are none`);
  const events = typeof workflow.on === 'string' ? [workflow.on] : Array.isArray(workflow.on) ? workflow.on : Object.keys(workflow.on);
  for (const event of REFUSED_EVENTS.filter((refused) => events.includes(refused))) findings.push(`is run by ${event}`);
  if (JSON.stringify(workflow.permissions) !== '{}') findings.push('has rights of its own: "permissions: {}" belongs at its top');
  const jobs = Object.entries(workflow.jobs);
  return [...findings, ...jobs.flatMap(([id, job]) => jobFindings(`${name}/${id}`, job))];
}

/** Every action, and every workflow of others, that the jobs use. */
function actionsOf({ jobs }) {
  const used = Object.values(jobs).flatMap((job) => [job.uses, ...(job.steps ?? []).map((step) => step.uses)]);
  return [...new Set(used.filter((uses) => uses !== undefined))];
}

function jobFindings(path, job) {
  const findings = [];
  const expected = RIGHTS[path];
  if (expected === undefined) findings.push(`${path}: no rights are listed for it in check-workflows.mjs`);
  else if (canonical(job.permissions) !== canonical(expected))
    findings.push(`${path}: has the rights ${canonical(job.permissions)} where ${canonical(expected)} are listed`);
  if (job['runs-on'] !== RUNNER) findings.push(`${path}: runs on ${JSON.stringify(job['runs-on'])} where ${RUNNER} is meant`);
  if (!(job['timeout-minutes'] > 0)) findings.push(`${path}: has no timeout-minutes`);
  if (job.secrets !== undefined) findings.push(`${path}: hands on secrets`);
  for (const step of job.steps ?? []) findings.push(...stepFindings(step).map((finding) => `${path}: "${step.name}" ${finding}`));
  return findings;
}

function stepFindings({ name, run = '', uses = '', with: inputs = {} }) {
  return [
    ...(name === undefined ? ['has no name'] : []),
    ...(EXPRESSION.test(run) ? ['puts an expression into a command: give it by "env"'] : []),
    ...(/\bnpm (?:install|i|add)\b/.test(run) ? ['installs what no lock file says: use "npm ci"'] : []),
    ...(uses.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false
      ? ['leaves credentials: persist-credentials: false']
      : []),
  ];
}

function canonical(permissions) {
  return permissions === undefined ? 'nothing said' : JSON.stringify(Object.entries(permissions).sort());
}

const folder = process.argv[2] ?? '.github/workflows';
const files = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file));
const findings = files.flatMap((file) => findingsOf(folder, file).map((finding) => `${join(folder, file)}: ${finding}`));
const jobs = files.flatMap((file) =>
  Object.keys(parse(readFileSync(join(folder, file), 'utf8')).jobs).map((id) => `${file.replace(/\.ya?ml$/, '')}/${id}`),
);
// Read from a folder of planted faults, the list is not expected to be used up.
if (process.argv[2] === undefined)
  findings.push(
    ...Object.keys(RIGHTS)
      .filter((path) => !jobs.includes(path))
      .map((path) => `${path} is listed in check-workflows.mjs, but is no job`),
  );
for (const finding of findings) console.error(finding);
console.log(`${files.length} workflows, ${jobs.length} jobs, ${findings.length} findings`);
process.exitCode = findings.length > 0 || files.length === 0 ? 1 : 0;
