import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const app = join(__dirname, '..');
const repository = join(app, '..', '..');
const fixture = join(__dirname, 'fixtures', 'image');

/** Runs `cdk synth` as a machine would that has neither AWS credentials nor Docker. */
function synth(output: string, ...context: string[]) {
  const cdk = require.resolve('aws-cdk/bin/cdk');
  const flags = ['synth', '--quiet', '--output', output, '--no-notices', ...context.flatMap((pair) => ['-c', pair])];
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

/** The one image of the assembly: how it is built, and every file of the folder that it is built from. */
function stagedImage() {
  const { dockerImages } = JSON.parse(readFileSync(join(output, 'Todobackend.assets.json'), 'utf8'));
  const [image, ...others] = Object.values<{ source: { directory: string } }>(dockerImages);
  expect(others).toEqual([]);
  const directory = join(output, image?.source.directory ?? '');
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)));
  return { source: image?.source, files };
}

test('the stack is synthesised without credentials and without Docker; the image of the service is built when it is deployed', () => {
  const { status, stderr } = synth(output);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const { source, files } = stagedImage();
  expect(source).toMatchObject({ dockerFile: 'apps/todobackend/Dockerfile', platform: 'linux/amd64' });
  // What installing takes: the root's own files, and the manifest of each workspace that the lock file names.
  const manifests = globSync('{apps,packages,projenrc}/*/package.json', { cwd: repository });
  expect(manifests.length).toBeGreaterThan(8);
  const ofRoot = ['.npmrc', 'package.json', 'package-lock.json', 'tsconfig.base.json'];
  expect(files).toEqual(expect.arrayContaining([...ofRoot, ...manifests, 'apps/todobackend/Dockerfile']));
  // And of the service what is compiled and served, but nothing that was built or tested here: its tag stands for the sources.
  const others = files.filter((file) => ![...ofRoot, ...manifests].includes(file));
  expect(others.filter((file) => !/^apps\/todobackend\/(bin|src|static|Dockerfile$|tsconfig\.json$)/.test(file))).toEqual([]);
  expect(others).toEqual(expect.arrayContaining(['apps/todobackend/src/main.ts', 'apps/todobackend/bin/todobackend.js']));
});

test('another folder with a Dockerfile may stand in', () => {
  expect(synth(output, `imageDirectory=${fixture}`).status).toBe(0);
  expect(stagedImage().files).toEqual(['Dockerfile']);
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
