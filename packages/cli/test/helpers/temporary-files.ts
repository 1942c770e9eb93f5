import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files of one test file, removed after it. */
export function temporaryFiles(): { readonly write: (content: string | Uint8Array) => string; readonly path: (name: string) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-cli-'));
  let count = 0;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    write: (content) => {
      count += 1;
      const file = path(`input-${count}.json`);
      writeFileSync(file, content);
      return file;
    },
  };
}
