import { readLiveCluster } from '../../src/live/read-live-cluster.js';
import { dummyAwsEnvironment } from '../helpers/aws-environment.js';
import { hostArn, record } from '../helpers/records.js';
import { awsError, type StubAnswer, startStubEcs } from '../helpers/stub-ecs.js';

dummyAwsEnvironment();

/** What reading the cluster ends in, at a stub that answers so; the endpoint's address is shown as ENDPOINT. */
async function read(
  answer: StubAnswer | ((operation: string) => StubAnswer),
): Promise<{ outcome: unknown; operations: readonly string[] }> {
  const stub = await startStubEcs(answer);
  try {
    // Only what never answers is waited for in vain: a busy machine may take its time over all else.
    const requestTimeoutMs = answer === 'hang' ? 300 : 60_000;
    const options = { cluster: 'demo', region: 'us-east-1', endpointUrl: stub.url, requestTimeoutMs };
    const outcome = await readLiveCluster(options).catch(({ exitStatus, message }: { exitStatus: number; message: string }) => ({
      exitStatus,
      message: message.replaceAll(stub.url, 'ENDPOINT'),
    }));
    return { outcome, operations: [...stub.operations] };
  } finally {
    await stub.close();
  }
}

const list = 'ListContainerInstances';
const describeHosts = 'DescribeContainerInstances';
const page = (arns: readonly string[], nextToken?: string): StubAnswer => ({
  status: 200,
  body: { containerInstanceArns: arns, nextToken },
});

