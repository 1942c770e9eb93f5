import type { Monorepo } from '../monorepo.ts';
import { actions } from './actions.ts';
import { checkout, installClients, installPackages, setUpNode, treeIsClean } from './steps.ts';
import { type Workflow, WorkflowFile } from './workflow-file.ts';

/** A value that GitHub puts in. Never in `run`, where it would be code. */
function value(expression: string): string {
  return `\${{ ${expression} }}`;
}

const READ = { contents: 'read' } as const;

/** Writes every workflow. What each job may do is checked by `projenrc/scripts/check-workflows.mjs`. */
export function addWorkflows(root: Monorepo): void {
  for (const workflow of [title, build, release, docs, upgrade]) new WorkflowFile(root, workflow);
}

/** Commit types of Conventional Commits, as the title of a pull request begins: it becomes the commit. */
const TITLE = '^(build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(\\([a-z0-9, -]+\\))?!?: .+';

const title: Workflow = {
  name: 'title',
  // Run again once the title is edited: a job that is only repeated sees the old one.
  on: { pull_request: { types: ['opened', 'edited', 'reopened', 'synchronize'] } },
  concurrency: { group: `title-${value('github.ref')}`, 'cancel-in-progress': true },
  jobs: {
    title: {
      permissions: {},
      'timeout-minutes': 2,
      steps: [
        {
          name: 'Is a conventional commit',
          env: { TITLE: value('github.event.pull_request.title'), PATTERN: TITLE },
          run: 'printf \'%s\\n\' "$TITLE" | grep -Eq "$PATTERN" || { echo "write the title as a conventional commit: fix(cli): ..."; exit 1; }',
        },
      ],
    },
  },
};

const build: Workflow = {
  name: 'build',
  on: { pull_request: {}, push: { branches: ['main'] }, workflow_dispatch: {} },
  // Each commit of main has a verdict of its own; of a pull request only the last one counts.
  concurrency: { group: `build-${value('github.event.pull_request.number || github.sha')}`, 'cancel-in-progress': true },
  jobs: {
    build: {
      permissions: READ,
      'timeout-minutes': 30,
      steps: [
        checkout(),
        setUpNode,
        installClients,
        installPackages,
        { name: 'Build', run: 'npx projen build' },
        treeIsClean,
        { name: 'Count the tests', if: 'always()', run: 'node projenrc/scripts/count-tests.mjs' },
      ],
    },
  },
};

/** Everything is tested and packed without any right; one job has the right to publish, another that to write a tag. */
const release: Workflow = {
  name: 'release',
  on: { workflow_dispatch: {} },
  concurrency: { group: 'release', 'cancel-in-progress': false },
  jobs: {
    prepare: {
      if: "github.ref == 'refs/heads/main'",
      permissions: READ,
      outputs: { version: value('steps.prepare.outputs.version') },
      'timeout-minutes': 120,
      steps: [
        checkout({ history: true }),
        setUpNode,
        installClients,
        installPackages,
        { name: 'Test everything and rehearse', run: 'npx projen test:full' },
        { name: 'Prepare', id: 'prepare', run: 'npx projen release:prepare' },
        treeIsClean,
        {
          name: 'Keep the tarballs',
          if: "steps.prepare.outputs.version != ''",
          uses: actions.uploadArtifact.uses,
          with: { name: 'release', path: 'dist/release', 'if-no-files-found': 'error' },
        },
      ],
    },
    publish: {
      needs: ['prepare'],
      if: "needs.prepare.outputs.version != ''",
      // npm trusts this workflow in this environment, and no other; there is no token to steal.
      environment: 'npm',
      permissions: { contents: 'read', 'id-token': 'write' },
      'timeout-minutes': 15,
      steps: [
        checkout(),
        setUpNode,
        { name: 'Fetch the tarballs', uses: actions.downloadArtifact.uses, with: { name: 'release', path: 'dist/release' } },
        { name: 'Publish', run: 'node projenrc/scripts/release/publish.mjs --provenance' },
      ],
    },
    tag: {
      needs: ['prepare', 'publish'],
      permissions: { contents: 'write' },
      'timeout-minutes': 5,
      steps: [
        { name: 'Fetch the tarballs', uses: actions.downloadArtifact.uses, with: { name: 'release', path: 'dist/release' } },
        {
          name: 'Tag, and publish the notes',
          env: { GH_TOKEN: value('github.token'), VERSION: value('needs.prepare.outputs.version') },
          // A release is a draft until its files are there: one that was broken off is made anew.
          // GitHub refuses to let this token tag a commit since which workflows have changed on main (github.com/cli/cli/issues/9514). A tag
          // that somebody has set by then is taken as it is.
          run: [
            'draft="$(gh release view "v$VERSION" --repo "$GITHUB_REPOSITORY" --json isDraft --jq .isDraft || true)"',
            '[ "$draft" = false ] && exit 0',
            'if [ "$draft" = true ]; then gh release delete "v$VERSION" --repo "$GITHUB_REPOSITORY" --yes; fi',
            'from="--target=$GITHUB_SHA"',
            'gh api --silent "repos/$GITHUB_REPOSITORY/git/ref/tags/v$VERSION" && from=--verify-tag',
            'gh release create "v$VERSION" dist/release/*.tgz --repo "$GITHUB_REPOSITORY" "$from" --title "$VERSION" --notes-file dist/release/NOTES.md && exit 0',
            'echo "::error::no release was made: set the tag v$VERSION on $GITHUB_SHA, push it, and run this job again"',
            'exit 1',
          ].join('\n'),
        },
      ],
    },
  },
};

