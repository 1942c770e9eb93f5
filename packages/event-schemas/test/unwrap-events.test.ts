import { parseEcsEvent } from '@plimsoll/event-schemas/ecs-event';
import { unwrapEvents } from '@plimsoll/event-schemas/unwrap-events';
import { taskEvent } from './helpers/synthetic-ecs-events';
import { createRequest } from './helpers/synthetic-requests';

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:tide';
const json = JSON.stringify;
const sqs = (...bodies: unknown[]) => ({
  Records: bodies.map((body, index) => ({ messageId: `m-${index}`, receiptHandle: 'r', body, eventSource: 'aws:sqs' })),
});
const notification = (Message: unknown) => ({ Type: 'Notification', MessageId: 's-0', TopicArn: TOPIC, Subject: null, Message });
const sns = (...messages: unknown[]) => ({
  Records: messages.map((message) => ({ EventSource: 'aws:sns', EventVersion: '1.0', Sns: notification(message) })),
});

test.each([
  ['an event from EventBridge', taskEvent(), [{ event: taskEvent() }]],
  ['a custom-resource request', createRequest(), [{ event: createRequest() }]],
  [
    'a batch from SQS',
    sqs(json(taskEvent()), json({ b: 1 })),
    ['m-0', 'm-1'].map((messageId, i) => ({ messageId, event: [taskEvent(), { b: 1 }][i] })),
  ],
  ['SNS in SQS', sqs(json(notification(json(taskEvent())))), [{ messageId: 'm-0', event: taskEvent() }]],
  ['SNS in SQS with raw delivery', sqs(json(taskEvent())), [{ messageId: 'm-0', event: taskEvent() }]],
  ['an event from SNS', sns(json(createRequest())), [{ messageId: 's-0', event: createRequest() }]],
  ['a notification by itself', notification(json({ a: 1 })), [{ event: { a: 1 } }]],
  ['an empty batch', { Records: [] }, []],
  ['a record without id', { Records: [{ body: '{}' }] }, [{ event: {} }]],
  [
    'a body that is a scalar',
    sqs('null', '7'),
    [
      { messageId: 'm-0', event: null },
      { messageId: 'm-1', event: 7 },
    ],
  ],
  [
    'an event of another kind that calls itself a notification',
    { Type: 'Notification', Message: 'x' },
    [{ event: { Type: 'Notification', Message: 'x' } }],
  ],
  ['Records that are no list', { Records: {} }, [{ event: { Records: {} } }]],
  ['no object', undefined, [{ event: undefined }]],
])('takes the events out of %s', (_, input, expected) => {
  expect(unwrapEvents(input)).toEqual(expected.map((value) => ({ ok: true, value })));
});

test('an event that came by itself is the input itself', () => {
  const event = taskEvent();
  const [only] = unwrapEvents(event);
  expect(only?.ok && only.value.event).toBe(event);
});

test.each([
  ['a body that is no JSON', sqs('{'), 'Records[0].body', 'malformed JSON', 'm-0'],
  ['an empty body', sqs(''), 'Records[0].body', 'empty string', 'm-0'],
  ['a body that is no string', sqs({}), 'Records[0].body', 'object', 'm-0'],
  ['a notification around no JSON', sqs(json(notification('tide'))), 'Records[0].body.Message', 'malformed JSON', 'm-0'],
  ['a notification without message', sqs(json(notification(undefined))), 'Records[0].body.Message', 'undefined', 'm-0'],
  ['a message of SNS that is no JSON', sns('tide'), 'Records[0].Sns.Message', 'malformed JSON', 's-0'],
  ['a notification by itself around no JSON', notification('tide'), 'Message', 'malformed JSON', undefined],
  ['a record of another service', { Records: [{ eventSource: 'aws:s3', s3: {} }] }, 'Records[0]', 'object', undefined],
  ['a hole among the records', { Records: Array(1) }, 'Records[0]', 'undefined', undefined],
  ['a record that is none', { Records: [null] }, 'Records[0]', 'null', undefined],
])('says what is wrong with %s', (_, input, path, found, messageId) => {
  const [only] = unwrapEvents(input);
  expect(only).toMatchObject({ ok: false, error: { code: 'INVALID_EVENT', schema: 'unwrap-events', issues: [{ path, found }] } });
  expect(only?.ok === false && only.error.messageId).toBe(messageId ?? undefined);
});

test('a bad record leaves the others of its batch as they are', () => {
  const results = unwrapEvents(sqs(json(taskEvent()), 'x7Qz secret', json({ 'detail-type': 1 })));
  expect(results.map((record) => record.ok)).toEqual([true, false, true]);
  expect(results.map((record) => record.ok && parseEcsEvent(record.value.event).ok)).toEqual([true, false, false]);
  expect(json(results[1])).not.toContain('x7Qz');
  expect(results[1]).toMatchObject({
    error: { message: 'invalid event for schema unwrap-events: Records[1].body must be a string of JSON but is malformed JSON' },
  });
});

test('10,000 records are taken apart, the most a queue delivers; of more, or of holes without end, only the number is told', () => {
  expect(unwrapEvents({ Records: Array(10_000).fill({ body: '{}' }) })).toHaveLength(10_000);
  for (const length of [10_001, 2 ** 32 - 1]) {
    expect(unwrapEvents({ Records: Object.assign([], { length }) })).toMatchObject([
      { ok: false, error: { issues: [{ path: 'Records', expected: 'an array of at most 10,000 records', found: `array of ${length}` }] } },
    ]);
  }
});

test('prototype keys carry nothing in', () => {
  const hostile: unknown = JSON.parse('{"Records":[{"__proto__":{"body":"{}","messageId":"m"}}],"__proto__":{"Records":[]}}');
  expect(unwrapEvents(hostile)).toMatchObject([{ ok: false, error: { issues: [{ path: 'Records[0]' }] } }]);
  expect(unwrapEvents(JSON.parse('{"__proto__":{"Records":[]}}'))).toHaveLength(1);
});
