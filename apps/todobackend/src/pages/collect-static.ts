import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StaticFilesError } from '../todobackend-error.js';
import { releaseOf } from './page-files.js';

/** What `collectstatic` did. */
export interface CollectOutcome {
  /** Folder of this release below the static root. */
  readonly folder: string;
  /** Whether it was there already, whole. */
  readonly unchanged: boolean;
}

/**
 * Copies the page's files to a folder of their own below `staticRoot`, named after what they hold.
 *
 * It appears whole or not at all, and beside those of other releases, whose tasks may still serve from them.
 */
export function collectStatic(from: string, staticRoot: string): CollectOutcome {
  try {
    const release = releaseOf(from);
    const folder = join(staticRoot, release);
    if (isWhole(folder, release)) return { folder, unchanged: true };
    mkdirSync(staticRoot, { recursive: true });
    const fresh = join(staticRoot, `.${release}-${randomUUID()}`);
    try {
      cpSync(from, fresh, { recursive: true });
      return { folder, unchanged: !moveInto(fresh, folder, release) };
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StaticFilesError(
      `the files of the page cannot be copied to ${staticRoot}: ${reason}: make STATIC_ROOT writable for this user`,
      {
        cause,
      },
    );
  }
}

/** Puts a folder in its place; false where another process did so meanwhile. */
function moveInto(fresh: string, folder: string, release: string): boolean {
  if (existsSync(folder)) {
    const damaged = `${fresh}-damaged`;
    renameSync(folder, damaged);
    rmSync(damaged, { recursive: true, force: true });
  }
  try {
    renameSync(fresh, folder);
    return true;
  } catch (error) {
    if (isWhole(folder, release)) return false;
    throw error;
  }
}

function isWhole(folder: string, release: string): boolean {
  return existsSync(folder) && releaseOf(folder) === release;
}
