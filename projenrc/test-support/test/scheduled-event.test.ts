import { scheduledEvent } from '../src/index.js';

test('a schedule says when it was due and what its rule carries, or neither', () => {
  expect(scheduledEvent()).toMatchObject({ 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} });
  expect(scheduledEvent()).not.toHaveProperty('time');
  const time = '2026-01-01T00:00:00Z';
  expect(scheduledEvent({ time, detail: { clusterArn: 'demo' } })).toMatchObject({ time, detail: { clusterArn: 'demo' } });
});
