import { existsSync } from 'node:fs';
import type { Browser, PuppeteerNode } from 'puppeteer-core';
import { temporaryFolder } from './temporary-folder.js';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether a browser is there to test pages with. */
export const browserInstalled = existsSync(CHROMIUM);

/** Put there by `browser-environment.cjs`, which a test file names at its top. */
declare const puppeteer: PuppeteerNode;

/** Starts headless Chromium, which reaches nothing but `localhost`. */
export async function startBrowser(): Promise<Browser> {
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
