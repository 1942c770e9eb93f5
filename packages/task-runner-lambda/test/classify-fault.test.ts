import { classifyFault, describeFault } from '../src/classify-fault.js';
import { awsError } from './helpers/fake-ecs.js';

test.each([
  [awsError('ThrottlingException'), 'throttled'],
  [awsError('TooManyRequestsException', '', 429), 'throttled'],
  [awsError('Throttling', 'Rate exceeded'), 'throttled'],
  [awsError('AccessDeniedException'), 'denied'],
  [awsError('AccessDenied', '', 403), 'denied'],
  [awsError('ExpiredTokenException'), 'denied'],
  [Object.assign(new RangeError('no credentials'), { name: 'MissingCredentialsError' }), 'denied'],
  [awsError('InvalidParameterException'), 'refused'],
  [awsError('ServerException', '', 500), 'unclear'],
  [awsError('TimeoutError', '', 0), 'unclear'],
  [new TypeError('socket hang up'), 'unclear'],
  ['text', 'unclear'],
  [undefined, 'unclear'],
])('%s is %s', (thrown, kind) => {
  expect(classifyFault(thrown).kind).toBe(kind);
});

test('the tasks of a conflict are kept, and nothing that is none', () => {
  expect(classifyFault(awsError('ConflictException', 'x', 400, { resourceIds: ['a', 1] })).resourceIds).toEqual(['a']);
  expect(classifyFault(awsError('ConflictException', 'x', 400, { resourceIds: 'a' })).resourceIds).toEqual([]);
});

test('a fault is told in one line', () => {
  expect(describeFault({ name: 'A', message: 'b' })).toBe('A: b');
  expect(describeFault({ name: 'A', message: '' })).toBe('A');
});
