import { execFileSync } from 'node:child_process';
import { relative } from 'node:path';
import { JsonFile, javascript, TextFile, typescript } from 'projen';
import { addBiome } from './biome.ts';
import { addDocs } from './docs.ts';
import { addGates } from './gates.ts';
import { Library } from './library.ts';
import { addNx } from './nx.ts';
import { addProjectHabits } from './project-habits.ts';
import { addRelease } from './release.ts';
import { splitVersion, versions } from './versions.ts';
import { addWorkflows } from './workflows/index.ts';
import type { Workspace } from './workspace.ts';

/** Where random tests begin if nothing else is said. */
const ORDINARY_SEED = 20_260_101;

/** Options of the repository as a whole. */
export interface MonorepoOptions {
  /** Name of the root package, which is never published. */
  readonly name: string;
  /** npm scope of every workspace, with its `@`. */
  readonly scope: string;
  /** Address of the repository, as npm records it. */
  readonly repository: string;
}

/** The root: npm workspaces, one install, one lock file, nx over all of them. */
export class Monorepo extends javascript.NodeProject {
  /** npm scope of every workspace, with its `@`. */
  public readonly scope: string;
  /** Address of the repository, as npm records it. */
  public readonly repository: string;
  /** Workspaces in the order they were defined, dependencies first. */
  public readonly workspaces: Workspace[] = [];

  public constructor(options: MonorepoOptions) {
    super({
      name: options.name,
      description: 'Exact container capacity for Amazon ECS, and CloudFormation custom resources that always answer.',
      defaultReleaseBranch: 'main',
      packageManager: javascript.NodePackageManager.NPM,
      projenVersion: splitVersion(versions.projen)[1],
      constructsVersion: splitVersion(versions.constructs)[1],
      minNodeVersion: '20.19.0',
      workflowNodeVersion: '24',
      license: 'Apache-2.0',
      copyrightOwner: 'The Plimsoll authors',
      jest: false,
      release: false,
      depsUpgrade: false,
      npmignoreEnabled: false,
      projenrcJs: false,
      pullRequestTemplate: false,
      // The workflows are written by workflows/: least rights, and each action with its version.
      githubOptions: { pullRequestLint: false },
      buildWorkflow: false,
      autoMerge: false,
      allowScripts: ['node', 'esbuild', 'nx', 'unrs-resolver'],
      entrypoint: '',
      devDeps: [
        versions.node,
        versions.nx,
        versions.biome,
        versions.typescript,
        versions.typedoc,
        versions.mermaidTiny,
        versions.parse5,
        versions.puppeteerCore,
        versions.apiExtractor,
        versions.areTheTypesWrong,
        versions.publint,
        versions.jest,
        versions.jestTypes,
        versions.jestJunit,
        versions.strykerCore,
        versions.strykerJest,
        versions.tsJest,
        versions.nodeTypes,
        versions.yaml,
      ],
    });
    this.scope = options.scope;
    this.repository = options.repository;
    const projenrc = new typescript.ProjenrcTs(this, { runner: typescript.TypeScriptRunner.nodejs() });
    projenrc.tsconfig.file.addOverride('compilerOptions.allowImportingTsExtensions', true);
    this.configurePackage();
    this.addSharedConfiguration();
    addBiome(this);
    addNx(this);
    addDocs(this);
    this.addRootTasks();
    addProjectHabits(this);
    addGates(this);
    addRelease(this);
    addWorkflows(this);
    for (const ignored of ['/.nx/', '/demo.html']) this.gitignore.exclude(ignored);
  }

  /** Called by each workspace as it is defined. */
  public register(workspace: Workspace): void {
    this.workspaces.push(workspace);
  }

  /** The published packages. */
  public get libraries(): Library[] {
    return this.workspaces.filter((workspace) => workspace instanceof Library);
  }

  /** Installs once, at the root, when any workspace's `package.json` changed. */
  public override postSynthesize(): void {
    super.postSynthesize();
    if (this.workspaces.some((workspace) => workspace.packageJson.changed)) {
      execFileSync('npm', ['install'], { cwd: this.outdir, stdio: 'inherit' });
    }
  }

