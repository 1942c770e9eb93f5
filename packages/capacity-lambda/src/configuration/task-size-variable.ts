import { readTaskSizes, type TaskSizes } from '@plimsoll/capacity-core';
import { type Environment, refused, shown, type VariableResult } from './variable.js';

/** Reads `PLIMSOLL_TASK_SIZES`: a JSON list of task sizes. */
export function readTaskSizesVariable({ PLIMSOLL_TASK_SIZES: text }: Environment): VariableResult<TaskSizes> {
  const variable = 'PLIMSOLL_TASK_SIZES';
  if (text === undefined || text.trim() === '') {
    return refused('MISSING_VARIABLE', variable, 'is not set: give a JSON list such as [{"name":"web","cpuUnits":250,"memoryMiB":400}]');
  }
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return refused('INVALID_JSON', variable, `is ${shown(text)}: give a JSON list of task sizes`);
  }
  const sizes = readTaskSizes(input);
  return sizes.ok ? sizes : refused('INVALID_TASK_SIZES', variable, `is refused: ${sizes.error.message}`);
}
