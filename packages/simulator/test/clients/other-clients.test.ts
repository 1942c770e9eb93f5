import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type LocalEndpoint, startLocalEndpoint } from '../../src/index.js';

const run = promisify(execFile);

/** Debian's own, whatever else is on the path. */
const PYTHON = '/usr/bin/python3';
const AWS = '/usr/bin/aws';

const withBoto3 = spawnSync(PYTHON, ['-c', 'import boto3']).status === 0 ? describe : describe.skip;
const withAws = existsSync(AWS) ? describe : describe.skip;

/** Most time one client process may take, in milliseconds. */
const LIMIT = 60_000;

let endpoint: LocalEndpoint;

beforeEach(async () => {
  endpoint = await startLocalEndpoint({ clock: () => new Date('2026-03-01T12:00:00.500Z') });
});

afterEach(() => endpoint.close());

/** Environment of a client process: the endpoint's, and nothing of this machine's AWS configuration. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', ...endpoint.environment };
}

withBoto3('boto3', () => {
  test(
    'registers hosts, runs tasks, pages, waits, stops and deregisters',
    async () => {
      const { stdout } = await run(PYTHON, [path.join(__dirname, 'boto3_session.py'), endpoint.url], {
        env: environment(),
        timeout: LIMIT,
      });
      expect(JSON.parse(stdout)).toEqual({
        early: 'ClusterNotFoundException',
        inOrder: true,
        tasks: 10,
        failures: [],
        running: 10,
        remaining: [0, 0, 0, 512, 512, 512, 512],
        year: 2026,
        force: 'InvalidParameterException',
        services: 'UnknownOperationException',
        status: 'INACTIVE',
        left: 6,
      });
    },
    LIMIT,
  );
});

withAws('aws CLI', () => {
  /** One command; the old CLI does not read AWS_ENDPOINT_URL, so it is told. */
  async function aws(...words: readonly string[]): Promise<unknown> {
    const { stdout } = await run(AWS, ['ecs', ...words, '--endpoint-url', endpoint.url, '--output', 'json'], {
      env: environment(),
      timeout: LIMIT,
    });
    return JSON.parse(stdout);
  }

  test(
    'registers a host, runs tasks, pages, stops; errors carry their names',
    async () => {
      const totalResources = JSON.stringify([
        { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 4096 },
      ]);
      await expect(aws('list-tasks')).rejects.toMatchObject({ stderr: expect.stringContaining('(ClusterNotFoundException)') });
      await aws('create-cluster');
      await aws('register-container-instance', '--total-resources', totalResources);
      await aws(
        'register-task-definition',
        '--family',
        'web',
        '--container-definitions',
        '[{"name":"app","image":"app:1","cpu":256,"memory":128}]',
      );
      const { tasks, failures } = (await aws('run-task', '--task-definition', 'web', '--count', '5')) as {
        tasks: { taskArn: string }[];
        failures: { reason: string }[];
      };
      expect([tasks.length, failures.map(({ reason }) => reason)]).toEqual([4, ['RESOURCE:CPU']]);
      expect(await aws('list-tasks', '--page-size', '2')).toEqual({ taskArns: tasks.map(({ taskArn }) => taskArn) });
      const stopped = await aws('stop-task', '--task', tasks[0]?.taskArn ?? '', '--reason', 'over');
      expect(stopped).toMatchObject({ task: { stoppedReason: 'over', desiredStatus: 'STOPPED' } });
      const { containerInstanceArns } = (await aws('list-container-instances')) as { containerInstanceArns: string[] };
      const described = await aws('describe-container-instances', '--container-instances', ...containerInstanceArns);
      expect(described).toMatchObject({
        containerInstances: [{ runningTasksCount: 3, remainingResources: [{ integerValue: 256 }, { integerValue: 3712 }, {}, {}] }],
      });
    },
    LIMIT * 2,
  );
});
