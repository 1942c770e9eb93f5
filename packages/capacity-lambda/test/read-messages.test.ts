import { groupByCluster, readMessages as read } from '../src/read-messages.js';
import { clusterArn, host, stateChange } from './helpers/hosts.js';
import { batchOf } from './helpers/sqs.js';

const readMessages = (input: unknown, clusters: readonly string[] = []) => read(input, clusters);

describe('readMessages', () => {
  test('reads one event', () => {
    expect(readMessages(stateChange(host(1)))).toEqual({
      kind: 'event',
      accepted: [{ cluster: clusterArn('demo'), scheduled: false, detail: { ...host(1), clusterArn: clusterArn('demo') } }],
      refused: [],
    });
  });

  test('reads a batch, and goes on after a message it refuses', () => {
    const event = stateChange(host(1));
    const old = { ...event, detail: { ...host(1), clusterArn: clusterArn('demo'), version: '3' } };
    const messages = readMessages(batchOf(event, '{"detail":', old, 'null', stateChange(host(2))));
    expect(messages.kind).toBe('batch');
    expect(messages.accepted.map(({ messageId }) => messageId)).toEqual(['message-0', 'message-4']);
    expect(messages.refused.map(({ messageId, path }) => [messageId, path])).toEqual([
      ['message-1', 'Records[1].body'],
      ['message-2', 'detail.version'],
      ['message-3', ''],
    ]);
  });

  test('reads an event that came through a topic', () => {
    const notification = {
      Type: 'Notification',
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:hosts',
      Message: JSON.stringify(stateChange(host(1))),
    };
    expect(readMessages(batchOf(notification)).accepted).toMatchObject([{ messageId: 'message-0', detail: host(1) }]);
  });

  test('reads an empty batch', () => {
    expect(readMessages({ Records: [] })).toEqual({ kind: 'batch', accepted: [], refused: [] });
  });

  test.each([undefined, null, 7, 'text', [], {}, { Records: null }, { Records: [{ eventSource: 'aws:sns' }] }])('refuses %j', (input) => {
    expect(readMessages(input)).toMatchObject({
      kind: 'event',
      accepted: [],
      refused: [{ message: expect.stringContaining('invalid event') }],
    });
  });

  const scheduled = { version: '0', id: 'x', 'detail-type': 'Scheduled Event', source: 'aws.events', resources: [], detail: {} };

  test('reads an event of the schedule as one message a configured cluster', () => {
    expect(readMessages(batchOf(scheduled), ['shop', clusterArn('demo')]).accepted).toEqual([
      { messageId: 'message-0', cluster: 'shop', scheduled: true },
      { messageId: 'message-0', cluster: clusterArn('demo'), scheduled: true },
    ]);
  });

  test('looks at the cluster that the rule of the schedule names, and no other', () => {
    const named = { ...scheduled, detail: { clusterArn: clusterArn('web') } };
    expect(readMessages(named, ['shop']).accepted).toEqual([{ cluster: clusterArn('web'), scheduled: true }]);
  });

  test('refuses an event of the schedule where no cluster is configured', () => {
    const message = expect.stringContaining('set PLIMSOLL_CLUSTERS');
    expect(readMessages(scheduled)).toEqual({ kind: 'event', accepted: [], refused: [{ path: 'detail-type', message }] });
  });

  test('does not take just any scheduled event for one of EventBridge', () => {
    expect(readMessages({ ...scheduled, source: 'shop.events' }, ['shop'])).toMatchObject({
      accepted: [],
      refused: [{ path: 'detail-type' }],
    });
  });

  test.each(['ECS Task State Change', 'ECS Service Action', 'ECS Something New'])(
    'takes of %s only its cluster and its time',
    (detailType) => {
      const event = { ...stateChange(host(1)), 'detail-type': detailType, detail: { clusterArn: clusterArn('demo') } };
      expect(readMessages(event).accepted).toEqual([
        { cluster: clusterArn('demo'), scheduled: false, sentAtMillis: Date.parse('2026-01-01T00:00:00Z') },
      ]);
      const { time: _, ...timeless } = { time: '', ...event };
      expect(readMessages(timeless).accepted).toEqual([{ cluster: clusterArn('demo'), scheduled: false }]);
    },
  );

  test.each([undefined, null, '', 7, {}])('refuses another event of ECS whose cluster is %j', (cluster) => {
    const event = { ...stateChange(host(1)), 'detail-type': 'ECS Task State Change', detail: { clusterArn: cluster } };
    expect(readMessages(event)).toMatchObject({ accepted: [], refused: [{ path: 'detail.clusterArn' }] });
  });
});

describe('groupByCluster', () => {
  test('keeps the order of clusters and of their messages, and knows a cluster by name and by ARN', () => {
    const message = (cluster: string, messageId: string) => ({ cluster, messageId, scheduled: false });
    const groups = groupByCluster([message('b', '1'), message('a', '2'), message(clusterArn('b'), '3')]);
    expect([...groups].map(([cluster, messages]) => [cluster, messages.map(({ messageId }) => messageId)])).toEqual([
      ['b', ['1', '3']],
      ['a', ['2']],
    ]);
  });
});
