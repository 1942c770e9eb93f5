import { type Result, readTaskSize, readTaskSizes, type TaskSize, type TaskSizeError, type TaskSizes } from '@plimsoll/capacity-core';

/** Why a SPEC was refused. */
export interface TaskSizeSpecError {
  /**
   * - `NAME_MISSING`, `CPU_MISSING`, `MEMORY_MISSING`: that part is absent.
   * - `NOT_A_WHOLE_NUMBER`: a part that must be decimal digits is something else.
   * - `UNKNOWN_PART`: a part behind a comma that is none of `tcp=`, `udp=`, `gpu=`.
   * - `REPEATED_PART`: `gpu=` stands twice.
   * - others: the numbers were read, but the core refuses the size they make.
   */
  readonly code:
    | 'NAME_MISSING'
    | 'CPU_MISSING'
    | 'MEMORY_MISSING'
    | 'NOT_A_WHOLE_NUMBER'
    | 'UNKNOWN_PART'
    | 'REPEATED_PART'
    | TaskSizeError['code'];
  /** One sentence with the wrong part and the remedy. */
  readonly message: string;
}

type Refusal = { readonly ok: false; readonly error: TaskSizeSpecError };

const FORM = 'write NAME=CPU:MEMORY';
const WHOLE_NUMBER = /^(?:0|[1-9]\d*)$/;

/**
 * Reads a task size as the command line writes it: `NAME=CPU:MEMORY`, then any of `,tcp=PORT`, `,udp=PORT`, `,gpu=N`.
 *
 * CPU is in ECS CPU units, memory in MiB; 0 leaves that resource out of account.
 *
 * @example
 * parseTaskSizeSpec('web=250:400,tcp=8080');
 */
export function parseTaskSizeSpec(text: string): Result<TaskSize, TaskSizeSpecError> {
  const equals = text.indexOf('=');
  const name = equals === -1 ? text : text.slice(0, equals);
  if (name === '') return refused('NAME_MISSING', `name is missing: ${FORM}`);
  if (equals === -1) return refused('CPU_MISSING', `CPU and memory are missing: ${FORM}`);
  const [amounts = '', ...parts] = text.slice(equals + 1).split(',');
  const base = readAmounts(amounts);
  if (!base.ok) return base;
  const extras = readParts(parts);
  if (!extras.ok) return extras;
  const size = readTaskSize({ name, ...base.value, ...extras.value });
  return size.ok ? size : refused(size.error.code, size.error.message);
}

/** Reads all the SPECs of one command line: at least one, each under a name of its own. */
export function parseTaskSizeSpecs(texts: readonly string[]): Result<TaskSizes, TaskSizeSpecError> {
  const sizes: TaskSize[] = [];
  if (texts.length === 0) return refused('WRONG_TYPE', 'no task size is given: give --task-size NAME=CPU:MEMORY');
  for (const text of texts) {
    const size = parseTaskSizeSpec(text);
    if (!size.ok) return refused(size.error.code, `task size ${JSON.stringify(text)}: ${size.error.message}`);
    const namesake = texts[sizes.findIndex(({ name }) => name === size.value.name)];
    if (namesake !== undefined) {
      const both = `${JSON.stringify(namesake)} and ${JSON.stringify(text)}`;
      return refused('DUPLICATE', `task sizes ${both} share the name ${size.value.name}: give each a name of its own`);
    }
    sizes.push(size.value);
  }
  const all = readTaskSizes(sizes);
  return all.ok ? all : refused(all.error.code, all.error.message);
}

function readAmounts(text: string): Result<Pick<TaskSize, 'cpuUnits' | 'memoryMiB'>, TaskSizeSpecError> {
  const colon = text.indexOf(':');
  const cpu = colon === -1 ? text : text.slice(0, colon);
  const memory = colon === -1 ? '' : text.slice(colon + 1);
  if (cpu === '') return refused('CPU_MISSING', `CPU is missing: ${FORM}`);
  if (!WHOLE_NUMBER.test(cpu)) return notWhole('CPU', cpu, 'a whole number of CPU units, 0 or more');
  if (memory === '') return refused('MEMORY_MISSING', `memory is missing: ${FORM}`);
  if (!WHOLE_NUMBER.test(memory)) return notWhole('memory', memory, 'a whole number of MiB, 0 or more');
  return { ok: true, value: { cpuUnits: Number(cpu), memoryMiB: Number(memory) } };
}

type Extras = Partial<Pick<TaskSize, 'gpus'>> & Pick<TaskSize, 'tcpPorts' | 'udpPorts'>;

function readParts(parts: readonly string[]): Result<Extras, TaskSizeSpecError> {
  const tcpPorts: number[] = [];
  const udpPorts: number[] = [];
  const gpus: number[] = [];
  const listOf = new Map([
    ['tcp', { list: tcpPorts, form: 'a port, 1 to 65535' }],
    ['udp', { list: udpPorts, form: 'a port, 1 to 65535' }],
    ['gpu', { list: gpus, form: 'a whole number of GPUs, 0 or more' }],
  ]);
  for (const part of parts) {
    const [key = '', value = '', ...rest] = part.split('=');
    const known = listOf.get(key);
    if (known === undefined) return refused('UNKNOWN_PART', `the part behind a comma is ${shown(part)}: use tcp=PORT, udp=PORT or gpu=N`);
    const digits = [value, ...rest].join('=');
    if (!WHOLE_NUMBER.test(digits)) return notWhole(key, digits, known.form);
    known.list.push(Number(digits));
  }
  if (gpus.length > 1) return refused('REPEATED_PART', `gpu stands ${gpus.length} times: write it once`);
  const [gpuCount] = gpus;
  return { ok: true, value: { tcpPorts, udpPorts, ...(gpuCount === undefined ? {} : { gpus: gpuCount }) } };
}

function notWhole(part: string, text: string, form: string): Refusal {
  return refused('NOT_A_WHOLE_NUMBER', `${part} is ${shown(text)}: write ${form}`);
}

function shown(text: string): string {
  return text === '' ? 'empty' : JSON.stringify(text.slice(0, 40));
}

function refused(code: TaskSizeSpecError['code'], message: string): Refusal {
  return { ok: false, error: { code, message } };
}
