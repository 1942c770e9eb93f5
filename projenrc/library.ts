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
    this.addPackedCheck(options);
    new JsonFile(this, 'typedoc.json', {
      marker: false,
      obj: {
        extends: ['../../typedoc.base.json'],
        entryPoints: ['src/index.ts', ...(options.subpaths ?? []).map((subpath) => `src/${subpath}.ts`)],
      },
    });
  }

  /**
   * Runs this package's tests after another was compiled and bundled, which they import though it is no dependency: the other's own
   * tests depend on this package, and nx refuses a circle.
   */
  public testAfter(other: Workspace): this {
    const built = ['compile', 'bundle'].map((target) => ({ projects: [other.packageName], target }));
    this.manifest.nx = {
      targets: {
        test: {
          dependsOn: ['compile', '^compile', 'bundle', '^bundle', ...built],
          inputs: ['default', '^production', 'testEnvironment', `{workspaceRoot}/packages/${other.name}/src/**/*`],
        },
      },
    };
    return this;
  }

  /** Adds a task that runs the package's benchmarks, one after the other; they print ratios and are never cached. */
  public addBenchmarks(...commands: readonly string[]): this {
    const bench = this.addTask('bench', { description: 'Measure speed, size and error, as ratios within one run' });
    for (const command of commands) bench.exec(command, { receiveArgs: true });
    return this;
  }

  private addApiReport(): void {
    const script = 'node ../../projenrc/scripts/api-report.mjs';
    this.addTask('api', { description: 'Compare the API with its committed report', exec: script });
    this.addTask('api:update', { description: 'Write the report of the API into etc', exec: `${script} --update` });
  }

  private addPackedCheck({ deps = [], peerDeps = [], needsNodeTypes }: LibraryOptions): void {
    // What has dependencies could only be installed with a registry at hand, as the rehearsal of a release does.
    const installed = [...this.siblings, ...deps, ...peerDeps].length === 0;
    const flags = [...(installed ? ['--install'] : []), ...(needsNodeTypes ? ['--node-types'] : [])];
    this.addTask('packed', {
      description: installed
        ? 'Check the tarball, install it outside the repository, import it and compile against it'
        : 'Check the tarball: what it holds, and what is known to go wrong with published packages',
      exec: ['node ../../projenrc/scripts/check-packed.mjs', ...flags].join(' '),
    });
  }
}
