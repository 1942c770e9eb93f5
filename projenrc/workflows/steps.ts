import { actions } from './actions.ts';

/** Steps that several workflows share. */
type Step = Readonly<Record<string, unknown>>;

/** The sources, with no credentials left behind; `history` brings every commit and tag. */
export function checkout({ history = false }: { readonly history?: boolean } = {}): Step {
  return {
    name: 'Check out',
    uses: actions.checkout.uses,
    with: { 'persist-credentials': false, ...(history ? { 'fetch-depth': 0 } : {}) },
  };
}

/** Node.js, its packages cached by nobody: a cache is shared between branches. */
export const setUpNode: Step = {
  name: 'Set up Node.js',
  uses: actions.setupNode.uses,
  with: { 'node-version': '24', 'package-manager-cache': false },
};

/** What the lock file says, to the byte. */
export const installPackages: Step = { name: 'Install packages', run: 'npm ci' };

/** Programs that some tests drive; without them those tests are skipped. The runner has the aws CLI and a browser. */
export const installClients: Step = {
  name: 'Install the clients that tests drive',
  run: [
    'sudo apt-get update -qq',
    'sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-boto3 mariadb-server-core mariadb-client-core',
    'command -v chromium || sudo ln -s "$(command -v google-chrome)" /usr/bin/chromium',
    'aws --version',
  ].join('\n'),
};

/** Fails where the steps before it changed a file or left one. */
export const treeIsClean: Step = {
  name: 'The tree is as it was',
  run: 'git status --porcelain\ntest -z "$(git status --porcelain)" || { git diff | head -n 200; exit 1; }',
};
