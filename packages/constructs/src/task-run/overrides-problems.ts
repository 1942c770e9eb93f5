import { Token } from 'aws-cdk-lib';
import type { TaskRunContainerOverride, TaskRunOverrides } from './task-run-props.js';

/** Variable by which the function knows its task again. */
const ATTEMPT_VARIABLE = 'PLIMSOLL_ATTEMPT_ID';

/** Ephemeral storage of a task, in GiB: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html */
const STORAGE_GIB = { least: 20, most: 200 } as const;

/** What the function, or Amazon ECS, would refuse of the overrides when the stack is half deployed: problems, each with its remedy. */
export function overridesProblems(overrides: TaskRunOverrides | undefined): string[] {
  if (overrides === undefined) return [];
  const { containers = [], cpuUnits, memoryMiB, ephemeralStorageGiB } = overrides;
  const names = containers.map(({ name }) => name);
  const { least, most } = STORAGE_GIB;
  return [
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `overrides name the container ${name} twice: put them into one`),
    ...containers.flatMap(containerProblems),
    ...wholeProblems('overrides', { cpuUnits, memoryMiB }),
    ...(ephemeralStorageGiB === undefined || isWhole(ephemeralStorageGiB, least, most)
      ? []
      : [`ephemeralStorageGiB is ${ephemeralStorageGiB}: give a whole number of GiB from ${least} to ${most}`]),
  ];
}

function containerProblems({ name, environment, cpuUnits, memoryLimitMiB, memoryReservationMiB }: TaskRunContainerOverride): string[] {
  const problems = wholeProblems(`overrides of container ${name}`, { cpuUnits, memoryLimitMiB, memoryReservationMiB });
  if (environment !== undefined && Object.hasOwn(environment, ATTEMPT_VARIABLE)) {
    problems.push(`overrides of container ${name} set ${ATTEMPT_VARIABLE}, which the function sets itself: use another name`);
  }
  return problems;
}

function wholeProblems(where: string, values: Readonly<Record<string, number | undefined>>): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined || isWhole(value, 0, Number.MAX_SAFE_INTEGER) ? [] : [`${where}: ${name} is ${value}, give a whole number`],
  );
}

function isWhole(value: number, least: number, most: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= least && value <= most);
}
