import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether a browser is there to test pages with. */
export const browserInstalled = existsSync(CHROMIUM);

/** Opens a file in headless Chromium, with no network, and returns the document as the browser built it. */
export async function openInBrowser(file: string, { isDark = false }: { readonly isDark?: boolean } = {}): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), 'plimsoll-browser-'));
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-gpu'];
  try {
    const { stdout } = await promisify(execFile)(
      CHROMIUM,
      [
        '--headless',
        '--no-sandbox',
        ...quiet,
        '--host-resolver-rules=MAP * ~NOTFOUND',
        ...(isDark ? ['--blink-settings=preferredColorScheme=0'] : []),
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
