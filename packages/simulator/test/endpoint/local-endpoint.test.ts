import { EventEmitter, once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { ECSClient, ListTasksCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import {
  type InjectedFault,
  type LocalEndpoint,
  PortInUseError,
  type RecordedCall,
  type Service,
  startLocalEndpoint,
} from '../../src/index.js';
import { addDefinition, addHost, expectAccepted } from '../helpers/hosts.js';
import { jsonCall } from '../helpers/json-call.js';
import { closeAll, openEndpoint } from '../helpers/open-endpoints.js';

/** The SDK's own client and HTTP handler, nothing replaced. */
function client(endpoint: LocalEndpoint, maxAttempts = 1): ECSClient {
  return new ECSClient({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts,
  });
}

afterEach(closeAll);

describe('where it listens', () => {
  test('on loopback only, at the port and region it names', async () => {
    const endpoint = await openEndpoint({ region: 'eu-west-1' });
    expect(endpoint.url).toBe(`http://127.0.0.1:${endpoint.port}`);
    expect(endpoint.environment).toMatchObject({
      AWS_ENDPOINT_URL: endpoint.url,
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    const { cluster } = expectAccepted(endpoint.ecs('CreateCluster', {}));
    expect(cluster).toMatchObject({ clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/default' });
    const [refusal] = await once(connect({ host: '::1', port: endpoint.port }), 'error');
    expect(refusal).toHaveProperty('code', expect.stringMatching(/^E(CONNREFUSED|ADDRNOTAVAIL|AFNOSUPPORT|NETUNREACH)$/));
  });

  test('a port in use is a typed error', async () => {
    const { port } = await openEndpoint();
    const second = startLocalEndpoint({ port });
    await expect(second).rejects.toBeInstanceOf(PortInUseError);
    await expect(second).rejects.toMatchObject({ code: 'PORT_IN_USE', port, source: 'caller' });
  });

  test('a port that is none is a typed error', async () => {
    await expect(startLocalEndpoint({ port: 70_000 })).rejects.toMatchObject({ code: 'LISTEN_FAILED' });
  });

  test('close frees the port, ends idle connections and delayed answers, and may be called twice', async () => {
    const received = new EventEmitter();
    const asked = once(received, 'call');
    const intercept = (): InjectedFault => {
      received.emit('call');
      return { kind: 'delay', milliseconds: 600_000 };
    };
    const endpoint = await openEndpoint({ intercept });
    const idle = connect({ host: '127.0.0.1', port: endpoint.port });
    await once(idle, 'connect');
    const ended = once(idle, 'close');
    const unanswered = expect(jsonCall(endpoint, 'ListTasks', '{}')).rejects.toHaveProperty('message', 'fetch failed');
    await asked;
    await endpoint.close();
    await endpoint.close();
    await Promise.all([ended, unanswered]);
    const heir = createServer();
    heir.listen(endpoint.port, '127.0.0.1');
    await once(heir, 'listening');
    heir.close();
  });
});

describe('requests', () => {
  test('are recorded with service, operation, moment and input, and forgotten on demand', async () => {
    const at = new Date('2026-01-01T00:00:00Z');
    const endpoint = await openEndpoint({ clock: () => at });
    await jsonCall(endpoint, 'ListTasks', '{"cluster":"shop"}');
    await jsonCall(endpoint, 'DeleteEverything', 'no json');
    expect(endpoint.calls()).toEqual([
      { service: 'ecs', operation: 'ListTasks', at, input: { cluster: 'shop' } },
      { service: 'ecs', operation: 'DeleteEverything', at, input: undefined },
    ]);
    endpoint.clearCalls();
    expect(endpoint.calls()).toEqual([]);
  });

  test('above 64 KiB are recorded without their input, which intercept is told', async () => {
    const told: unknown[] = [];
    const endpoint = await openEndpoint({
      intercept: ({ input }) => {
        told.push(input);
        return undefined;
      },
    });
    const inputs = ['x'.repeat(64 * 1024 - '{"cluster":""}'.length), 'x'.repeat(64 * 1024 - '{"cluster":""}'.length + 1)].map(
      (cluster) => ({
        cluster,
      }),
    );
    for (const input of inputs) await jsonCall(endpoint, 'ListTasks', JSON.stringify(input));
    expect(told).toEqual(inputs);
    expect(endpoint.calls()).toMatchObject([
      { operation: 'ListTasks', input: inputs[0] },
      { operation: 'ListTasks', input: undefined },
    ]);
  });

  test('are not recorded where recordCalls is false, and intercept is told of them all the same', async () => {
    const told: string[] = [];
    const intercept = ({ operation }: RecordedCall) => {
      told.push(operation);
      return undefined;
    };
    const endpoint = await openEndpoint({ recordCalls: false, intercept });
    await jsonCall(endpoint, 'ListTasks', '{}');
    expect([told, endpoint.calls()]).toEqual([['ListTasks'], []]);
    const quiet = await openEndpoint({ recordCalls: false });
    expect((await jsonCall(quiet, 'CreateCluster', '{}')).status).toBe(200);
    expect(quiet.calls()).toEqual([]);
  });

  test('may be gzip', async () => {
    const endpoint = await openEndpoint();
    const body = Uint8Array.from(gzipSync('{"clusterName":"zipped"}'));
    const answer = await jsonCall(endpoint, 'CreateCluster', body, { 'content-encoding': 'gzip' });
    expect(answer.body).toMatchObject({ cluster: { clusterName: 'zipped' } });
  });

  test.each([
    ['is not gzip though it says so', 'plain', 'gzip', 400, 'SerializationException'],
    ['has an unknown encoding', '{}', 'br', 415, 'UnsupportedMediaTypeException'],
    ['is above the limit', 'x'.repeat(6 * 1024 * 1024), 'identity', 413, 'RequestEntityTooLargeException'],
    [
      'is above the limit once decompressed',
      Uint8Array.from(gzipSync(Buffer.alloc(6 * 1024 * 1024))),
      'gzip',
      413,
      'RequestEntityTooLargeException',
    ],
  ])('whose body %s are refused, and the next is served', async (_name, body, encoding, status, type) => {
    const endpoint = await openEndpoint();
    const answer = await postSlowly(endpoint, body, encoding);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { __type: type, message: expect.any(String) }]);
    expect((await jsonCall(endpoint, 'CreateCluster', '{}')).status).toBe(200);
  });

  test('of an operation that is not modelled are answered as AWS does', async () => {
    const endpoint = await openEndpoint();
    const answer = await jsonCall(endpoint, 'CreateService', '{}');
    expect([answer.status, answer.headers.get('x-amzn-errortype'), answer.body.__type]).toEqual([
      400,
      'UnknownOperationException',
      'UnknownOperationException',
    ]);
    const none = await fetch(endpoint.url);
    expect([none.status, await none.json()]).toEqual([400, expect.objectContaining({ __type: 'UnknownOperationException' })]);
  });
});

describe('further services', () => {
  const monitoring: Service = {
    signingName: 'monitoring',
    accepts: ({ path }) => path.startsWith('/service/GraniteServiceVersion20100801/'),
    handle: ({ body }) => {
      if (body.length === 0) {
        throw new RangeError('no body');
      }
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: `got ${body.length}` };
    },
  };

  test('are asked after ECS, and one that crashes answers 500 and leaves the rest alone', async () => {
    const endpoint = await openEndpoint({ services: [monitoring] });
    const url = `${endpoint.url}/service/GraniteServiceVersion20100801/operation/PutMetricData`;
    const good = await fetch(url, { method: 'POST', body: 'abc' });
    const bad = await fetch(url, { method: 'POST' });
    expect([good.status, await good.text()]).toEqual([200, 'got 3']);
    expect([bad.status, await bad.json()]).toEqual([500, { __type: 'InternalFailure', message: 'no body' }]);
    expect(endpoint.calls().map(({ service, operation }) => [service, operation])).toEqual([
      ['monitoring', 'PutMetricData'],
      ['monitoring', 'PutMetricData'],
    ]);
  });

  test('may name their own calls', async () => {
    const describing = { ...monitoring, describeCall: () => ({ operation: 'Named', input: 7 }) };
    const endpoint = await openEndpoint({ services: [describing] });
    await fetch(`${endpoint.url}/service/GraniteServiceVersion20100801/operation/X`, { method: 'POST', body: 'abc' });
    expect(endpoint.calls()).toMatchObject([{ operation: 'Named', input: 7 }]);
  });
});

describe('faults', () => {
  /** Names the given faults in turn, then none. */
  function inTurn(...faults: readonly InjectedFault[]): (call: RecordedCall) => InjectedFault | undefined {
    const left = [...faults];
    return () => left.shift();
  }

  test('throttling is retried by the SDK until it ends', async () => {
    const endpoint = await openEndpoint({ intercept: inTurn({ kind: 'throttle' }, { kind: 'throttle' }) });
    addHost(endpoint);
    const ecs = client(endpoint, 3);
    expect((await ecs.send(new ListTasksCommand({}))).taskArns).toEqual([]);
    expect(endpoint.calls()).toHaveLength(3);
    ecs.destroy();
  });

  test('an error reaches the SDK under its name and changes nothing', async () => {
    const endpoint = await openEndpoint({
      intercept: ({ operation }) =>
        operation === 'RunTask' ? { kind: 'error', code: 'ServerException', message: 'down', status: 500 } : undefined,
    });
    addHost(endpoint);
    addDefinition(endpoint, 'web');
    const ecs = client(endpoint);
    await expect(ecs.send(new RunTaskCommand({ taskDefinition: 'web' }))).rejects.toMatchObject({
      name: 'ServerException',
      message: 'down',
      $metadata: { httpStatusCode: 500 },
    });
    expect((await ecs.send(new ListTasksCommand({}))).taskArns).toEqual([]);
    ecs.destroy();
  });

  test('a delay answers as usual afterwards', async () => {
    const endpoint = await openEndpoint({ intercept: inTurn({ kind: 'delay', milliseconds: 1 }) });
    expect((await jsonCall(endpoint, 'CreateCluster', '{}')).status).toBe(200);
  });

  test('a lost answer makes the SDK ask again, and its client token keeps the task single', async () => {
    const startedAtCall: number[] = [];
    const endpoint = await openEndpoint({
      intercept: inTurn({ kind: 'drop', afterHandling: true }, { kind: 'drop' }),
      onEvent: (event) => {
        if (event['detail-type'] === 'ECS Task State Change' && event.detail.lastStatus === 'PENDING') {
          startedAtCall.push(endpoint.calls().length);
        }
      },
    });
    addHost(endpoint);
    addDefinition(endpoint, 'web');
    const ecs = client(endpoint, 3);
    const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition: 'web' }));
    expect(tasks).toHaveLength(1);
    expect(startedAtCall).toEqual([1]);
    expect((await ecs.send(new ListTasksCommand({}))).taskArns).toEqual([tasks?.[0]?.taskArn]);
    expect(endpoint.calls().filter(({ operation }) => operation === 'RunTask')).toHaveLength(3);
    ecs.destroy();
  });

  test.each([
    [
      'Query',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'Action=PutMetricData',
      'text/xml',
      '<Code>ThrottlingException</Code>',
    ],
    ['CBOR', { 'smithy-protocol': 'rpc-v2-cbor' }, '', 'application/cbor', 'ThrottlingException'],
  ])('are written in the protocol of the request: %s', async (_name, headers, body, type, part) => {
    const endpoint = await openEndpoint({ intercept: () => ({ kind: 'throttle' }) });
    const answer = await fetch(endpoint.url, { method: 'POST', headers: headers as Record<string, string>, body });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, type]);
    expect(await answer.text()).toContain(part);
  });
});

/** Posts with node:http, which reads an answer that arrives before the body is out. */
async function postSlowly(
  endpoint: LocalEndpoint,
  body: string | Uint8Array,
  encoding: string,
): Promise<{ status: number | undefined; text: string }> {
  const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.CreateCluster', 'content-encoding': encoding };
  const posting = httpRequest(endpoint.url, { method: 'POST', headers });
  posting.on('error', () => undefined);
  posting.end(body);
  const [answer] = (await once(posting, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer) {
    text += chunk;
  }
  return { status: answer.statusCode, text };
}
