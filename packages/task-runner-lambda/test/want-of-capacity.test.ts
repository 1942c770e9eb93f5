import { describeFailures, failedToStartForWantOfCapacity, isThrownWantOfCapacity, isWantOfCapacity } from '../src/want-of-capacity.js';

test.each([
  ['RESOURCE:CPU', true],
  ['RESOURCE:ENI', true],
  ['RESOURCE:PORTS', true],
  ['AGENT', true],
  ['Capacity is unavailable at this time. Please try again later or in a different availability zone', true],
  ['ATTRIBUTE', false],
  ['LOCATION', false],
  ['AGENTS', false],
  ['MISSING', false],
  [undefined, false],
])('failure %s', (reason, want) => {
  expect(isWantOfCapacity([{ reason }])).toBe(want);
});

test('one host that only lacks room is enough', () => {
  expect(isWantOfCapacity([{ reason: 'ATTRIBUTE' }, { reason: 'RESOURCE:CPU' }])).toBe(true);
  expect(isWantOfCapacity([])).toBe(false);
});

test.each([
  ['No Container Instances were found in your cluster.', true],
  ['No Container Instances were found in your capacity provider.', true],
  ['Network Configuration must be provided when networkMode awsvpc is specified.', false],
])('thrown: %s', (message, want) => {
  expect(isThrownWantOfCapacity(message)).toBe(want);
});

test('a task that ran, or failed for something else, is not tried again', () => {
  const failed = { stopCode: 'TaskFailedToStart', stoppedReason: 'RESOURCE:MEMORY', containers: [{ name: 'migrate' }] };
  expect(failedToStartForWantOfCapacity(failed)).toBe(true);
  expect(failedToStartForWantOfCapacity({ ...failed, startedAt: new Date(0) })).toBe(false);
  expect(failedToStartForWantOfCapacity({ ...failed, containers: [{ name: 'init', exitCode: 0 }] })).toBe(false);
  expect(failedToStartForWantOfCapacity({ ...failed, stopCode: 'EssentialContainerExited' })).toBe(false);
  expect(failedToStartForWantOfCapacity({ ...failed, stoppedReason: 'CannotPullContainerError: no space' })).toBe(false);
});

test('failures are told once each, with their number of hosts', () => {
  const failures = [{ reason: 'RESOURCE:CPU' }, { reason: 'AGENT', detail: 'gone' }, { reason: 'RESOURCE:CPU' }, {}];
  expect(describeFailures(failures)).toBe('RESOURCE:CPU on 2 hosts, AGENT (gone), no reason');
});
