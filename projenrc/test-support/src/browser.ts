import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** The Chromium that tests drive: Debian's, unless `CHROMIUM_PATH` names another. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether it is there. */
export const browserInstalled = existsSync(CHROMIUM);

/** Flags that keep it from all it does of its own accord, and let it run as root. */
export const QUIET_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Who looks at the page. */
export interface BrowserOptions {
  /**
   * Whether the reader prefers a dark page.
   *
   * @default false
   */
  readonly dark?: boolean;
}

/** Opens a file in headless Chromium, with no network, and returns the document as the browser built it. */
export async function openInBrowser(file: string, { dark = false }: BrowserOptions = {}): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), 'plimsoll-browser-'));
  try {
    const { stdout } = await promisify(execFile)(
      CHROMIUM,
      [
        '--headless',
        ...QUIET_FLAGS,
        '--host-resolver-rules=MAP * ~NOTFOUND',
        ...(dark ? ['--blink-settings=preferredColorScheme=0'] : []),
        '--window-size=1200,900',
        `--user-data-dir=${profile}`,
        '--dump-dom',
        pathToFileURL(file).href,
      ],
      { timeout: 60_000, maxBuffer: 16 * 1024 * 1024 },
    );
    return stdout;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
