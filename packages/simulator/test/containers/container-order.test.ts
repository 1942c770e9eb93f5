import { type ContainerProgress, mayStart } from '../../src/containers/container-order.js';
import { closeAll, openSession } from '../helpers/open-endpoints.js';
import { makeCluster, registerJob } from '../helpers/task-setup.js';
import { until } from '../helpers/until.js';

afterEach(closeAll);

const started: ContainerProgress = { kind: 'started' };
const ended = (exitCode: number | undefined): ContainerProgress => ({ kind: 'ended', exitCode });

test.each([
  ['START', undefined, 'wait'],
  ['START', started, 'start'],
  ['START', ended(1), 'start'],
  ['HEALTHY', started, 'start'],
  ['COMPLETE', started, 'wait'],
  ['COMPLETE', ended(1), 'start'],
  ['SUCCESS', started, 'wait'],
  ['SUCCESS', ended(0), 'start'],
  ['SUCCESS', ended(1), 'never'],
  ['SUCCESS', ended(undefined), 'never'],
] as const)('%s after %j: %s', (condition, progress, answer) => {
  const known = new Map(progress === undefined ? [] : [['other', progress] as const]);
  expect(mayStart([{ containerName: 'other', condition }], known)).toBe(answer);
});

test('of several dependencies each must be met, and one that never will decides', () => {
  const both = [
    { containerName: 'a', condition: 'SUCCESS' },
    { containerName: 'b', condition: 'START' },
  ];
  expect(mayStart(both, new Map([['a', ended(0)]]))).toBe('wait');
  expect(mayStart(both, new Map([['a', ended(1)]]))).toBe('never');
  expect(mayStart([], new Map())).toBe('start');
});

/** A task whose essential container waits for another's success. */
async function runAfter(first: string) {
  const { endpoint } = await openSession({ containers: { processes: true } });
  makeCluster(endpoint);
  const sh = ['/bin/sh', '-c'];
  registerJob(endpoint, [
    { name: 'main', entryPoint: sh, command: ['echo main; sleep 600'], dependsOn: [{ containerName: 'first', condition: 'SUCCESS' }] },
    { name: 'first', essential: false, entryPoint: sh, command: [first] },
  ]);
  endpoint.ecs('RunTask', { taskDefinition: 'job' });
  const { taskArns } = answer<{ readonly taskArns: readonly string[] }>(endpoint.ecs('ListTasks', {}));
  return () => answer<{ readonly tasks: readonly DescribedTask[] }>(endpoint.ecs('DescribeTasks', { tasks: taskArns })).tasks[0];
}

interface DescribedTask {
  readonly lastStatus: string;
  readonly stopCode?: string;
  readonly containers: ReadonlyArray<{
    readonly name: string;
    readonly lastStatus: string;
    readonly exitCode?: number;
    readonly reason?: string;
  }>;
}

function answer<Response>(outcome: unknown): Response {
  return (outcome as { readonly response: Response }).response;
}

test('a process starts only after the one that it depends on has succeeded', async () => {
  const describe = await runAfter('exit 0');
  const task = await until(() => (describe()?.lastStatus === 'RUNNING' ? describe() : undefined));
  expect(task?.containers).toMatchObject([
    { name: 'main', lastStatus: 'RUNNING' },
    { name: 'first', lastStatus: 'STOPPED', exitCode: 0 },
  ]);
});

test('a task fails to start where what it depends on does not succeed', async () => {
  const describe = await runAfter('exit 4');
  const task = await until(() => (describe()?.lastStatus === 'STOPPED' ? describe() : undefined));
  expect(task).toMatchObject({ stopCode: 'TaskFailedToStart' });
  expect(task?.containers).toMatchObject([
    { name: 'main', reason: 'a container that it depends on did not succeed' },
    { name: 'first', exitCode: 4 },
  ]);
  expect(task?.containers[0]).not.toHaveProperty('exitCode');
});
