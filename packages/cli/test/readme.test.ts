import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DUMMY_AWS, PROGRAM } from './helpers/spawn-program.js';
import { temporaryFiles } from './helpers/temporary-files.js';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const files = temporaryFiles();

it('the example of the README prints what the README says', () => {
  const [, script = ''] = /```sh\n(.*?)```/s.exec(readme) ?? [];
  const [, printed] = /```text\n(.*?)```/s.exec(readme) ?? [];
  expect(script).toContain('plimsoll capacity');
  const shell = `plimsoll() { "${process.execPath}" "${PROGRAM}" "$@"; }\n${script}`;
  const ran = spawnSync('sh', ['-ec', shell], { cwd: files.path('.'), env: { ...DUMMY_AWS } });
  expect(ran.stderr.toString()).toBe('');
  expect(ran.stdout.toString()).toBe(printed);
});
