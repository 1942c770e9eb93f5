import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const app = join(__dirname, '..');
const fixture = join(__dirname, 'fixtures', 'image');

/** Runs `cdk synth` as a machine would that has neither AWS credentials nor Docker. */
function synth(output: string, ...context: string[]) {
  const cdk = require.resolve('aws-cdk/bin/cdk');
  const flags = [
    'synth',
    '--quiet',
    '--output',
    output,
    '--no-notices',
    '-c',
    `imageDirectory=${fixture}`,
    ...context.flatMap((pair) => ['-c', pair]),
  ];
  return spawnSync(process.execPath, [cdk, ...flags], {
    cwd: app,
    encoding: 'utf8',
    env: { PATH: join(process.execPath, '..'), HOME: output, AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
}

let output: string;
beforeEach(() => {
  output = mkdtempSync(join(tmpdir(), 'todobackend-'));
});
afterEach(() => rmSync(output, { recursive: true }));

test('the stack is synthesised without credentials and without Docker; its image is built when it is deployed', () => {
  const { status, stderr } = synth(output);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const assets = JSON.parse(readFileSync(join(output, 'Todobackend.assets.json'), 'utf8'));
  expect(Object.values(assets.dockerImages)).toHaveLength(1);
});

test('a configuration that is refused says why and exits with 2', () => {
  const { status, stderr } = synth(output, 'preset=large');
  expect(status).not.toBe(0);
  expect(stderr).toContain('preset is large: choose small or production');
  const { status: own } = spawnSync(process.execPath, [join(app, 'lib', 'main.js')], {
    encoding: 'utf8',
    env: { CDK_CONTEXT_JSON: JSON.stringify({ preset: 'large' }) },
  });
  expect(own).toBe(2);
});
