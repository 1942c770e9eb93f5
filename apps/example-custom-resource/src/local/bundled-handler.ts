import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { CheckStack } from '../check-stack.js';

/** The function's code as a deployment would upload it. */
export interface BundledHandler {
  /** The one file. */
  readonly codePath: string;
  /** Removes it. */
  remove(): void;
}

/** Synthesises the stack, which bundles the function, and finds the bundle among its assets. */
export function bundledHandler(): BundledHandler {
  const outdir = mkdtempSync(join(tmpdir(), 'example-check-'));
  const app = new App({ outdir });
  new CheckStack(app, 'Local', { url: 'https://example.com/' });
  app.synth();
  const asset = readdirSync(outdir).find((name) => name.startsWith('asset.')) ?? '';
  return { codePath: join(outdir, asset, 'index.js'), remove: () => rmSync(outdir, { recursive: true }) };
}
