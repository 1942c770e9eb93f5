import { JsonFile, License } from 'projen';
import type { Monorepo } from './monorepo.ts';
import { Workspace, type WorkspaceOptions } from './workspace.ts';

/** Options of a published package. */
export interface LibraryOptions extends WorkspaceOptions {
  /**
   * Whether lint forbids the package every import from outside itself, the clock and randomness.
   *
   * @default false
   */
  readonly pure?: boolean;
}

/** A package published to npm. */
export class Library extends Workspace {
  /** Whether the package may import nothing from outside itself. */
  public readonly pure: boolean;

  public constructor(root: Monorepo, options: LibraryOptions) {
    super(root, 'packages', options);
    this.pure = options.pure ?? false;
    new License(this, { spdx: 'Apache-2.0' });
    this.manifest.publishConfig = { access: 'public' };
    const pack = this.addTask('package', { description: 'Pack the tarball npm would publish into dist/js' });
    pack.exec('rm -rf dist/js && mkdir -p dist/js');
    pack.exec('npm pack --silent --pack-destination dist/js');
    new JsonFile(this, 'typedoc.json', {
      marker: false,
      obj: {
        extends: ['../../typedoc.base.json'],
        entryPoints: ['src/index.ts', ...(options.subpaths ?? []).map((subpath) => `src/${subpath}.ts`)],
      },
    });
  }

  /** Adds a task that runs the package's benchmarks; they print ratios and are never cached. */
  public addBenchmarks(command: string): this {
    this.addTask('bench', { description: 'Measure speed and size, as ratios within one run', exec: command, receiveArgs: true });
    return this;
  }
}
