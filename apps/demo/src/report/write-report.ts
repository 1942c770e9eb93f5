import { writeFileSync } from 'node:fs';
import { DemoError } from '../demo-error.js';

/**
 * Writes the report.
 *
 * @throws {DemoError} when the file system refuses it
 */
export function writeReport(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new DemoError('REPORT_NOT_WRITTEN', `the report could not be written: ${error instanceof Error ? error.message : error}`);
  }
}
