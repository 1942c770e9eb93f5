import { physicalResourceIdOf } from '../src/attempt.js';
import { type AwsEndpoint, type ReceivedCall, type Reply, startAwsEndpoint } from './helpers/aws-endpoint.js';
import { definitionOf } from './helpers/fake-ecs.js';
import { type LambdaProcess, lambdaEnvironment, startLambda } from './helpers/lambda-process.js';
import { request, STACK_ID } from './helpers/requests.js';

const TASK = 'arn:aws:ecs:eu-west-1:111122223333:task/demo/0001';

/** The shipped bundle, in a process of its own: what it leaves out of the SDK must not be missed by any of these. */
describe('bundle/index.js', () => {
  let endpoint: AwsEndpoint;
  let lambda: LambdaProcess;
  let changes: Readonly<Record<string, (nth: number) => Reply>>;
  let exitCode: number;

  const replies: Readonly<Record<string, (call: ReceivedCall, nth: number) => Reply>> = {
    DescribeStacks: () => stackOf('CREATE_IN_PROGRESS'),
    DescribeTaskDefinition: () => ({ body: { taskDefinition: definitionOf({ name: 'migrate' }) } }),
    ListTasks: () => ({ body: { taskArns: [] } }),
    RunTask: () => ({ body: { tasks: [{ taskArn: TASK, createdAt: 1_767_614_400.5 }], failures: [] } }),
    DescribeTasks: () => ({
      body: {
        tasks: [
          {
            taskArn: TASK,
            lastStatus: 'STOPPED',
            stopCode: 'EssentialContainerExited',
            startedAt: 1_767_614_400.5,
            containers: [{ name: 'migrate', exitCode }],
          },
        ],
        failures: [],
      },
    }),
    StopTask: () => ({ body: { task: { taskArn: TASK } } }),
    GetLogEvents: () => ({ body: { events: [{ message: 'the last line', timestamp: 1_767_614_400_000 }], nextForwardToken: 'f/1' } }),
    Invoke: () => ({ status: 202, body: {} }),
  };

  beforeEach(async () => {
    changes = {};
    exitCode = 0;
    endpoint = await startAwsEndpoint((call, nth) => changes[call.operation]?.(nth) ?? replies[call.operation]?.(call, nth));
  });
  afterEach(async () => {
    await lambda.end();
    await endpoint.close();
  });

  const start = (env: Readonly<Record<string, string>> = {}) => {
    lambda = startLambda({ ...lambdaEnvironment(endpoint.url), ...env });
    return lambda;
  };
  const event = (options: Parameters<typeof request>[0] = {}) => ({
    ...request(options),
    ResponseURL: `${endpoint.url}/answer?X-Amz-Date=${signedNow()}&X-Amz-Signature=secret-signature`,
  });
  const answer = () => JSON.parse(endpoint.stored[0]?.body ?? '{}');
  const operations = () => [...new Set(endpoint.calls.map(({ operation }) => operation))];

  test('runs a task with nothing but the environment Lambda gives it', async () => {
    changes = { DescribeStacks: () => ({ body: xml('<DescribeStacksResult><Stacks/></DescribeStacksResult>') }) };
    expect(await start().invoke(event())).toEqual({ value: null });
    expect(answer()).toMatchObject({ Status: 'SUCCESS', Data: { TaskArn: TASK, ExitCode: '0' } });
    expect(operations()).toEqual(['DescribeStacks', 'DescribeTaskDefinition', 'ListTasks', 'RunTask', 'DescribeTasks']);
    expect(JSON.parse(endpoint.calls.find(({ operation }) => operation === 'RunTask')?.body ?? '{}')).toMatchObject({
      cluster: 'demo',
      taskDefinition: 'migrate:7',
      count: 1,
      clientToken: expect.stringMatching(/^[0-9a-f]{64}$/),
      startedBy: expect.stringMatching(/^plimsoll-[0-9a-f]{32}$/),
    });
  });

  test('tells of a failure with the end of the log, and writes its own log as JSON without the address', async () => {
    exitCode = 4;
    changes = {
      DescribeStacks: () => ({
        status: 403,
        body: xml('<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error>', 'ErrorResponse'),
      }),
    };
    await start().invoke(event());
    expect(answer().Reason).toMatch(/^container migrate exited with code 4; .*\nlast lines of the log:\nthe last line$/s);
    const { stdout } = await lambda.end();
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ service: 'plimsoll-task-runner' });
    expect(stdout).not.toContain('secret-signature');
  });

  test('reads the status of the stack: a task that is no longer wanted is stopped', async () => {
    changes = {
      DescribeStacks: (nth) => stackOf(nth === 0 ? 'UPDATE_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS'),
      DescribeTasks: () => ({ body: { tasks: [{ taskArn: TASK, lastStatus: 'STOPPED', stopCode: 'UserInitiated' }], failures: [] } }),
    };
    await start().invoke(event({ type: 'Update' }));
    expect(answer()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('the stack is being rolled back or deleted') });
    expect(operations()).toContain('StopTask');
  });

  test('takes the next client token where a conflict names a task that has ended', async () => {
    const next = TASK.replace('0001', '0002');
    const ended = (taskArn: string) => ({
      body: {
        tasks: [{ taskArn, lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited', containers: [{ name: 'migrate', exitCode }] }],
      },
    });
    changes = {
      ListTasks: () => ({ body: { taskArns: [TASK] } }),
      // Twice in a list, before the task of its own.
      DescribeTasks: (nth) => ended(nth < 2 ? TASK : next),
      RunTask: (nth) =>
        nth === 0
          ? { status: 400, body: { __type: 'ConflictException', message: 'token in use', resourceIds: [TASK] } }
          : { body: { tasks: [{ taskArn: next }], failures: [] } },
    };
    await start().invoke(event());
    expect(answer()).toMatchObject({ Status: 'SUCCESS', Data: { TaskArn: next } });
  });

  test('stops a task on Delete', async () => {
    changes = {
      ListTasks: (nth) => ({ body: { taskArns: nth === 0 ? [TASK] : [] } }),
      DescribeTasks: () => ({ body: { tasks: [{ taskArn: TASK, lastStatus: 'RUNNING' }], failures: [] } }),
    };
    // An id that CloudFormation has made up would be waited for.
    const physicalResourceId = physicalResourceIdOf({ StackId: STACK_ID, LogicalResourceId: 'Migration' });
    await start().invoke(event({ type: 'Delete', physicalResourceId }));
    expect(answer()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalResourceId });
    expect(operations()).toEqual(['ListTasks', 'DescribeTasks', 'StopTask']);
  });

  test('hands over before its time is over in the mode long', async () => {
    changes = {
      DescribeStacks: () => ({ body: xml('<DescribeStacksResult><Stacks/></DescribeStacksResult>') }),
      DescribeTasks: () => ({ body: { tasks: [{ taskArn: TASK, lastStatus: 'RUNNING' }], failures: [] } }),
    };
    expect(await start({ PLIMSOLL_MODE: 'long' }).invoke(event(), 4_000)).toEqual({ value: null });
    expect(endpoint.stored).toEqual([]);
    const invoke = endpoint.calls.find(({ operation }) => operation === 'Invoke');
    expect(JSON.parse(invoke?.body ?? '{}')).toMatchObject({ plimsollContinuation: 1, hop: 1, request: { RequestId: 'request-1' } });
  });

  test('fails its start visibly when the configuration is refused', async () => {
    const { exitCode: code, stderr } = await start({ PLIMSOLL_MODE: 'slow' }).end();
    expect(code).not.toBe(0);
    expect(stderr).toContain('environment variable PLIMSOLL_MODE is \\"slow\\": set it to direct or long');
  });
});

/** Now, as an address tells it. */
function signedNow(): string {
  return new Date().toISOString().replace(/[-:]|\.\d+/g, '');
}

function stackOf(status: string): Reply {
  const member = `<StackName>demo</StackName><CreationTime>2026-01-05T12:00:00Z</CreationTime><StackStatus>${status}</StackStatus>`;
  return { body: xml(`<DescribeStacksResult><Stacks><member>${member}</member></Stacks></DescribeStacksResult>`) };
}

function xml(inner: string, root = 'DescribeStacksResponse'): string {
  return `<${root} xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">${inner}<RequestId>request</RequestId></${root}>`;
}
