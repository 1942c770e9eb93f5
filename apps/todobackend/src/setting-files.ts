import { readFileSync } from 'node:fs';
import { failure, type Result, success } from './result.js';

/** Reads a file that a setting names. */
export function readSettingFile(path: string): Result<string, string> {
  try {
    return success(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    return failure(code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : code);
  }
}
