import { Token } from 'aws-cdk-lib';
import type { ClusterCapacityProps } from './cluster-capacity-props.js';
import type { TaskSize, TaskSizeOptions, TaskSizeProps } from './task-size.js';

const MOST_SIZES = 50;
const MOST_HEADROOM = 10_000;
const LAST_PORT = 65_535;
/** As the function reads it. */
const LONGEST_GROUP = 255;

/** As the function reads it. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_./:-]{0,254}$/;

/** Bytes that all variables of a function's environment may have: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_ENVIRONMENT_BYTES = 4_096;
/** Bytes of the variables beside the sizes at most, and those of a value that only the deployment knows: an ARN as a rule. */
const [OTHER_BYTES, UNKNOWN_BYTES] = [700, 100];

/** What is wrong with the task sizes: what the function would refuse when it starts, told when the app is synthesised. */
export function sizeProblems({ taskSizes, discoverServices }: ClusterCapacityProps): string[] {
  const problems: string[] = [];
  const least = discoverServices === undefined ? 1 : 0;
  if (taskSizes.length < least || taskSizes.length > MOST_SIZES) {
    problems.push(`taskSizes has ${taskSizes.length} entries: give ${least} to ${MOST_SIZES}`);
  }
  const names = taskSizes.map(({ name }) => name);
  if (names.includes('')) problems.push('a task size has no name, since only the deployment knows its family: give it a name');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) problems.push(`two task sizes are named ${twice}: give one of them another name`);
  return [...problems, ...taskSizes.flatMap(problemsOf), ...lengthProblems(taskSizes)];
}

function problemsOf(size: TaskSize): string[] {
  const { name, headroom } = size;
  const problems: string[] = [];
  if (!Token.isUnresolved(name) && name !== '' && !NAME.test(name)) {
    problems.push(`a task size is named ${name.slice(0, 80)}: use 1 to 255 letters, digits and _ . / : -, the first a letter or digit`);
  }
  if (!isWhole(headroom, 0, MOST_HEADROOM))
    problems.push(`headroom of ${name} is ${headroom} tasks: give a whole number from 0 to ${MOST_HEADROOM}`);
  const { group } = size.toJson() as TaskSizeOptions;
  if (group !== undefined && !Token.isUnresolved(group) && (group === '' || group.length > LONGEST_GROUP))
    problems.push(`group of ${name} has ${group.length} characters: give 1 to ${LONGEST_GROUP}, such as service:web, or leave it out`);
  return [...problems, ...(size.isFromDefinition ? [] : demandProblems(size.toJson() as TaskSizeProps))];
}

function demandProblems({ name, cpuUnits, memoryMiB, gpus = 0, tcpPorts = [], udpPorts = [] }: TaskSizeProps): string[] {
  const problems: string[] = [];
  for (const [field, value] of Object.entries({ cpuUnits, memoryMiB, gpus })) {
    if (!isWhole(value, 0, Number.MAX_SAFE_INTEGER)) problems.push(`${field} of ${name} is ${value}: give a whole number, 0 or more`);
  }
  for (const [field, ports] of Object.entries({ tcpPorts, udpPorts })) {
    const wrong = ports.find((port, index) => !isWhole(port, 1, LAST_PORT) || ports.indexOf(port) !== index);
    if (wrong !== undefined) problems.push(`${field} of ${name} has ${wrong}: give ports from 1 to ${LAST_PORT}, each once`);
  }
  if (cpuUnits === 0 && memoryMiB === 0 && gpus === 0 && tcpPorts.length + udpPorts.length === 0) {
    problems.push(`${name} asks for nothing, so that any number would fit: give it CPU units, memory, a GPU or a port`);
  }
  return problems;
}

/** Lambda refuses a longer environment, and the deployment would fail at it. */
function lengthProblems(taskSizes: readonly TaskSize[]): string[] {
  const bytes = taskSizes.reduce((sum, size) => sum + 1 + bytesOf(size.toJson()), 1);
  const left = MOST_ENVIRONMENT_BYTES - OTHER_BYTES;
  if (bytes <= left) return [];
  return [
    `taskSizes take some ${bytes} bytes of the function's environment, which has ${left} for them: give fewer or shorter names, or discoverServices`,
  ];
}

function bytesOf(described: object): number {
  return Object.entries(described).reduce((sum, [field, value]) => {
    const length = Token.isUnresolved(value) ? UNKNOWN_BYTES : Buffer.byteLength(JSON.stringify(value));
    return sum + field.length + 4 + length;
  }, 2);
}

function isWhole(value: number, least: number, most: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= least && value <= most);
}
