import type { Monorepo } from './monorepo.ts';
import { Workspace, type WorkspaceOptions } from './workspace.ts';

/** A private workspace under `apps/`: an example or a deployable, never published. */
export class App extends Workspace {
  public constructor(root: Monorepo, options: WorkspaceOptions) {
    super(root, 'apps', options);
    this.manifest.private = true;
    for (const field of ['main', 'types', 'exports', 'files']) delete this.manifest[field];
  }
}
