// How commits change the version, tried in a clone: plan.mjs with tags and commits made for the purpose.
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const AUTHOR = [
  '-c',
  'user.name=Rehearsal',
  '-c',
  'user.email=rehearsal@example.com',
  '-c',
  'commit.gpgsign=false',
  '-c',
  'tag.gpgsign=false',
];

/** Where the tag stands, what is committed after it, the version expected and what the notes must say. */
const TRIALS = [
  { tag: 'v0.1.0-rc.1', commits: ['fix(cli): one fault'], version: '0.1.0', notes: ['one fault'] },
  { tag: 'v0.4.2', commits: ['docs: a word'], version: null, notes: [] },
  {
    tag: 'v0.4.2',
    commits: ['fix(cli): one fault', 'feat(simulator): one feature'],
    version: '0.4.3',
    notes: ['one fault', '**simulator:** one feature'],
  },
  { tag: 'v0.4.2', commits: ['feat(cfn-response)!: another shape'], version: '0.5.0', notes: ['Breaking Changes', 'another shape'] },
  { tag: 'v1.4.2', commits: ['perf(cli): one digit faster'], version: '1.4.3', notes: ['Performance', 'faster'] },
  { tag: 'v1.4.2', commits: ['fix(cli): one fault', 'feat(cli): one feature'], version: '1.5.0', notes: ['Features', 'Fixes'] },
  { tag: 'v1.4.2', commits: ['feat(cli): one feature\n\nBREAKING CHANGE: all is new'], version: '2.0.0', notes: ['Breaking Changes'] },
];

/** Clones what is committed, with the scripts and settings as they are here. */
function cloneInto(home, repository) {
  const clone = join(home, 'clone');
  execFileSync('git', ['clone', '--quiet', '--no-tags', repository, clone], { stdio: 'pipe' });
  for (const path of ['nx.json', 'projenrc/scripts/release']) cpSync(join(repository, path), join(clone, path), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'));
  return clone;
}

function runTrial(repository, { tag, commits, version, notes }) {
  const home = mkdtempSync(join(tmpdir(), 'plimsoll-trial-'));
  try {
    const clone = cloneInto(home, repository);
    const git = (...args) => execFileSync('git', [...AUTHOR, ...args], { cwd: clone, stdio: 'pipe' });
    git('tag', tag);
    for (const [index, message] of commits.entries()) {
      appendFileSync(join(clone, 'packages/cli/README.md'), `${index}\n`);
      git('commit', '--quiet', '--message', message, 'packages/cli/README.md');
    }
    const out = join(home, 'plan.json');
    const env = { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: clone };
    execFileSync(process.execPath, ['projenrc/scripts/release/plan.mjs', '--out', out], {
      cwd: clone,
      env,
      stdio: 'pipe',
      encoding: 'utf8',
    });
    const plan = JSON.parse(readFileSync(out, 'utf8'));
    if (plan.version !== version) return [`version ${plan.version} where ${version} is right`];
    const absent = notes.filter((part) => !plan.notes.includes(part));
    return absent.length > 0 ? [`the notes lack ${absent.join(' and ')}: ${plan.notes}`] : [];
  } finally {
    rmSync(home, { recursive: true });
  }
}

export function trialsOfPlan(repository) {
  return TRIALS.map((trial) => [
    `${trial.commits.join(', ').split('\n')[0]} after ${trial.tag} makes ${trial.version ?? 'no release'}`,
    () => runTrial(repository, trial),
  ]);
}
