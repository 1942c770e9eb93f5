import { FaultError, UsageError } from '../src/program-error.js';

it.each([
  [new UsageError('x'), 'USAGE', 'caller', 2],
  [new FaultError('x'), 'FAULT', 'service', 3],
])('%s says what it is, whose doing, and the exit status', (error, code, source, exitStatus) => {
  expect(error).toMatchObject({ code, source, exitStatus });
});
