import { Library, type LibraryOptions } from './library.ts';
import type { Monorepo } from './monorepo.ts';
import { splitVersion, versions } from './versions.ts';
import type { Workspace } from './workspace.ts';

/** Options of a package of AWS CDK constructs. */
export interface ConstructLibraryOptions extends LibraryOptions {
  /** Packages whose bundled Lambda functions are published inside this one, and so imported by nothing at run time. */
  readonly bundles: readonly Workspace[];
}

/**
 * A published package of AWS CDK constructs.
 *
 * Its `bundle` task copies the siblings' bundled functions into `assets/<package>/`; the CDK comes from whoever uses it.
 */
export class ConstructLibrary extends Library {
  public constructor(root: Monorepo, options: ConstructLibraryOptions) {
    super(root, {
      ...options,
      usesCdk: true,
      testSiblings: [...options.bundles, ...(options.testSiblings ?? [])],
      files: ['assets', ...(options.files ?? [])],
      peerDeps: [versions.awsCdkLib, versions.constructs].map(asMinimum),
      devDeps: [versions.awsCdkLib, versions.constructs, versions.cdkNag, ...(options.devDeps ?? [])],
    });
    this.addTask('bundle', {
      description: 'Copy the bundled functions into assets',
      exec: `node ../../projenrc/scripts/copy-bundles.mjs ${options.bundles.map((bundle) => bundle.name).join(' ')}`,
    });
    this.manifest.nx = {
      targets: {
        bundle: {
          dependsOn: ['^bundle'],
          inputs: [{ dependentTasksOutputFiles: '**/bundle/*' }, '{workspaceRoot}/projenrc/scripts/copy-bundles.mjs'],
          outputs: ['{projectRoot}/assets'],
        },
      },
    };
    this.gitignore.exclude('/assets/', 'cdk.out/');
  }
}

/** The pinned version as the least one that is taken. */
function asMinimum(dependency: string): string {
  const [name, version] = splitVersion(dependency);
  return `${name}@^${version}`;
}
