import { executeCommandEnabled, numberFromString, taskCpuUnits, taskMemoryMiB } from '@plimsoll/event-schemas/task-values';

test.each([
  ['256', 256],
  ['0', 0],
  ['9007199254740991', 2 ** 53 - 1],
  ['9007199254740992', undefined],
  ['99999999999999999999', undefined],
  ['null', undefined],
  ['', undefined],
  [' 256', undefined],
  ['256\n', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['٣', undefined],
  [undefined, undefined],
])('%p is read as %p', (value, expected) => {
  expect(numberFromString(value)).toBe(expected);
  const task = value === undefined ? {} : { cpu: value, memory: value };
  expect([taskCpuUnits(task), taskMemoryMiB(task)]).toEqual([expected, expected]);
});

test.each([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
] as const)('enableExecuteCommand %p is %p', (value, expected) => {
  expect(executeCommandEnabled({ enableExecuteCommand: value })).toBe(expected);
});

test('an event that does not say is neither', () => {
  expect(executeCommandEnabled({})).toBeUndefined();
});
