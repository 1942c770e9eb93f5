import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type LocalEndpoint, startLocalEndpoint } from '@plimsoll/simulator';
import { capacityAnswer } from './helpers/answers.js';
import { runProgram } from './helpers/program.js';
import { collect, DUMMY_AWS, PROGRAM } from './helpers/spawn-program.js';
import { temporaryFiles } from './helpers/temporary-files.js';

const HOSTS = 101;
const aws = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'aws'))
  .find(isProgram);
const files = temporaryFiles();

// Needs the AWS CLI.
(aws === undefined ? describe.skip : describe)('an example as written, at the local endpoint', () => {
  let endpoint: LocalEndpoint;
  beforeAll(async () => {
    endpoint = await startLocalEndpoint();
    for (const clusterName of ['demo', 'empty']) endpoint.ecs('CreateCluster', { clusterName });
    for (let index = 0; index < HOSTS; index += 1) {
      endpoint.ecs('RegisterContainerInstance', {
        cluster: 'demo',
        totalResources: [
          { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
          { name: 'MEMORY', type: 'INTEGER', integerValue: 993 },
        ],
      });
    }
    mkdirSync(files.path('bin'));
    program('aws', `"${aws}" --endpoint-url "${endpoint.url}"`);
    program('plimsoll', `"${process.execPath}" "${PROGRAM}"`);
  });
  afterAll(() => endpoint.close());

  function program(name: string, command: string): void {
    const file = files.path(join('bin', name));
    writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`);
    chmodSync(file, 0o755);
  }

  async function shell(script: string): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
    const { PATH = '', ...env } = { ...DUMMY_AWS, ...endpoint.environment };
    const child = spawn('sh', ['-c', script], { cwd: files.path('.'), env: { ...env, PATH: `${files.path('bin')}${delimiter}${PATH}` } });
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
    const [status] = (await once(child, 'close')) as [number];
    return { status, stdout: stdout(), stderr: stderr() };
  }

  it('of the README describes a cluster of more than a hundred hosts for a snapshot', async () => {
    const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
    const example = readme.split('```').find((block) => block.includes('xargs')) ?? '';
    const ran = await shell(example);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(capacityAnswer(ran)).toMatchObject({ cluster: 'demo', hosts: { registered: HOSTS, eligible: HOSTS }, containerCapacity: HOSTS });
  });

  it('of --help does, too, through a pipe', async () => {
    const ran = await shell(await helpExample());
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(capacityAnswer(ran)).toMatchObject({ cluster: 'demo', hosts: { registered: HOSTS }, containerCapacity: 2 * HOSTS });
  });

  it('ends in one line for a cluster without hosts', async () => {
    const ran = await shell((await helpExample()).replaceAll('demo', 'empty'));
    expect(ran).toEqual({
      status: 2,
      stdout: '',
      stderr: 'plimsoll: standard input is empty: give what `aws ecs describe-container-instances` prints\n',
    });
  });
});

async function helpExample(): Promise<string> {
  const { stdout } = await runProgram(['capacity', '--help']);
  const [example = ''] = /^ {2}aws ecs list(?:.*\|\n)+.*$/m.exec(stdout) ?? [];
  return example;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
