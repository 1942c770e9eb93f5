import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateLogGroupCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { propertyParameters } from '@plimsoll/test-support';
import * as fc from 'fast-check';
import { createCloudWatchLogs, createVirtualTime } from '../../src/index.js';
import { schemaViolations } from '../helpers/cloudwatch-response.js';
import { closeAll, openEndpoint } from '../helpers/open-endpoints.js';
import { logsClient } from '../helpers/sdk-clients.js';

afterEach(closeAll);

const STREAM = { logGroupName: 'job', logStreamName: 'app/main/1' };

async function open(lines: number) {
  const endpoint = await openEndpoint();
  for (let line = 1; line <= lines; line += 1) {
    endpoint.logs.append(STREAM, `line ${line}`);
  }
  const client = logsClient(endpoint);
  const get = async (input: Partial<GetLogEventsCommandInput> = {}) => {
    const page = await client.send(new GetLogEventsCommand({ ...STREAM, ...input }));
    return { ...page, lines: (page.events ?? []).map(({ message }) => Number(message?.slice(5))) };
  };
  return { endpoint, client, get };
}

describe('GetLogEvents over HTTP', () => {
  test('gives the tail, oldest first, and the head on demand', async () => {
    const { get } = await open(5);
    expect((await get({ limit: 2 })).lines).toEqual([4, 5]);
    expect((await get({ limit: 2, startFromHead: true })).lines).toEqual([1, 2]);
    expect((await get()).lines).toEqual([1, 2, 3, 4, 5]);
  });

  test('pages forwards until the token repeats, finding what arrived in between', async () => {
    const { endpoint, get } = await open(3);
    const first = await get({ limit: 2, startFromHead: true });
    endpoint.logs.append(STREAM, 'line 4');
    const second = await get({ nextToken: first.nextForwardToken, startFromHead: true });
    const third = await get({ nextToken: second.nextForwardToken, startFromHead: true });
    expect([first.lines, second.lines, third.lines]).toEqual([[1, 2], [3, 4], []]);
    expect(third.nextForwardToken).toBe(second.nextForwardToken);
  });

  test('pages backwards until the token repeats', async () => {
    const { get } = await open(3);
    const first = await get({ limit: 2 });
    const second = await get({ limit: 2, nextToken: first.nextBackwardToken });
    const third = await get({ limit: 2, nextToken: second.nextBackwardToken });
    expect([first.lines, second.lines, third.lines]).toEqual([[2, 3], [1], []]);
    expect(third.nextBackwardToken).toBe(second.nextBackwardToken);
  });

  test('missing groups and streams, bad limits and tokens are told in CloudWatch Logs’ own errors', async () => {
    const { client, get } = await open(1);
    await expect(get({ logGroupName: 'other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
    await expect(get({ logStreamName: 'other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
    await expect(get({ limit: 0 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(get({ limit: 10_001 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(get({ nextToken: 'mine' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(get({ logGroupIdentifier: 'job' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await client.send(new CreateLogGroupCommand({ logGroupName: 'fresh' }));
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: 'fresh' }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await expect(get({ logGroupName: 'fresh' })).rejects.toThrow('log stream');
  });

  test('a group is found by its ARN', async () => {
    const { client } = await open(1);
    const logGroupIdentifier = 'arn:aws:logs:us-east-1:111122223333:log-group:job';
    const { events } = await client.send(new GetLogEventsCommand({ logGroupIdentifier, logStreamName: STREAM.logStreamName }));
    expect(events).toHaveLength(1);
  });

  test('a page holds no more than 1 MB', async () => {
    const { endpoint, get } = await open(0);
    for (let line = 1; line <= 5; line += 1) {
      endpoint.logs.append(STREAM, `line ${line}${' '.repeat(300_000)}`);
    }
    expect((await get()).lines).toEqual([3, 4, 5]);
    expect((await get({ startFromHead: true })).lines).toEqual([1, 2, 3]);
  });

  test('streams are described in order, by prefix and page by page', async () => {
    const { endpoint, client } = await open(1);
    endpoint.logs.createStream('job', 'app/side/1');
    endpoint.logs.createStream('job', 'other');
    const names = async (input: object) => {
      const { logStreams, nextToken } = await client.send(new DescribeLogStreamsCommand({ logGroupName: 'job', ...input }));
      return [logStreams?.map(({ logStreamName }) => logStreamName), nextToken];
    };
    expect(await names({ logStreamNamePrefix: 'app/' })).toEqual([['app/main/1', 'app/side/1'], undefined]);
    expect(await names({ limit: 2, descending: true })).toEqual([['other', 'app/side/1'], '2']);
    expect(await names({ limit: 2, descending: true, nextToken: '2' })).toEqual([['app/main/1'], undefined]);
    expect((await names({ orderBy: 'LastEventTime' }))[0]).toHaveLength(3);
    await expect(names({ orderBy: 'LastEventTime', logStreamNamePrefix: 'app' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  (existsSync('/usr/bin/aws') ? test : test.skip)('the aws CLI reads it', async () => {
    const { endpoint } = await open(2);
    const { stdout } = await promisify(execFile)(
      '/usr/bin/aws',
      ['--endpoint-url', endpoint.url, 'logs', 'get-log-events', '--log-group-name', 'job', '--log-stream-name', 'app/main/1'],
      {
        env: {
          ...endpoint.environment,
          PATH: process.env.PATH,
          AWS_CONFIG_FILE: '/dev/null',
          AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
          NO_PROXY: '127.0.0.1',
        },
      },
    );
    expect(JSON.parse(stdout).events.map(({ message }: { message: string }) => message)).toEqual(['line 1', 'line 2']);
  });
});

describe('answers of CloudWatch Logs', () => {
  const logs = createCloudWatchLogs();
  logs.store.append(STREAM, 'line');

  test.each([
    ['GetLogEvents', STREAM, sdk.GetLogEventsResponse$],
    ['DescribeLogStreams', { logGroupName: 'job' }, sdk.DescribeLogStreamsResponse$],
  ] as const)('%s fits the SDK’s schema', (operation, input, schema) => {
    const outcome = logs.call(operation, input);
    expect(outcome.ok && schemaViolations(schema, JSON.parse(JSON.stringify(outcome.response)))).toEqual([]);
  });

  test('a value of the wrong kind and an unknown operation are refused', () => {
    expect(logs.call('GetLogEvents', { ...STREAM, limit: 'all' })).toMatchObject({ error: { code: 'SerializationException' } });
    expect(logs.call('toString', {})).toMatchObject({ error: { code: 'UnknownOperationException' } });
  });

  test('pages of any size, forwards and backwards, give every event within the bounds once and in order', async () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(60),
        fc.nat(60),
        async (gaps, limit, from, length) => {
          const time = createVirtualTime(new Date(0));
          const { store, call } = createCloudWatchLogs({ clock: time.now });
          store.createStream(STREAM.logGroupName, STREAM.logStreamName);
          for (const gap of gaps) {
            await time.advance(gap);
            store.append(STREAM, String(time.now().getTime()));
          }
          const bounds = { startTime: from, endTime: from + length };
          const moments = gaps.map((_, index) => gaps.slice(0, index + 1).reduce((total, gap) => total + gap, 0));
          const expected = moments.filter((moment) => moment >= from && moment < from + length);
          expect(readAll(call, { bounds, limit, forwards: true })).toEqual(expected);
          expect(readAll(call, { bounds, limit, forwards: false })).toEqual(expected);
        },
      ),
      propertyParameters(100),
    ));
});

interface Reading {
  readonly bounds: Readonly<Record<string, number>>;
  readonly limit: number;
  readonly forwards: boolean;
}

interface Page {
  readonly events: ReadonlyArray<{ readonly timestamp: number }>;
  readonly nextForwardToken: string;
  readonly nextBackwardToken: string;
}

/** The moments of all events within the bounds, page by page until the token stands still. */
function readAll(call: ReturnType<typeof createCloudWatchLogs>['call'], { bounds, limit, forwards }: Reading): readonly number[] {
  const found: number[][] = [];
  let token: string | undefined;
  for (;;) {
    const outcome = call('GetLogEvents', { ...STREAM, ...bounds, limit, startFromHead: forwards, nextToken: token });
    const page = (outcome.ok ? outcome.response : {}) as unknown as Page;
    const next = forwards ? page.nextForwardToken : page.nextBackwardToken;
    found.push(page.events.map(({ timestamp }) => timestamp));
    if (next === token) return (forwards ? found : found.reverse()).flat();
    token = next;
  }
}
