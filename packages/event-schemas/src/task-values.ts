import { readOwn } from './private/safe-read.js';
import type { TaskStateChangeDetail } from './task-state-change.js';

/**
 * Reads a number that ECS sends as a string.
 *
 * @returns a whole number of at least 0; undefined if the string is missing, is
 * the word `null`, or is anything but the digits of a number up to 2^53 - 1
 */
export function numberFromString(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{1,16}$/.test(value)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** CPU of a task in units (1024 a vCPU). Undefined if none is set for the task as a whole: then its containers' count. ECS also says this as 0. */
export function taskCpuUnits(detail: Pick<TaskStateChangeDetail, 'cpu'>): number | undefined {
  return numberFromString(readOwn(detail, 'cpu'));
}

/** Memory of a task in MiB. Undefined if none is set for the task as a whole. */
export function taskMemoryMiB(detail: Pick<TaskStateChangeDetail, 'memory'>): number | undefined {
  return numberFromString(readOwn(detail, 'memory'));
}

/** Whether ECS Exec is on for a task. Undefined if the event does not say, as older ones do not. */
export function executeCommandEnabled(detail: Pick<TaskStateChangeDetail, 'enableExecuteCommand'>): boolean | undefined {
  const enabled = readOwn(detail, 'enableExecuteCommand');
  return enabled === undefined ? undefined : enabled === true || enabled === 'true';
}
