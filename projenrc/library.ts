import { JsonFile, License } from 'projen';
import type { Monorepo } from './monorepo.ts';
import { addMutationTesting } from './mutation-testing.ts';
import { Workspace, type WorkspaceOptions } from './workspace.ts';

/** Options of a published package. */
export interface LibraryOptions extends WorkspaceOptions {
  /**
   * Whether lint forbids the package every import from outside itself, the clock and randomness.
   *
   * @default false
   */
  readonly pure?: boolean;
  /**
   * Whether the API of every subpath is compared with a report committed in `etc`.
   *
   * @default false
   */
  readonly apiReport?: boolean;
  /**
   * Whether the task `mutate` plants faults in the sources and counts those that the tests find.
   *
   * @default false
   */
  readonly mutated?: boolean;
  /**
   * Whether the declarations name types of Node.js, so that whoever compiles against them needs `@types/node`.
   *
   * @default false
   */
  readonly needsNodeTypes?: boolean;
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
    if (options.apiReport) this.addApiReport();
    if (options.mutated) addMutationTesting(this);
    // What has dependencies could only be installed with a registry at hand.
    if (this.siblings.length === 0 && (options.deps ?? []).length === 0) this.addPackedCheck(options.needsNodeTypes ?? false);
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

  private addApiReport(): void {
    const script = 'node ../../projenrc/scripts/api-report.mjs';
    this.addTask('api', { description: 'Compare the API with its committed report', exec: script });
    this.addTask('api:update', { description: 'Write the report of the API into etc', exec: `${script} --update` });
  }

  private addPackedCheck(needsNodeTypes: boolean): void {
    this.addTask('packed', {
      description: 'Install the tarball outside the repository, import it and compile against it',
      exec: `node ../../projenrc/scripts/check-packed.mjs${needsNodeTypes ? ' --node-types' : ''}`,
    });
  }
}
