import { readSnapshotDocument } from '../../src/input/snapshot-document.js';
import { event, record, taskEvent } from '../helpers/records.js';

const one = record({ id: 'a' });
const found = (content: object): object => ({ ok: true, value: { records: [], failures: [], otherEvents: [], ...content } });

describe('readSnapshotDocument', () => {
  it.each<[string, unknown, object]>([
    ['a description', { containerInstances: [one], failures: [] }, { records: [one] }],
    ['a description without failures', { containerInstances: [one] }, { records: [one] }],
    ['a description with a cursor, as paging prints', { containerInstances: [], nextToken: 'x' }, {}],
    [
      'failures without details',
      { containerInstances: [], failures: [{}] },
      { failures: [{ arn: 'without ARN', reason: 'without reason' }] },
    ],
    [
      'failures',
      { containerInstances: [], failures: [{ arn: 'a', reason: 'MISSING' }, 7] },
      { failures: [{ arn: 'a', reason: 'MISSING' }] },
    ],
    ['one described host', { containerInstance: one }, { records: [one] }],
    ['a record', one, { records: [one] }],
    ['an event', event({ id: 'a' }), { records: [event({ id: 'a' }).detail] }],
    ['an event about a task', taskEvent(), { otherEvents: ['ECS Task State Change'] }],
    [
      'an array of several kinds',
      [one, event({ id: 'a' }), taskEvent()],
      { records: [one, event({ id: 'a' }).detail], otherEvents: ['ECS Task State Change'] },
    ],
  ])('takes the records out of %s', (_, document, content) => {
    expect(readSnapshotDocument(document)).toEqual(found(content));
  });

  it.each<[string, unknown]>([
    ['a task', { taskArn: 'arn:x', containerInstanceArn: 'arn:y' }],
    ['a list of ARNs', { containerInstanceArns: [] }],
    ['containerInstances that is no array', { containerInstances: 'x' }],
    ['an array in an array', [[one]]],
  ])('refuses %s', (_, document) => {
    expect(readSnapshotDocument(document)).toMatchObject({ ok: false, error: { code: 'NOT_A_SNAPSHOT' } });
  });

  it('refuses an event that lacks what one has', () => {
    expect(readSnapshotDocument({ ...event({ id: 'a' }), detail: {} })).toMatchObject({ ok: false, error: { code: 'INVALID_EVENT' } });
  });
});
