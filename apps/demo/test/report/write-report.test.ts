import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeReport } from '../../src/report/write-report.js';

const folder = mkdtempSync(join(tmpdir(), 'report-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the report is written', () => {
  const file = join(folder, 'demo.html');
  writeReport(file, '<!doctype html>');
  expect(readFileSync(file, 'utf8')).toBe('<!doctype html>');
});

test('a report that the file system refuses is told as such', () => {
  const missing = join(folder, 'gone', 'demo.html');
  expect(() => writeReport(missing, '')).toThrow(
    expect.objectContaining({ code: 'REPORT_NOT_WRITTEN', message: expect.stringMatching(/^the report could not be written: .*ENOENT/) }),
  );
});
