import { type AwsEndpoint, startAwsEndpoint } from './helpers/aws-endpoint.js';
import { host, hosts, stateChange } from './helpers/hosts.js';
import { type LambdaProcess, lambdaEnvironment, startLambda } from './helpers/lambda-process.js';
import { checkSignature } from './helpers/signature.js';
import { batchOf } from './helpers/sqs.js';

/** The shipped bundle, in a process of its own: what it leaves out of the SDK must not be missed by any of these. */
describe('bundle/index.js', () => {
  let endpoint: AwsEndpoint;
  let ecs: AwsEndpoint;
  let lambda: LambdaProcess | undefined;
  beforeEach(async () => {
    endpoint = await startAwsEndpoint({ demo: hosts(101) });
    ecs = await startAwsEndpoint({ demo: hosts(1) });
  });
  afterEach(async () => {
    await lambda?.end();
    lambda = undefined;
    await Promise.all([endpoint.close(), ecs.close()]);
  });

  const start = (env: Readonly<Record<string, string>> = {}) => {
    lambda = startLambda({ ...lambdaEnvironment(endpoint.url), ...env });
    return lambda;
  };
  const throttle = (error: string, status: number) => {
    const refused = new Set<string>();
    endpoint.intercept = ({ operation }) => {
      if (refused.has(operation)) return undefined;
      refused.add(operation);
      return { status, error, message: 'slow down' };
    };
  };

  test('publishes with nothing but the environment Lambda gives it', async () => {
    const running = start();
    expect(await running.invoke(batchOf(stateChange(host(1)), 'not json'))).toEqual({
      value: { batchItemFailures: [{ itemIdentifier: 'message-1' }] },
    });
    expect(endpoint.calls.map(({ operation }) => operation)).toEqual([
      ...['ListContainerInstances', 'ListContainerInstances'],
      ...['DescribeContainerInstances', 'DescribeContainerInstances', 'PutMetricData'],
    ]);
    expect(endpoint.published()).toMatchObject([
      {
        namespace: 'Plimsoll/ECS',
        data: [
          { MetricName: 'ContainerCapacity', Value: 202, Unit: 'Count', Dimensions: [{ Name: 'ClusterName', Value: 'demo' }] },
          { MetricName: 'IdleHostCapacity', Value: 101, Unit: 'None', Dimensions: [{ Name: 'ClusterName', Value: 'demo' }] },
          { MetricName: 'HostsShort', Value: 0, Unit: 'Count' },
          { MetricName: 'DrainableHosts', Value: 101, Unit: 'Count' },
          { MetricName: 'ActiveHosts', Value: 101, Unit: 'Count' },
          { MetricName: 'StateAgeSeconds', Unit: 'Seconds' },
          { MetricName: 'ContainerCapacity', Value: 202, Dimensions: [{}, { Name: 'TaskSize', Value: 'web' }] },
          { MetricName: 'IdleHostCapacity', Value: 101, Dimensions: [{}, { Name: 'TaskSize', Value: 'web' }] },
        ],
      },
    ]);
  });

  test("signs every request with the function's credentials and their session token", async () => {
    await start().invoke(stateChange(host(1)));
    for (const call of endpoint.calls) {
      expect(call.headers['x-amz-security-token']).toBe('example-token');
      expect(checkSignature(call, 'example-secret')).toMatchObject({
        accessKeyId: 'AKIAEXAMPLE',
        service: call.operation === 'PutMetricData' ? 'monitoring' : 'ecs',
        signedHeaders: expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token']),
        valid: true,
      });
    }
    expect(endpoint.calls).toHaveLength(5);
  });

  test('writes its log as JSON, one line a decision, with the request', async () => {
    const running = start();
    await running.invoke(stateChange(host(1)));
    const { stdout } = await running.end();
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        level: 'INFO',
        service: 'plimsoll-capacity',
        function_request_id: 'request',
        message: 'capacity published',
        containerCapacity: 202,
      },
    ]);
  });

  test('hands the messages of a failed decision back, and logs what the construct counts such decisions by', async () => {
    endpoint.intercept = ({ operation }) => (operation === 'PutMetricData' ? { status: 400, error: 'AccessDenied' } : undefined);
    const running = start();
    expect(await running.invoke(batchOf(stateChange(host(1))))).toEqual({
      value: { batchItemFailures: [{ itemIdentifier: 'message-0' }] },
    });
    const { stderr } = await running.end();
    const lines = stderr.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'ERROR', message: 'decision failed', cluster: 'demo', error: { code: 'PUBLISH_FAILED' } },
    ]);
  });

  test('writes only what POWERTOOLS_LOG_LEVEL lets through', async () => {
    const running = start({ POWERTOOLS_LOG_LEVEL: 'WARN' });
    await running.invoke(stateChange(host(1)));
    expect((await running.end()).stdout).toBe('');
  });

  test("follows a service's own endpoint address before the common one", async () => {
    await start({ AWS_ENDPOINT_URL_ECS: ecs.url }).invoke(stateChange(host(1)));
    expect(ecs.calls.map(({ operation }) => operation)).toEqual(['ListContainerInstances', 'DescribeContainerInstances']);
    expect(endpoint.calls.map(({ operation }) => operation)).toEqual(['PutMetricData']);
  });

  test.each([
    ['ThrottlingException', 400],
    ['LimitExceededException', 400],
    ['ServerException', 500],
    ['com.amazonaws.ecs#ServerException', 503],
  ])('tries again after %s (%i)', async (error, status) => {
    endpoint.clusters.set('demo', hosts(1));
    throttle(error, status);
    expect(await start().invoke(stateChange(host(1)))).toEqual({ value: null });
    expect(endpoint.calls).toHaveLength(6);
    expect(endpoint.published().at(-1)?.data).toHaveLength(8);
  });

  test.each([
    ['ListContainerInstances', 'ClusterNotFoundException', 'CLUSTER_READ_FAILED'],
    ['DescribeContainerInstances', 'SomeNewException', 'CLUSTER_READ_FAILED'],
    ['PutMetricData', 'InvalidParameterValueException', 'PUBLISH_FAILED'],
  ])('names what AWS answered %s with: %s', async (operation, error, code) => {
    endpoint.intercept = (call) => (call.operation === operation ? { status: 400, error, message: 'as AWS put it' } : undefined);
    expect(await start().invoke(stateChange(host(1)))).toMatchObject({
      error: { code, message: expect.stringContaining(`${error}: as AWS put it`) },
    });
  });

  test('sends a request above the size that the SDK would compress as it is', async () => {
    const sizes = Array.from({ length: 50 }, (_, index) => ({ name: `size-${index}`, cpuUnits: 100 + index, memoryMiB: 100 }));
    await start({ PLIMSOLL_TASK_SIZES: JSON.stringify(sizes) }).invoke(stateChange(host(1)));
    const call = endpoint.calls.at(-1);
    expect(call?.headers['content-encoding']).toBeUndefined();
    expect(call?.raw.length).toBeGreaterThan(10_240);
    expect(endpoint.published()[0]?.data).toHaveLength(106);
  });

  test('works where the environment asks for what the bundle leaves out', async () => {
    const env = {
      ...{ AWS_RETRY_MODE: 'adaptive', AWS_DEFAULTS_MODE: 'auto', AWS_EXECUTION_ENV: '', AWS_DISABLE_REQUEST_COMPRESSION: 'false' },
      ...{ AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES: '1', AWS_PROFILE: 'other', AWS_CONFIG_FILE: '/dev/null', HOME: '/nonexistent' },
    };
    endpoint.clusters.set('demo', hosts(1));
    throttle('ThrottlingException', 400);
    expect(await start(env).invoke(stateChange(host(1)))).toEqual({ value: null });
    expect(endpoint.published().at(-1)?.data).toHaveLength(8);
  });

  test('gives up in time when nothing answers', async () => {
    endpoint.intercept = () => 'hang';
    expect(await start().invoke(stateChange(host(1)), 1_300)).toMatchObject({ error: { code: 'OUT_OF_TIME' } });
  });

  test('says which credentials are absent, and asks no one else for them', async () => {
    expect(await start({ AWS_ACCESS_KEY_ID: '' }).invoke(stateChange(host(1)))).toMatchObject({
      error: { code: 'CLUSTER_READ_FAILED', message: expect.stringContaining('environment variable AWS_ACCESS_KEY_ID is not set') },
    });
    expect(endpoint.calls).toHaveLength(0);
  });

  test('fails its start visibly when the configuration is refused', async () => {
    const { exitCode, stderr } = await startLambda({ ...lambdaEnvironment(endpoint.url), PLIMSOLL_TASK_SIZES: 'web' }).end();
    expect(exitCode).not.toBe(0);
    expect(JSON.parse(stderr.split('\n')[0] ?? '')).toMatchObject({
      level: 'ERROR',
      message: 'configuration refused',
      code: 'INVALID_JSON',
      variable: 'PLIMSOLL_TASK_SIZES',
      reason: expect.stringContaining('is "web"'),
    });
    expect(stderr).toContain('InvalidConfigurationError');
  });
});