  private configurePackage(): void {
    this.package.addField('private', true);
    this.package.addField('type', 'module');
    this.package.addField('workspaces', () => this.workspaces.map((workspace) => relative(this.outdir, workspace.outdir)));
    this.package.addPackageResolutions(versions.unrsResolver);
    // Its script would compile what the package already ships; named, so that npm does not ask about it.
    this.package.file.addOverride('allowScripts.@parcel/watcher', false);
    // Registry addresses stay out of the lock file, whichever registry a machine uses. A script that `allowScripts` does not name is an
    // error: npm would only warn of it, and run it.
    new TextFile(this, '.npmrc', {
      lines: ['omit-lockfile-registry-resolved=true', 'strict-allow-scripts=true', 'fund=false', 'audit=false', ''],
    });
  }

  private addSharedConfiguration(): void {
    new JsonFile(this, 'tsconfig.base.json', {
      obj: {
        compilerOptions: {
          target: 'ES2023',
          lib: ['ES2023'],
          module: 'node20',
          types: ['node'],
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noImplicitOverride: true,
          noImplicitReturns: true,
          noFallthroughCasesInSwitch: true,
          noUnusedLocals: true,
          noUnusedParameters: true,
          isolatedModules: true,
          skipLibCheck: true,
          composite: true,
          declaration: true,
          stripInternal: true,
          sourceMap: true,
          inlineSources: true,
        },
      },
    });
  }

  private addRootTasks(): void {
    const run = 'nx run-many --outputStyle=static --targets';
    for (const phase of ['build', 'pre-compile', 'compile', 'post-compile', 'test', 'package']) this.tasks.removeTask(phase);
    const lint = this.addTask('lint', {
      description: 'Check style and the rules on dependencies, of everything',
      exec: 'biome check --error-on-warnings .',
    });
    lint.exec('node projenrc/scripts/check-lint-rules.mjs');
    // A target of the root alone: one process reads the tree once, where one for each workspace takes ten times as long.
    this.addTask('lint:all', { description: 'The same, for nx' }).spawn(lint);
    this.addTask('guards', {
      description: 'Plant faults in a package and make sure that the checks of APIs and tarballs find them',
      exec: 'node projenrc/scripts/check-guards.mjs',
    });
    const build = this.addTask('build', { description: 'Synthesise, compile, lint, test and pack every package, and the API site' });
    if (this.defaultTask) build.spawn(this.defaultTask);
    build.exec(`${run}=compile,bundle,lint:all,gates,guards,api,test,package,packed,commands,docs:api`);
    const compile = this.addTask('compile', { description: 'Compile and bundle every package', exec: `${run}=compile,bundle` });
    this.addTask('test', {
      description: 'Lint and test every package, check the documents and build the site, in ten minutes or so on two cores',
      // The same cases on every run, or what lands would hang on a draw; `test:full` draws anew. Projen keeps what is set outside.
      env: { PLIMSOLL_TEST_SEED: `$(node -p "process.env.PLIMSOLL_TEST_SEED || ${ORDINARY_SEED}")` },
      exec: `${run}=lint:all,gates,guards,api,test,packed,commands,docs:api`,
      receiveArgs: true,
    });
    this.addTask('test:full', {
      description: 'As test, with every property run longer, the largest clusters and a rehearsed release',
      env: { PLIMSOLL_TEST_LEVEL: 'full' },
      // At this length the tests keep a core busy each.
      exec: `${run}=lint:all,gates,guards,api,test,packed,commands,docs:api --parallel=2`,
    });
    this.addTask('api:update', { description: 'Write the committed API reports', exec: `${run}=api:update` });
    this.addTask('bench', {
      description: 'Run every benchmark; prints ratios and whether targets are met',
      exec: `${run}=bench --parallel=1`,
    });
    this.addTask('mutate', {
      description: 'Plant faults in the core packages and count those that their tests find; 90 % or better',
      exec: `${run}=mutate --parallel=1`,
      receiveArgs: true,
    });
    const demo = this.addTask('demo', { description: 'The reference deployment on this machine: deployed, used, scaled out and in' });
    demo.spawn(compile);
    demo.exec('node apps/demo/lib/main.js', { receiveArgs: true });
    for (const [verb, description] of [
      ['deploy', 'Deploy the reference application to the AWS account of your credentials; docs/deploying.md'],
      ['destroy', 'Delete the reference application; what is kept is said first'],
    ] as const) {
      const task = this.addTask(verb, { description });
      task.spawn(compile);
      task.exec(`node apps/todobackend-stack/lib/command/main.js ${verb}`, { receiveArgs: true });
    }
  }
}
