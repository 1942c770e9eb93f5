import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { STEPS } from '../src/scenario.js';

const MAIN = resolve(__dirname, '../lib/main.js');

function run(args: readonly string[]): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) => done({ status: Number(error?.code ?? 0), stdout, stderr }));
  });
}

describe('the demo, as a process', () => {
  test('publishes what the core says at every step, and writes its page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-demo-'));
    try {
      const page = join(folder, 'page.html');
      const { status, stdout, stderr } = await run(['--html', page]);
      expect({ status, stderr: stderr.split('\n').filter((line) => /differ|failed/.test(line)) }).toEqual({ status: 0, stderr: [] });
      expect(stdout).toContain(`${STEPS.length} steps: every published value is the core's own answer`);
      // The story's point: sums promise a worker, ECS itself has no room for it, and the published number is 0.
      expect(stdout).toMatch(/a worker is asked for\s+0\s+0\s.*no host has it\s+RESOURCE:/);
      expect(stdout).toMatch(/every host leaves\s+0\s+0\s+0\s+0\.00\s+0/);
      // The migration: once done, once refused, and told by the words a user of CloudFormation would read.
      expect(stdout).toMatch(/a migration of an empty database: CREATE_COMPLETE[^\n]*\n {2}the database lists: 1 create-todos\n/);
      expect(stdout).toMatch(/another history: ROLLBACK_COMPLETE.*container migrate exited with code 3;.*SCHEMA_DIVERGED/s);
      expect(readFileSync(page, 'utf8').match(/<tr/g)).toHaveLength(STEPS.length + 1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 90_000);

  test('an option it does not have ends with status 2 and one clear line', async () => {
    const { status, stderr } = await run(['--speed', '9']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^demo: .*--speed.*the only option is --html FILE\n$/s);
  });
});
