import { groupByCluster, readMessages } from '../src/read-messages.js';
import { clusterArn, host, stateChange } from './helpers/hosts.js';
import { batchOf } from './helpers/sqs.js';

describe('readMessages', () => {
  test('reads one event', () => {
    expect(readMessages(stateChange(host(1)))).toEqual({
      kind: 'event',
      accepted: [{ clusterArn: clusterArn('demo'), detail: { ...host(1), clusterArn: clusterArn('demo') } }],
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
});

describe('groupByCluster', () => {
  test('keeps the order of clusters and of their messages', () => {
    const message = (cluster: string, messageId: string) => ({ clusterArn: cluster, messageId, detail: null });
    const groups = groupByCluster([message('b', '1'), message('a', '2'), message('b', '3')]);
    expect([...groups].map(([cluster, messages]) => [cluster, messages.map(({ messageId }) => messageId)])).toEqual([
      ['b', ['1', '3']],
      ['a', ['2']],
    ]);
  });
});
