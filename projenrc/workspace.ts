import { relative } from 'node:path';
import { JsonFile, Project } from 'projen';
import { coverageSettings } from './coverage.ts';
import type { Monorepo } from './monorepo.ts';
import { ParentProjenrc } from './parent-projenrc.ts';
import { RELATIVE_IMPORTS } from './relative-imports.ts';
import { splitVersion, versions } from './versions.ts';

/** Tasks that projen gives every project; nx runs ours instead. */
const PROJEN_TASKS = ['default', 'eject', 'build', 'pre-compile', 'compile', 'post-compile', 'test', 'package'];

/** What every workspace, published or private, is told. */
export interface WorkspaceOptions {
  /** Folder name, and the package's name within the scope. */
  readonly name: string;
  /** One sentence, shown on npm. */
  readonly description: string;
  /** Packages of this repository that this one imports. */
  readonly siblings?: readonly Workspace[];
  /** Packages of this repository that only this one's tests import. */
  readonly testSiblings?: readonly Workspace[];
  /** Run-time dependencies, as `name@range` out of `versions.ts`. */
  readonly deps?: readonly string[];
  /** Dependencies of tests and benchmarks, as `name@range` out of `versions.ts`. */
  readonly devDeps?: readonly string[];
  /** What whoever uses the package brings, as `name@range`; the exact version tests run with is a development dependency. */
  readonly peerDeps?: readonly string[];
  /**
   * Whether the workspace uses the AWS CDK, whose own classes do not fit its interfaces under `exactOptionalPropertyTypes`.
   *
   * @default false
   */
  readonly usesCdk?: boolean;
  /** Commands the package installs: name to committed file. */
  readonly bin?: Readonly<Record<string, string>>;
  /** Files and folders published beside `lib` and `README.md`. */
  readonly files?: readonly string[];
  /** Subpath exports beside `.`, each the name of a file in `src`. */
  readonly subpaths?: readonly string[];
}

/**
 * One npm workspace: its `package.json`, TypeScript and jest configuration, and
 * the tasks nx runs.
 *
 * Built on projen's bare `Project`, not on `TypeScriptProject`: that would
 * install each workspace by itself and bring defaults that hide failures.
 */
export abstract class Workspace extends Project {
  /** Name with scope. */
  public readonly packageName: string;
  /** The packages of this repository that this one imports. */
  public readonly siblings: readonly Workspace[];
  /** The packages of this repository that only its tests import. */
  public readonly testSiblings: readonly Workspace[];
  /** Whether it is there for the tests of others alone. */
  public readonly isTestSupport: boolean;
  /** The generated `package.json`. */
  public readonly packageJson: JsonFile;
  /** Fields of `package.json`, open until synthesis. */
  protected readonly manifest: Record<string, unknown>;

  protected constructor(root: Monorepo, folder: 'packages' | 'apps' | 'projenrc', options: WorkspaceOptions) {
    super({ name: options.name, parent: root, outdir: `${folder}/${options.name}`, projenCommand: 'projen' });
    new ParentProjenrc(this);
    this.packageName = `${root.scope}/${options.name}`;
    this.siblings = options.siblings ?? [];
    this.testSiblings = options.testSiblings ?? [];
    this.isTestSupport = folder === 'projenrc';
    this.manifest = this.initialManifest(root, options);
    this.packageJson = new JsonFile(this, 'package.json', {
      obj: () => ({ ...this.manifest, scripts: this.scripts() }),
      readonly: false,
      marker: true,
    });
    this.addTypeScript(options.usesCdk ? { exactOptionalPropertyTypes: false } : {});
    this.addJest();
    this.addWorkspaceTasks();
    for (const ignored of ['/lib/', '/dist/', '/node_modules/', '/test-reports/', '*.tsbuildinfo']) this.gitignore.exclude(ignored);
    root.register(this);
  }

