import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { execPath } from 'node:process';

const SCRIPT = join(__dirname, '../benchmarks/policy-comparison.mjs');

describe('the page on policies', () => {
  it('has the figures that the program finds', () => {
    const { status, stdout, stderr } = spawnSync(execPath, [SCRIPT, '--check', 'deployments'], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  }, 120_000);
});
