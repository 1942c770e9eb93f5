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
  /**
   * Files outside the workspace that its tests read, as nx names them.
   *
   * @default none
   */
  readonly testInputs?: readonly string[];
  /**
   * Whether the tests start the compiled programs and import little of the sources, so that these need not be type-checked once more
   * with them.
   *
   * @default false
   */
  readonly testsStartPrograms?: boolean;
}

/** A private workspace under `apps/`: an example or a deployable, never published. */
export class App extends Workspace {
  public constructor(root: Monorepo, options: AppOptions) {
    super(root, 'apps', options);
    this.manifest.private = true;
    if (options.nodeRange !== undefined) this.manifest.engines = { node: options.nodeRange };
    if (options.testInputs !== undefined) {
      const inputs = ['default', '^production', 'testEnvironment', ...options.testInputs];
      this.manifest.nx = { targets: { test: { inputs } } };
    }
    if (options.testsStartPrograms) this.tryFindObjectFile('test/tsconfig.json')?.addOverride('include', ['**/*.ts']);
    for (const field of ['main', 'types', 'exports', 'files']) delete this.manifest[field];
  }
}
