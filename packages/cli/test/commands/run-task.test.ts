import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { type LocalEndpoint, startLocalEndpoint } from '@plimsoll/simulator';
import { schemaErrors } from '../helpers/schemas.js';
import { collect, DUMMY_AWS, PROGRAM, spawnProgram, startProgram } from '../helpers/spawn-program.js';
import { temporaryFiles } from '../helpers/temporary-files.js';

const files = temporaryFiles();
let endpoint: LocalEndpoint;
let env: Readonly<Record<string, string>>;

const LOG = { logDriver: 'awslogs', options: { 'awslogs-group': 'jobs', 'awslogs-stream-prefix': 'run' } };

beforeAll(async () => {
  endpoint = await startLocalEndpoint({ containers: { processes: true } });
  env = { ...DUMMY_AWS, ...endpoint.environment };
  endpoint.ecs('CreateCluster', { clusterName: 'demo' });
  endpoint.ecs('RegisterContainerInstance', {
    cluster: 'demo',
    totalResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 100_000 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 100_000 },
    ],
  });
});
afterAll(() => endpoint.close());

/** Registers a task definition whose one container runs a shell script. */
function define(family: string, script: string, ...others: readonly string[]): void {
  const names = ['main', ...others];
  endpoint.ecs('RegisterTaskDefinition', {
    family,
    cpu: '64',
    memory: '64',
    containerDefinitions: names.map((name) => ({
      name,
      image: 'none',
      entryPoint: ['/bin/sh', '-c'],
      command: [script],
      logConfiguration: LOG,
    })),
  });
}

const runTask = (...argv: string[]) => spawnProgram(['run-task', '--cluster', 'demo', ...argv], { env });

