import { parseContainerInstanceStateChange } from '@plimsoll/event-schemas/container-instance-state-change';
import { EVENT_SHAPES } from './helpers/event-shapes';
import { containerInstanceEvent, withChange } from './helpers/synthetic-events';

test.each(EVENT_SHAPES.map((row) => [row.shape, row] as const))('shape: %s', (_, { event, issues }) => {
  const result = parseContainerInstanceStateChange(event);
  expect(result.ok ? [] : result.error.issues).toEqual(issues);
  expect(result.ok).toBe(issues.length === 0);
});

test('the value is the input itself', () => {
  const event = containerInstanceEvent();
  expect(parseContainerInstanceStateChange(event)).toEqual({ ok: true, value: event });
  const result = parseContainerInstanceStateChange(event);
  expect(result.ok && result.value).toBe(event);
});

test('the error names the schema and lists every issue on one line', () => {
  const event = withChange(withChange(containerInstanceEvent(), ['detail', 'version'], -1), ['detail', 'status'], null);
  expect(parseContainerInstanceStateChange(event)).toMatchObject({
    error: {
      code: 'INVALID_EVENT',
      schema: 'container-instance-state-change',
      message:
        'invalid event for schema container-instance-state-change: ' +
        'detail.status must be a string but is null; detail.version must be a whole number of at least 0 but is negative number',
    },
  });
  expect(parseContainerInstanceStateChange(undefined)).toMatchObject({
    error: { message: 'invalid event for schema container-instance-state-change: the event itself must be an object but is undefined' },
  });
});
