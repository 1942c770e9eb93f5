import { Library, type LibraryOptions } from './library.ts';
import type { Monorepo } from './monorepo.ts';
import { versions } from './versions.ts';

/**
 * A published package that also carries its Lambda function as one bundled file.
 *
 * `src/handler.ts` becomes `bundle/index.js`: CommonJS, minified, SDK included.
 */
export class LambdaPackage extends Library {
  public constructor(root: Monorepo, options: LibraryOptions) {
    super(root, {
      ...options,
      subpaths: ['handler', ...(options.subpaths ?? [])],
      files: ['bundle', ...(options.files ?? [])],
      devDeps: [versions.esbuild, ...(options.devDeps ?? [])],
    });
    this.addTask('bundle', {
      description: 'Bundle the function into bundle/index.js',
      exec: 'node ../../projenrc/scripts/bundle-handler.mjs',
    });
    (this.manifest.exports as Record<string, unknown>)['./bundle'] = './bundle/index.js';
    this.gitignore.exclude('/bundle/');
  }
}
