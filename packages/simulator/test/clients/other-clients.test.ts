import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type LocalEndpoint, startLocalEndpoint } from '../../src/index.js';
import { addDefinition, addHost } from '../helpers/hosts.js';

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
        status: 'INACTIVE',
        left: 6,
      });
    },
    LIMIT,
  );

  test(
    'lists services by pages, and describes them',
    async () => {
      addHost(endpoint);
      addDefinition(endpoint, 'web');
      for (let index = 0; index < 12; index += 1) {
        endpoint.setService({
          serviceName: `s${index}`,
          taskDefinition: 'web',
          desiredCount: 2,
          ...(index === 3 ? { schedulingStrategy: 'DAEMON' as const } : {}),
        });
      }
      endpoint.ecs('RunTask', { taskDefinition: 'web', group: 'service:s7' });
      const { stdout } = await run(PYTHON, [path.join(__dirname, 'boto3_services.py'), endpoint.url], {
        env: environment(),
        timeout: LIMIT,
      });
      expect(JSON.parse(stdout)).toEqual({
        pages: [10, 2],
        names: Array.from({ length: 12 }, (_, index) => `s${index}`),
        desired: 24,
        running: 1,
        year: 2026,
        daemons: 1,
        missing: 'MISSING',
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

  test(
    'lists and describes a service',
    async () => {
      addHost(endpoint);
      addDefinition(endpoint, 'web');
      endpoint.setService({ serviceName: 'web', taskDefinition: 'web', desiredCount: 2 });
      const { serviceArns } = (await aws('list-services')) as { serviceArns: string[] };
      expect(serviceArns).toEqual(['arn:aws:ecs:us-east-1:111122223333:service/default/web']);
      expect(await aws('describe-services', '--services', ...serviceArns)).toMatchObject({
        services: [{ serviceName: 'web', desiredCount: 2, runningCount: 0, schedulingStrategy: 'REPLICA', status: 'ACTIVE' }],
        failures: [],
      });
    },
    LIMIT,
  );
});