const docs: Workflow = {
  name: 'docs',
  on: { push: { branches: ['main'] }, workflow_dispatch: {} },
  concurrency: { group: 'docs', 'cancel-in-progress': false },
  jobs: {
    build: {
      permissions: READ,
      'timeout-minutes': 20,
      steps: [
        checkout(),
        setUpNode,
        installPackages,
        { name: 'Build the site', run: 'npx projen docs' },
        treeIsClean,
        { name: 'Keep the site', uses: actions.uploadPages.uses, with: { path: 'docs/site' } },
      ],
    },
    deploy: {
      needs: ['build'],
      if: "github.ref == 'refs/heads/main'",
      environment: { name: 'github-pages', url: value('steps.deployment.outputs.page_url') },
      permissions: { pages: 'write', 'id-token': 'write' },
      'timeout-minutes': 10,
      steps: [{ name: 'Deploy', id: 'deployment', uses: actions.deployPages.uses }],
    },
  },
};

/** New versions run their installation scripts and tests without any right; what comes out of it is a patch that a second job proposes. */
const upgrade: Workflow = {
  name: 'upgrade',
  on: { schedule: [{ cron: '17 4 * * 1' }], workflow_dispatch: {} },
  concurrency: { group: 'upgrade', 'cancel-in-progress': false },
  jobs: {
    upgrade: {
      permissions: READ,
      outputs: { changed: value('steps.patch.outputs.changed') },
      'timeout-minutes': 60,
      steps: [
        checkout(),
        setUpNode,
        installClients,
        installPackages,
        { name: 'Upgrade', run: 'npx projen upgrade:versions' },
        { name: 'Build', run: 'npx projen build' },
        {
          name: 'Make a patch',
          id: 'patch',
          run: [
            'git add --all',
            'git diff --staged --binary > upgrade.patch',
            'if [ -s upgrade.patch ]; then echo "changed=true" >> "$GITHUB_OUTPUT"; fi',
          ].join('\n'),
        },
        {
          name: 'Keep the patch',
          if: "steps.patch.outputs.changed == 'true'",
          uses: actions.uploadArtifact.uses,
          with: { name: 'upgrade', path: 'upgrade.patch' },
        },
      ],
    },
    propose: {
      needs: ['upgrade'],
      if: "needs.upgrade.outputs.changed == 'true' && github.ref == 'refs/heads/main'",
      permissions: { contents: 'write', 'pull-requests': 'write' },
      'timeout-minutes': 5,
      steps: [
        checkout(),
        { name: 'Fetch the patch', uses: actions.downloadArtifact.uses, with: { name: 'upgrade' } },
        {
          name: 'Propose it',
          env: { GH_TOKEN: value('github.token') },
          run: [
            'git apply --index upgrade.patch',
            'if git diff --staged --name-only | grep -q "^\\.github/"; then echo "an upgrade changes no workflow"; exit 1; fi',
            'git config user.name "github-actions[bot]"',
            'git config user.email "41898282+github-actions[bot]@users.noreply.github.com"',
            'git commit --quiet --message "fix(deps): upgrade dependencies"',
            'git push --force "https://x-access-token:$GH_TOKEN@github.com/$GITHUB_REPOSITORY" HEAD:refs/heads/upgrade/dependencies',
            'gh pr view upgrade/dependencies --json state --jq .state | grep -qx OPEN || gh pr create --head upgrade/dependencies --title "fix(deps): upgrade dependencies" --body "Built and tested before it was proposed. Close and open it again to run the checks of a pull request."',
          ].join('\n'),
        },
      ],
    },
  },
};
