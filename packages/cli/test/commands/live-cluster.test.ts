import { createCloudWatch, type LocalEndpoint, startLocalEndpoint } from '@plimsoll/simulator';
import { capacityAnswer } from '../helpers/answers.js';
import { described } from '../helpers/records.js';
import { DUMMY_AWS, spawnProgram } from '../helpers/spawn-program.js';
import { awsError, type StubAnswer, startStubEcs } from '../helpers/stub-ecs.js';

const SIZE = ['--task-size', 'web=250:400'];
const { AWS_ACCESS_KEY_ID: _key, AWS_SECRET_ACCESS_KEY: _secret, ...NO_KEYS } = DUMMY_AWS;

const NO_ANSWER: [string, StubAnswer, string] = [
  'no answer',
  'hang',
  'did not answer within 5 s, tried again and again: check the endpoint and the network',
];

/** One line on standard error, nothing on standard output. */
const oneLine = (status: number, message: string): object => ({ status, signal: null, stdout: '', stderr: `plimsoll: ${message}\n` });

describe('capacity --cluster, at the local endpoint', () => {
  let endpoint: LocalEndpoint;

  beforeAll(async () => {
    endpoint = await startLocalEndpoint({ services: [createCloudWatch()] });
    endpoint.ecs('CreateCluster', { clusterName: 'demo' });
    endpoint.ecs('CreateCluster', { clusterName: 'empty' });
    for (let index = 0; index < 101; index += 1) endpoint.ecs('RegisterContainerInstance', registration('demo'));
  });

  afterAll(() => endpoint.close());

  it('counts every page of hosts', async () => {
    const ran = await spawnProgram(['capacity', '--cluster', 'demo', ...SIZE, '--json'], {
      env: { ...DUMMY_AWS, ...endpoint.environment },
    });
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(capacityAnswer(ran)).toMatchObject({
      cluster: 'demo',
      hosts: { registered: 101, eligible: 101 },
      containerCapacity: 202,
      idleHostCapacity: 101,
    });
  });

  it('takes the endpoint and the region from the command line, and an ARN for a name', async () => {
    const arn = `arn:aws:ecs:${endpoint.region}:111122223333:cluster/demo`;
    const ran = await spawnProgram([
      'capacity',
      '--cluster',
      arn,
      '--region',
      endpoint.region,
      '--endpoint-url',
      endpoint.url,
      ...SIZE,
      '--json',
    ]);
    expect(capacityAnswer(ran)).toMatchObject({ cluster: 'demo', containerCapacity: 202 });
  });

  it('answers for a cluster without hosts', async () => {
    const ran = await spawnProgram(['capacity', '--cluster', 'empty', ...SIZE, '--json', '--require', '1'], {
      env: { ...DUMMY_AWS, ...endpoint.environment },
    });
    expect(ran.status).toBe(1);
    expect(capacityAnswer(ran)).toMatchObject({ cluster: 'empty', hosts: { registered: 0, eligible: 0 }, containerCapacity: 0 });
  });

  it('names a cluster that is not there', async () => {
    const ran = await spawnProgram(['capacity', '--cluster', 'nowhere', ...SIZE], { env: { ...DUMMY_AWS, ...endpoint.environment } });
    expect(ran).toEqual(oneLine(3, `cluster nowhere is not found at ${endpoint.url}: check --cluster and --region`));
  });
});

describe('capacity --cluster, when it cannot be read', () => {
  const at = (url: string): readonly string[] => ['capacity', '--cluster', 'demo', '--region', 'us-east-1', '--endpoint-url', url, ...SIZE];

  it.each<[string, StubAnswer, string]>([
    ['a lost connection', 'reset', 'cannot be reached (ECONNRESET): check the endpoint and the network'],
    ['throttling', awsError('ThrottlingException'), 'throttles the calls about cluster demo: try again in a minute'],
    // Three tries of five seconds; the same with shorter ones stands in read-live-cluster.test.ts.
    ...(process.env.PLIMSOLL_TEST_LEVEL === 'full' ? [NO_ANSWER] : []),
  ])(
    'explains %s',
    async (_, answer, message) => {
      const stub = await startStubEcs(answer);
      try {
        expect(await spawnProgram(at(stub.url))).toEqual(oneLine(3, `${stub.url} ${message}`));
      } finally {
        await stub.close();
      }
    },
    60_000,
  );

  it('explains a refused connection', async () => {
    const stub = await startStubEcs('hang');
    await stub.close();
    expect(await spawnProgram(at(stub.url))).toEqual(
      oneLine(3, `${stub.url} refuses the connection: is the endpoint running, and is its port right?`),
    );
  });

  it('explains missing credentials', async () => {
    const ran = await spawnProgram(at('http://127.0.0.1:1'), { env: NO_KEYS });
    expect(ran).toEqual(oneLine(3, 'no AWS credentials are found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE'));
  });

  it('explains a missing region', async () => {
    expect(await spawnProgram(['capacity', '--cluster', 'demo', ...SIZE])).toEqual(
      oneLine(2, 'no AWS region is set: give --region, or set AWS_REGION'),
    );
  });

  it('checks the task sizes before it calls', async () => {
    const stub = await startStubEcs({ status: 200, body: described([]) });
    try {
      const ran = await spawnProgram([...at(stub.url), '--task-size', 'x=1']);
      expect(ran.status).toBe(2);
      expect(stub.operations).toEqual([]);
    } finally {
      await stub.close();
    }
  });
});

function registration(cluster: string): unknown {
  return {
    cluster,
    totalResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 993 },
    ],
  };
}
