import { CHROMIUM, QUIET_FLAGS } from '@plimsoll/test-support';
import type { Browser, PuppeteerNode } from 'puppeteer-core';
import { temporaryFolder } from './temporary-folder.js';

/** Put there by `browser-environment.cjs`, which a test file names at its top. */
declare const puppeteer: PuppeteerNode;

/** Starts headless Chromium, which reaches nothing but `localhost`. */
export async function startBrowser(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: CHROMIUM,
    userDataDir: temporaryFolder(),
    args: [...QUIET_FLAGS, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'],
  });
}
