import { Token } from 'aws-cdk-lib';
import { LaunchType } from 'aws-cdk-lib/aws-ecs';
import { containersOf, isFargateOnly } from './definition-facts.js';
import { overridesProblems } from './overrides-problems.js';
import { overridesLength } from './request-properties.js';
import { RunOn, type TaskRunProps, WaitMode } from './task-run-props.js';
import { LEAST_TIMEOUT, LONGEST_TIMEOUT } from './wait-times.js';

/** Most characters of JSON that RunTask takes as overrides: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const LONGEST_OVERRIDES = 8192;

/** What the function adds to the overrides so that a retry knows its task, beside the name of the container. */
const FUNCTION_OVERRIDES = 120;

/** Longest key of a tag, in characters: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html */
const LONGEST_TAG_KEY = 128;

/** Most lines of log that the function reads. */
const LONGEST_LOG_TAIL = 1000;

/** Most tags, constraints, strategies and capacity providers of a RunTask call, from the same page. */
const MOST = { taskTags: 50, placementConstraints: 10, placementStrategies: 5, capacityProviderStrategies: 20 } as const;

/** What can be said of the props as they are given: problems, each with its remedy. */
export function propProblems(props: TaskRunProps, mode: WaitMode, timeoutSeconds: number): string[] {
  return [
    ...placementProblems(props),
    ...timeProblems(mode, timeoutSeconds),
    ...outcomeProblems(props),
    ...sizeProblems(props),
    ...overridesProblems(props.overrides),
    ...emptyProblems(props),
    ...triggerProblems(props),
  ];
}

/** What can be said only when the app is complete, since containers may be added to the definition after the run is made. */
export function containerProblems(props: TaskRunProps): string[] {
  const containers = containersOf(props.taskDefinition);
  if (containers === undefined) return [];
  const names = containers.map((container) => container.containerName);
  const essential = containers.filter((container) => container.essential).map((container) => container.containerName);
  const asked = [
    ...(props.containerName === undefined ? [] : [props.containerName]),
    ...(props.overrides?.containers ?? []).map(({ name }) => name),
  ];
  const problems = asked
    .filter((name) => !Token.isUnresolved(name) && !names.includes(name))
    .map(
      (name) =>
        `container ${name} is not in the task definition: name one of ${names.join(', ') || 'its containers, of which it has none yet'}`,
    );
  if (essential.length > 1 && props.containerName === undefined) {
    problems.push(`containers ${essential.join(', ')} are all essential: say with containerName whose exit code decides`);
  }
  return problems;
}

function placementProblems({
  taskDefinition,
  launchType,
  capacityProviderStrategies,
  placementConstraints,
  placementStrategies,
  platformVersion,
}: TaskRunProps): string[] {
  const problems: string[] = [];
  if (launchType !== undefined && capacityProviderStrategies !== undefined) {
    problems.push(`launchType ${launchType} and capacityProviderStrategies exclude one another: give one of them`);
  }
  if (capacityProviderStrategies?.length === 0) problems.push('capacityProviderStrategies is empty: leave it out, or name a provider');
  const fargate = launchType === LaunchType.FARGATE || (launchType === undefined && isFargateOnly(taskDefinition));
  if (launchType === LaunchType.FARGATE && !taskDefinition.isFargateCompatible) {
    problems.push('launchType is FARGATE, but the task definition is not made for it: add its compatibility, or choose EC2');
  }
  if (launchType === LaunchType.EC2 && !taskDefinition.isEc2Compatible) {
    problems.push('launchType is EC2, but the task definition is not made for it: add its compatibility, or choose FARGATE');
  }
  if (fargate && (placementConstraints ?? placementStrategies) !== undefined) {
    problems.push('placement constraints and strategies choose hosts, and AWS Fargate has none: leave them out');
  }
  if (launchType === LaunchType.EC2 && platformVersion !== undefined) {
    problems.push(`platformVersion ${platformVersion} is one of AWS Fargate, but launchType is EC2: leave it out`);
  }
  return problems;
}