  private initialManifest(root: Monorepo, options: WorkspaceOptions): Record<string, unknown> {
    const rangeOf = (sibling: Workspace) => [sibling.packageName, '^0.0.0'] as const;
    const exported = ['.', ...(options.subpaths ?? []).map((subpath) => `./${subpath}`)];
    return {
      name: this.packageName,
      version: '0.0.0',
      description: options.description,
      license: 'Apache-2.0',
      repository: { type: 'git', url: `git+${root.repository}`, directory: relative(root.outdir, this.outdir) },
      engines: { node: '>= 20.19.0' },
      type: 'commonjs',
      main: 'lib/index.js',
      types: 'lib/index.d.ts',
      exports: {
        ...Object.fromEntries(
          exported.map((subpath) => {
            const file = subpath === '.' ? './lib/index' : `./lib/${subpath.slice(2)}`;
            return [subpath, { types: `${file}.d.ts`, default: `${file}.js` }];
          }),
        ),
        ...(options.files?.includes('schemas') ? { './schemas/*': './schemas/*' } : {}),
        './package.json': './package.json',
      },
      // For the module resolution of old, which knows nothing of `exports`; Node itself always does.
      typesVersions: options.subpaths && {
        '*': Object.fromEntries(options.subpaths.map((subpath) => [subpath, [`./lib/${subpath}.d.ts`]])),
      },
      bin: options.bin,
      files: ['lib', '!lib/**/*.tsbuildinfo', ...Object.values(options.bin ?? {}), ...(options.files ?? [])],
      dependencies: sorted([...this.siblings.map(rangeOf), ...(options.deps ?? []).map(splitVersion)]),
      peerDependencies: sorted((options.peerDeps ?? []).map(splitVersion)),
      devDependencies: sorted([
        ...this.testSiblings.map(rangeOf),
        splitVersion(versions.typescript),
        ...(options.devDeps ?? []).map(splitVersion),
      ]),
    };
  }

  private scripts(): Record<string, string> {
    return Object.fromEntries(this.tasks.all.map((task) => [task.name, `projen ${task.name}`]));
  }

  private addTypeScript(compilerOptions: Readonly<Record<string, unknown>>): void {
    new JsonFile(this, 'tsconfig.json', {
      obj: {
        extends: '../../tsconfig.base.json',
        compilerOptions: { rootDir: 'src', outDir: 'lib', tsBuildInfoFile: 'lib/tsconfig.tsbuildinfo', ...compilerOptions },
        include: ['src/**/*.ts'],
        // Tests import what siblings compiled: a build of this package builds those too.
        references: [...this.siblings, ...this.testSiblings]
          .filter((sibling) => !sibling.isTestSupport)
          .map((sibling) => ({ path: relative(this.outdir, sibling.outdir) })),
      },
    });
    new JsonFile(this, 'test/tsconfig.json', {
      obj: {
        extends: '../../../tsconfig.base.json',
        compilerOptions: {
          rootDir: '..',
          noEmit: true,
          composite: false,
          incremental: false,
          declaration: false,
          types: ['jest', 'node'],
          ...compilerOptions,
        },
        include: ['**/*.ts', '../src/**/*.ts', '../benchmarks/**/*.ts'],
      },
    });
  }

  private addJest(): void {
    new JsonFile(this, 'jest.config.json', {
      obj: {
        testEnvironment: 'node',
        testMatch: ['<rootDir>/test/**/*.test.ts'],
        transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false }] },
        moduleNameMapper: RELATIVE_IMPORTS,
        // A busy machine is no failure; what hangs still ends.
        testTimeout: 60_000,
        randomize: true,
        passWithNoTests: false,
        reporters: [
          'default',
          [
            'jest-junit',
            { outputDirectory: 'test-reports', outputName: 'junit.xml', reportTestSuiteErrors: 'true', suiteNameTemplate: '{filepath}' },
          ],
        ],
        ...coverageSettings(this.name),
      },
      marker: false,
    });
  }

  private addWorkspaceTasks(): void {
    for (const task of PROJEN_TASKS) this.tasks.removeTask(task);
    // No reference of the compiler's: an image is built from sources where there are no tests.
    const shared = this.testSiblings.filter((sibling) => sibling.isTestSupport).map((sibling) => relative(this.outdir, sibling.outdir));
    this.addTask('compile', {
      description: 'Compile src into lib',
      exec: ['tsc --build', ...(shared.length > 0 ? ['.', ...shared] : [])].join(' '),
    });
    const test = this.addTask('test', { description: 'Type-check and run the tests' });
    test.exec('tsc --project test/tsconfig.json');
    test.exec('jest --ci', { receiveArgs: true });
    this.addTask('lint', {
      description: 'Check style and the rules on dependencies',
      exec: 'biome check --error-on-warnings .',
      receiveArgs: true,
    });
  }
}

function sorted(pairs: ReadonlyArray<readonly [string, string]>): Record<string, string> | undefined {
  if (pairs.length === 0) return undefined;
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));
}
