import type { Monorepo } from './monorepo.ts';
import { Workspace, type WorkspaceOptions } from './workspace.ts';

/**
 * A private workspace under `projenrc/`: code that the tests and benchmarks of several workspaces share.
 *
 * It stands apart from `packages/`, so that nothing that releases, packs or documents packages need know of it. Whoever uses it names it in
 * `testSiblings`: lint then lets tests and benchmarks import it, and sources never.
 */
export class TestSupport extends Workspace {
  public constructor(root: Monorepo, options: WorkspaceOptions) {
    super(root, 'projenrc', options);
    this.manifest.private = true;
    delete this.manifest.files;
  }
}
