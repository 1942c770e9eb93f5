import type { Monorepo } from './monorepo.ts';
import { Workspace, type WorkspaceOptions } from './workspace.ts';

/** Options of a private workspace. */
export interface AppOptions extends WorkspaceOptions {
  /**
   * The oldest Node.js the app runs on, as a range.
   *
   * @default that of the published packages
   */
  readonly nodeRange?: string;
}

/** A private workspace under `apps/`: an example or a deployable, never published. */
export class App extends Workspace {
  public constructor(root: Monorepo, options: AppOptions) {
    super(root, 'apps', options);
    this.manifest.private = true;
    if (options.nodeRange !== undefined) this.manifest.engines = { node: options.nodeRange };
    for (const field of ['main', 'types', 'exports', 'files']) delete this.manifest[field];
  }
}