function timeProblems(mode: WaitMode, timeoutSeconds: number): string[] {
  if (Token.isUnresolved(timeoutSeconds))
    return ['timeout is not known before the deployment: give a fixed one, which the wait is chosen by'];
  const longest = LONGEST_TIMEOUT[mode].toSeconds();
  const least = LEAST_TIMEOUT.toSeconds();
  if (timeoutSeconds >= least && timeoutSeconds <= longest) return [];
  const remedy =
    mode === WaitMode.DIRECT
      ? 'choose a time in between, or WaitMode.LONG for up to 55 minutes'
      : 'choose a time in between: AWS CloudFormation waits an hour at most';
  return [`timeout is ${timeoutSeconds} s, which is not within ${least} to ${longest} s of WaitMode.${mode.toUpperCase()}: ${remedy}`];
}

function outcomeProblems({ allowedExitCodes, logTailLines, redact }: TaskRunProps): string[] {
  const problems = (allowedExitCodes ?? [])
    .filter((code) => !Token.isUnresolved(code) && !isWholeNumber(code, 0, 255))
    .map((code) => `exit code ${code} cannot be: allow whole numbers from 0 to 255`);
  if (allowedExitCodes?.length === 0)
    problems.push('allowedExitCodes is empty, so that no run could succeed: leave it out, or name a code');
  if (logTailLines !== undefined && !Token.isUnresolved(logTailLines) && !isWholeNumber(logTailLines, 0, LONGEST_LOG_TAIL)) {
    problems.push(`logTailLines is ${logTailLines}: give a whole number of lines from 0 to ${LONGEST_LOG_TAIL}`);
  }
  problems.push(
    ...(redact ?? [])
      .filter((pattern) => !Token.isUnresolved(pattern) && !isPattern(pattern))
      .map((pattern) => `redact has ${pattern}, which is no regular expression: correct it`),
  );
  return problems;
}

/** The function refuses them as well, when the stack is half deployed. */
function emptyProblems({ group, containerName, redact, taskTags }: TaskRunProps): string[] {
  const problems = Object.entries({ group, containerName })
    .filter(([, text]) => text === '')
    .map(([name]) => `${name} is empty: leave it out, or name one`);
  if (redact?.includes('')) problems.push('redact has an empty pattern, which would match everywhere: remove it');
  const keys = Object.keys(taskTags ?? {}).filter((key) => !Token.isUnresolved(key) && (key === '' || key.length > LONGEST_TAG_KEY));
  problems.push(...keys.map((key) => `taskTags has a key of ${key.length} characters: give each 1 to ${LONGEST_TAG_KEY}`));
  return problems;
}

function sizeProblems(props: TaskRunProps): string[] {
  const counts = {
    taskTags: props.taskTags && Object.keys(props.taskTags).length,
    placementConstraints: props.placementConstraints?.flatMap((constraint) => constraint.toJson()).length,
    placementStrategies: props.placementStrategies?.flatMap((strategy) => strategy.toJson()).length,
    capacityProviderStrategies: props.capacityProviderStrategies?.length,
  };
  const problems = (Object.keys(MOST) as (keyof typeof MOST)[])
    .filter((name) => (counts[name] ?? 0) > MOST[name])
    .map((name) => `${name} has ${counts[name]} entries, and Amazon ECS takes ${MOST[name]} at most: leave some out`);
  const length = props.overrides && overridesLength(props.overrides);
  const longest = LONGEST_OVERRIDES - FUNCTION_OVERRIDES - (props.containerName?.length ?? 0);
  if (length !== undefined && length > longest) {
    problems.push(
      `overrides are ${length} characters of JSON, and Amazon ECS takes ${LONGEST_OVERRIDES} with what the function adds, which leaves ${longest}: move some into the task definition`,
    );
  }
  return problems;
}

function triggerProblems({ runOn, runOnRollback }: TaskRunProps): string[] {
  if (runOn !== RunOn.CREATE || runOnRollback !== true) return [];
  return ['runOnRollback is set, but a rollback is an update and runOn is RunOn.CREATE: set RunOn.BOTH, or leave runOnRollback out'];
}

function isWholeNumber(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'gu');
    return true;
  } catch {
    return false;
  }
}
