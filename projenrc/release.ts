import { JsonFile } from 'projen';
import type { Monorepo } from './monorepo.ts';
import { splitVersion, versions } from './versions.ts';

/**
 * What `nx.json` says of releases: all packages in one version, from tags `v1.2.3` and conventional commits.
 *
 * nx finds the version and writes the notes; it changes no file, makes no commit and no tag.
 */
export const nxRelease = {
  projects: ['packages/*'],
  projectsRelationship: 'fixed',
  releaseTag: { pattern: 'v{version}' },
  conventionalCommits: {
    // One version for all: what a commit says counts whole, whichever package its scope names.
    useCommitScope: false,
    types: {
      feat: { semverBump: 'minor', changelog: { title: 'Features' } },
      fix: { semverBump: 'patch', changelog: { title: 'Fixes' } },
      perf: { semverBump: 'patch', changelog: { title: 'Performance' } },
    },
  },
  version: {
    conventionalCommits: true,
    versionActions: './projenrc/scripts/release/version-actions.cjs',
    git: { commit: false, tag: false, stageChanges: false },
  },
  changelog: {
    workspaceChangelog: {
      createRelease: false,
      // Names and addresses of authors would be looked up elsewhere.
      renderOptions: { authors: false, applyUsernameToAuthors: false, commitReferences: true, versionTitleDate: true },
    },
    projectChangelogs: false,
    git: { commit: false, tag: false, stageChanges: false },
  },
} as const;

/** Adds the tasks that prepare a release and rehearse it. */
export function addRelease(root: Monorepo): void {
  const pack = 'nx run-many --outputStyle=static --targets=package --projects=packages/*';
  const prepare = root.addTask('release:prepare', {
    description: 'Find the next version and write its tarballs and notes into dist/release; publishes nothing',
    exec: pack,
  });
  prepare.exec('node projenrc/scripts/release/prepare.mjs', { receiveArgs: true });
  const rehearse = root.addTask('rehearse', {
    description: 'Publish every package to a registry on this machine, install each from there and use it',
    exec: pack,
  });
  rehearse.exec('node projenrc/scripts/rehearse.mjs', { receiveArgs: true });
  root.tasks.tryFind('test:full')?.spawn(rehearse);
  const upgrade = root.addTask('upgrade:versions', {
    description: 'Raise the versions in projenrc/versions.ts within their major versions, and install them',
    exec: 'node projenrc/scripts/upgrade-versions.mjs',
  });
  if (root.defaultTask) upgrade.spawn(root.defaultTask);
  // What npm wrote may lack the binaries of another platform.
  upgrade.exec('npm install');
  root.gitignore.exclude('/dist/');
  addRegistry(root);
}

/** Where the registry of the rehearsal is installed, by a lock file of its own: nothing else needs its 321 packages. */
const REGISTRY = 'projenrc/scripts/rehearsal/registry';

function addRegistry(root: Monorepo): void {
  const [name, version] = splitVersion(versions.verdaccio);
  new JsonFile(root, `${REGISTRY}/package.json`, {
    obj: {
      name: 'rehearsal',
      description: 'The npm registry that releases are rehearsed against',
      private: true,
      engines: { node: '>= 24.0.0' },
      dependencies: { [name]: version },
      // Asked for by a tag that moves, where a lock file must not.
      overrides: { 'node-fetch': '2.7.0' },
    },
  });
}