describe('readLiveCluster', () => {
  it('lists and describes', async () => {
    const { outcome, operations } = await read((operation) =>
      operation === list
        ? page([hostArn({ id: 'a' })])
        : { status: 200, body: { containerInstances: [record({ id: 'a' })], failures: [] } },
    );
    expect(outcome).toMatchObject({ cluster: 'demo', records: [{ containerInstanceArn: hostArn({ id: 'a' }), version: 1 }], warnings: [] });
    expect(operations).toEqual([list, describeHosts]);
  });

  it('describes nothing where nothing is registered', async () => {
    const { outcome, operations } = await read(page([]));
    expect(outcome).toEqual({ cluster: 'demo', records: [], warnings: [] });
    expect(operations).toEqual([list]);
  });

  it('says how many hosts left meanwhile', async () => {
    const arns = ['a', 'b'].map((id) => hostArn({ id }));
    const { outcome } = await read((operation) =>
      operation === list
        ? page(arns)
        : { status: 200, body: { containerInstances: [record({ id: 'a' })], failures: [{ arn: arns[1], reason: 'MISSING' }] } },
    );
    expect(outcome).toMatchObject({ warnings: ['1 of the listed hosts left cluster demo before they were described: not counted'] });
  });

  it.each<[string, StubAnswer, string, number]>([
    ['an unknown cluster', awsError('ClusterNotFoundException'), 'cluster demo is not found at ENDPOINT: check --cluster and --region', 1],
    [
      'missing permission',
      awsError('AccessDeniedException'),
      'ENDPOINT denies reading cluster demo: allow ecs:ListContainerInstances and ecs:DescribeContainerInstances on it',
      1,
    ],
    [
      'keys it does not know',
      awsError('UnrecognizedClientException'),
      'ENDPOINT refuses the AWS credentials (UnrecognizedClientException): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN or AWS_PROFILE, and the clock',
      1,
    ],
    ['throttling', awsError('ThrottlingException'), 'ENDPOINT throttles the calls about cluster demo: try again in a minute', 3],
    ['throttling without a name', { status: 429, body: {} }, 'ENDPOINT throttles the calls about cluster demo: try again in a minute', 3],
    ['no answer', 'hang', 'ENDPOINT did not answer within 0.3 s, tried again and again: check the endpoint and the network', 3],
    [
      'something that is not ECS',
      { status: 200, body: '<html>hello</html>', contentType: 'text/html' },
      'ENDPOINT answers with status 200 and something other than Amazon ECS writes: is it an Amazon ECS endpoint? check the endpoint',
      1,
    ],
    [
      'a fault of its own',
      awsError('ServerException', 500),
      'ENDPOINT answers with status 500 and ServerException: ServerException from the stub: is it an Amazon ECS endpoint? try again, and check the endpoint',
      3,
    ],
    [
      'an empty refusal',
      { status: 400, body: '' },
      'ENDPOINT answers with status 400 and something other than Amazon ECS writes: is it an Amazon ECS endpoint? check the endpoint',
      1,
    ],
    [
      "somebody else's refusal",
      { status: 404, body: { message: 'no\nsuch path' } },
      'ENDPOINT answers with status 404 and no such path: is it an Amazon ECS endpoint? check the endpoint',
      1,
    ],
    [
      'an empty fault',
      { status: 500, body: '' },
      'ENDPOINT answers with status 500 and something other than Amazon ECS writes: is it an Amazon ECS endpoint? try again, and check the endpoint',
      3,
    ],
    [
      'an answer without a list',
      { status: 200, body: {} },
      'reading cluster demo from ENDPOINT failed: ListContainerInstances of demo answered without containerInstanceArns: is it Amazon ECS?',
      1,
    ],
    [
      'an answer of null',
      { status: 200, body: null },
      'reading cluster demo from ENDPOINT failed: ListContainerInstances of demo answered without containerInstanceArns: is it Amazon ECS?',
      1,
    ],
  ])('explains %s', async (_, answer, message, tries) => {
    const { outcome, operations } = await read(answer);
    expect(outcome).toEqual({ exitStatus: 3, message });
    expect(operations).toHaveLength(tries);
  });

  it.each([
    ['no region', undefined, 'no AWS region is set: give --region, or set AWS_REGION'],
    ['a region that is none', 'nowhere at all', '--region "nowhere at all" is no AWS region: write one such as eu-west-1'],
  ])('explains %s', async (_, region, message) => {
    await expect(readLiveCluster({ cluster: 'demo', ...(region === undefined ? {} : { region }) })).rejects.toMatchObject({
      exitStatus: 2,
      message,
    });
  });

  describe('with variables', () => {
    const names = ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_ECS'];
    afterEach(() => {
      for (const name of names) delete process.env[name];
    });

    it.each([
      [{ AWS_REGION: '' }, 'no AWS region is set: give --region, or set AWS_REGION'],
      [{ AWS_REGION: 'not a region!' }, 'AWS_REGION "not a region!" is no AWS region: write one such as eu-west-1'],
      [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'a b' }, 'AWS_DEFAULT_REGION "a b" is no AWS region: write one such as eu-west-1'],
      [{ AWS_ENDPOINT_URL: 'not a url' }, 'AWS_ENDPOINT_URL "not a url" is no URL: write one such as http://127.0.0.1:4510'],
      [
        { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_ECS: 'localhost:4510' },
        'AWS_ENDPOINT_URL_ECS "localhost:4510" is no URL: write one such as http://127.0.0.1:4510',
      ],
    ])('refuses %j', async (variables, message) => {
      Object.assign(process.env, variables);
      await expect(readLiveCluster({ cluster: 'demo' })).rejects.toMatchObject({ exitStatus: 2, message });
    });

    it('takes the region of AWS_DEFAULT_REGION, as the AWS CLI does, unless AWS_REGION names one', async () => {
      const stub = await startStubEcs(page([]));
      try {
        Object.assign(process.env, { AWS_DEFAULT_REGION: 'eu-west-1', AWS_ENDPOINT_URL: stub.url });
        await expect(readLiveCluster({ cluster: 'demo' })).resolves.toMatchObject({ records: [] });
        process.env.AWS_REGION = 'a b';
        await expect(readLiveCluster({ cluster: 'demo' })).rejects.toMatchObject({ exitStatus: 2 });
        expect(stub.operations).toEqual([list]);
      } finally {
        await stub.close();
      }
    });
  });
});
