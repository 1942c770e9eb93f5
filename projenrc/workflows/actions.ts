/** An action of GitHub's marketplace: the commit it is pinned to, and the version whose tag names that commit. */
export interface Action {
  readonly uses: string;
  readonly version: string;
}

/**
 * Every action that a workflow may use. A commit was read from the tag in the action's own repository.
 *
 * Only GitHub's own: whatever else a job needs is a plain command.
 */
export const actions = {
  checkout: { uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1', version: 'v7.0.1' },
  setupNode: { uses: 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020', version: 'v7.0.0' },
  uploadArtifact: { uses: 'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f', version: 'v7.0.0' },
  downloadArtifact: { uses: 'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c', version: 'v8.0.1' },
  uploadPages: { uses: 'actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9', version: 'v5.0.0' },
  deployPages: { uses: 'actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128', version: 'v5.0.0' },
} as const satisfies Record<string, Action>;
