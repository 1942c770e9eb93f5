import { join } from 'node:path';
import { Architecture, Code, Runtime } from 'aws-cdk-lib/aws-lambda';

/** The functions that this package carries, by the package each was bundled from. */
export type BundledFunction = 'capacity-lambda' | 'task-runner-lambda';

/** How the bundled functions are run: one CommonJS file for Node.js 24, with nothing native in it. */
export const BUNDLE_RUNTIME = { runtime: Runtime.NODEJS_24_X, architecture: Architecture.ARM_64, handler: 'index.handler' };

/** The code of a bundled function, as an asset of the app. */
export function bundledCode(name: BundledFunction): Code {
  return Code.fromAsset(join(__dirname, '..', 'assets', name));
}
