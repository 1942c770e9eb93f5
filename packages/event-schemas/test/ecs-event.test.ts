import { parseEcsEvent, TASK_STATE_CHANGE } from '@plimsoll/event-schemas';
import { SCHEMA_CASES } from './helpers/schema-cases';
import { bareEvent, taskEvent } from './helpers/synthetic-ecs-events';
import { withChange } from './helpers/synthetic-events';

const events = SCHEMA_CASES.filter((schema) => schema.schema !== 'custom-resource-request');

test.each(events.map((schema) => [schema.name, schema] as const))('finds the schema of %s', (name, { whole, parse }) => {
  const event = whole();
  const result = parseEcsEvent(event);
  expect(result.ok && result.value).toEqual({ detailType: event['detail-type'], event });
  expect(result.ok && result.value.event).toBe(event);
  const broken = withChange(event, ['detail'], {});
  expect(parseEcsEvent(broken)).toMatchObject({ ok: false, error: { schema: name } });
  expect(parseEcsEvent(broken)).toEqual(parse(broken));
});

test.each(['ECS Tide Change', '', 'constructor', '__proto__', 'toString'])('a detail-type without schema is no error: %p', (detailType) => {
  const event = bareEvent(detailType, { anything: [null] });
  const result = parseEcsEvent(event);
  expect(result.ok && result.value.detailType).toBe('unknown');
  expect(result.ok && result.value.event).toBe(event);
});

test('neither is another source', () => {
  expect(parseEcsEvent({ ...bareEvent('EC2 Instance State-change Notification', {}), source: 'aws.ec2' }).ok).toBe(true);
  expect(parseEcsEvent({ ...taskEvent(), source: 'harbour.test' })).toMatchObject({ error: { issues: [{ path: 'source' }] } });
});

test('what has no envelope is refused', () => {
  expect(parseEcsEvent({ 'detail-type': 'ECS Tide Change' })).toMatchObject({
    error: { schema: 'envelope', issues: [{ path: 'source' }, { path: 'detail' }] },
  });
  expect(parseEcsEvent([TASK_STATE_CHANGE])).toMatchObject({ ok: false, error: { issues: [{ path: '', found: 'array' }] } });
});
