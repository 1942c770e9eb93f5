import { existsSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import { temporaryFolder } from './temporary-folder.js';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether a browser is there to test pages with. */
export const browserInstalled = existsSync(CHROMIUM);

/** Starts headless Chromium, which reaches nothing but `localhost`. */
export async function startBrowser(): Promise<Browser> {
  // Jest's own module loader takes no ES modules, which this one is: Node's own does.
  const nodeRequire = process.getBuiltinModule('node:module').createRequire(__filename);
  const { default: puppeteer } = nodeRequire('puppeteer-core') as typeof import('puppeteer-core', { with: { 'resolution-mode': 'import' }});
  return puppeteer.launch({
    executablePath: CHROMIUM,
    userDataDir: temporaryFolder(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
    ],
  });
}
