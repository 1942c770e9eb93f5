import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page's files as they are shipped with the program. */
export const SHIPPED_PAGE_FOLDER = join(__dirname, '..', '..', 'static');

/**
 * Names what a folder of plain files holds.
 *
 * @returns 16 hexadecimal digits; the same for the same names and contents, whatever their dates
 */
export function releaseOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    const content = readFileSync(join(folder, name));
    hash.update(`${name.length}:${name}:${content.length}:`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}