describe('plimsoll run-task, as a process', () => {
  it('ends with the exit code of the container, its log on standard output', async () => {
    define('three', 'echo one; echo two; exit 3');
    const ran = await runTask('--task-definition', 'three');
    expect(ran).toMatchObject({ status: 3, stdout: 'one\ntwo\n' });
    expect(ran.stderr).toMatch(/^plimsoll: task \w+ is placed\n/);
    expect(ran.stderr).toMatch(/plimsoll: container main exited with code 3; Essential container in task exited\n$/);
  });

  it('ends with 0 where the container does, and gives JSON that its schema allows', async () => {
    define('fine', 'echo "$GREETING"');
    const overrides = files.write(
      JSON.stringify({ containerOverrides: [{ name: 'main', environment: [{ name: 'GREETING', value: 'ahoy' }] }] }),
    );
    const ran = await runTask('--task-definition', 'fine', '--overrides', `file://${overrides}`, '--json');
    expect(ran.status).toBe(0);
    const report = JSON.parse(ran.stdout);
    expect(schemaErrors('run-task', report)).toEqual([]);
    expect(report).toMatchObject({ success: true, exitCode: 0, container: 'main', logGroup: 'jobs', stopCode: 'EssentialContainerExited' });
    expect(ran.stderr).toContain('ahoy\n');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('stops the task on %s, and waits for its end', async (signal) => {
    define('slow', 'trap "echo stopping; exit 7" TERM; echo ready; while true; do sleep 0.1; done');
    const child = startProgram(['run-task', '--cluster', 'demo', '--task-definition', 'slow'], env);
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
    for await (const chunk of child.stdout ?? []) if (String(chunk).includes('ready')) break;
    child.kill(signal);
    const [status] = await once(child, 'exit');
    expect(status).toBe(7);
    expect(stdout()).toContain('ready');
    expect(stderr()).toMatch(/plimsoll: interrupted: stopping task \w+\n/);
    expect(endpoint.ecs('ListTasks', { cluster: 'demo' })).toMatchObject({ response: { taskArns: [] } });
  });

  it('prints the whole log of a task that says more than it can be read of at a time', async () => {
    define('chatty', 'seq 1 60000; echo the error; exit 3');
    const { status, stdout } = await runTask('--task-definition', 'chatty');
    expect([status, stdout.split('\n').length, stdout.slice(-16)]).toEqual([3, 60_002, '60000\nthe error\n']);
  });

  it('says why there is no log where it must not be read', async () => {
    define('secretive', 'echo here; exit 3');
    endpoint.faults.set([{ service: 'logs', operation: 'GetLogEvents', kind: 'accessDenied' }]);
    const { status, stdout, stderr } = await runTask('--task-definition', 'secretive').finally(() => endpoint.faults.set([]));
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/plimsoll: the log is not complete: AccessDeniedException[^\n]*\nplimsoll: container main exited with code 3/);
  });

  (existsSync('/dev/full') ? it : it.skip).each([
    { code: 4, status: 4 },
    { code: 0, status: 125 },
  ])('watches a task that ends with $code to its end where its log cannot be written', async ({ code, status }) => {
    define(`unheard-${code}`, `echo one; sleep 3; exit ${code}`);
    const full = openSync('/dev/full', 'w');
    const argv = [PROGRAM, 'run-task', '--cluster', 'demo', '--task-definition', `unheard-${code}`];
    const child = spawn(process.execPath, argv, { env, stdio: ['ignore', full, 'pipe'] });
    const stderr = collect(child.stderr);
    expect(await once(child, 'close')).toEqual([status, null]);
    closeSync(full);
    expect(stderr()).toMatch(new RegExp(`container main exited with code ${code}.*\nplimsoll: the log is not complete: .*no space left`));
  });

  it('stops the task at its time-out', async () => {
    define('endless', 'exec sleep 600');
    const ran = await runTask('--task-definition', 'endless', '--timeout', '1', '--json');
    expect(ran.status).toBe(143);
    expect(JSON.parse(ran.stdout)).toMatchObject({ success: false, endedBy: 'deadline', stopCode: 'UserInitiated' });
  });

  it('ends with 125 where a task that was stopped says 0', async () => {
    define('polite', 'trap "exit 0" TERM; while true; do sleep 0.1; done');
    expect((await runTask('--task-definition', 'polite', '--timeout', '2')).status).toBe(125);
  });

  it('ends with 125 where the container never ran', async () => {
    endpoint.ecs('RegisterTaskDefinition', {
      family: 'absent',
      cpu: '64',
      memory: '64',
      containerDefinitions: [{ name: 'main', image: 'none', entryPoint: ['/nonexistent/program'] }],
    });
    const ran = await runTask('--task-definition', 'absent');
    expect(ran).toMatchObject({ status: 125, stdout: '' });
    expect(ran.stderr).toContain('container main has no exit code');
    expect(ran.stderr).toContain('CannotStartContainerError');
  });

  it('ends with 125 and one clear line where the definition, or the endpoint, is not there', async () => {
    const [unknown, unreachable] = await Promise.all([
      runTask('--task-definition', 'nobody'),
      runTask('--task-definition', 'nobody', '--endpoint-url', 'http://127.0.0.1:1'),
    ]);
    expect(unknown.status).toBe(125);
    expect(unknown.stderr).toMatch(/^plimsoll: task definition nobody cannot be read: ClientException[^\n]*\n$/);
    expect(unreachable.status).toBe(125);
    expect(unreachable.stderr).toMatch(/^plimsoll: task definition nobody cannot be read: [^\n]*ECONNREFUSED[^\n]*\n$/);
  });

  it('takes the container whose exit code decides', async () => {
    define('pair', 'case "$PLIMSOLL_ATTEMPT_ID" in "") exec sleep 600 ;; *) exit 4 ;; esac', 'other');
    const [named, unnamed] = await Promise.all([
      runTask('--task-definition', 'pair', '--container', 'main'),
      runTask('--task-definition', 'pair'),
    ]);
    expect(named.status).toBe(4);
    expect(unnamed.status).toBe(2);
    expect(unnamed.stderr).toContain('2 essential containers (main, other)');
  });

  it.each([
    { what: 'no task definition', argv: [], line: 'give --task-definition' },
    { what: 'no JSON', argv: ['--task-definition', 'fine', '--overrides', '{'], line: 'it is no JSON' },
    { what: 'an unknown member', argv: ['--task-definition', 'fine', '--overrides', '{"colour":1}'], line: 'colour' },
    { what: 'a launch type ECS has not', argv: ['--task-definition', 'fine', '--launch-type', 'MOON'], line: 'LaunchType' },
    { what: 'a time-out of 0', argv: ['--task-definition', 'fine', '--timeout', '0'], line: 'whole seconds' },
    { what: 'no region', argv: ['--task-definition', 'fine', '--region', 'a b'], line: 'no AWS region' },
  ])('ends with 2 for $what', async ({ argv, line }) => {
    const ran = await runTask(...argv);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^plimsoll: [^\n]+\n$/);
    expect(ran.stderr).toContain(line);
  });
});
