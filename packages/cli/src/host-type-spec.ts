import type { HostType, Result } from '@plimsoll/capacity-core';

/** Why a TYPE was refused. */
export interface HostTypeSpecError {
  /**
   * - `FORM`: it is not `TYPE=CPU:MEMORY`, or a part behind a comma is none of `gpu=`, `cost=`.
   * - `OUT_OF_RANGE`: a number is above what ECS can register, or a cost is not above 0.
   * - `DUPLICATE`: a type or a part stands twice.
   */
  readonly code: 'FORM' | 'OUT_OF_RANGE' | 'DUPLICATE';
  /** One sentence with the wrong part and the remedy. */
  readonly message: string;
}

const FORM = 'write TYPE=CPU:MEMORY, then any of ,gpu=N ,cost=N';
const TYPE = /^([\w.-]{1,64})=(\d{1,10}):(\d{1,10})((?:,[^,]*)*)$/;
const PART = /^(?:gpu=(?<gpu>\d{1,10})|cost=(?<cost>\d{1,9}(?:\.\d{1,9})?))$/;
/** The greatest amount that ECS writes into its 32-bit `integerValue`. */
const MAX_AMOUNT = 2_147_483_647;

/**
 * Reads host types as the command line writes them: `TYPE=CPU:MEMORY`, then any of `,gpu=N`, `,cost=N`.
 *
 * CPU is in ECS CPU units and memory in MiB, as such a host registers them. TYPE is taken for the EC2 instance type, whose network
 * interfaces are counted where they are known.
 *
 * @example
 * parseHostTypeSpecs(['m5.large=2048:7680,cost=0.096']);
 */
export function parseHostTypeSpecs(texts: readonly string[]): Result<readonly HostType[], HostTypeSpecError> {
  const types: HostType[] = [];
  for (const text of texts) {
    const type = parseHostTypeSpec(text);
    if (!type.ok) return type;
    if (types.some(({ name }) => name === type.value.name)) return refused('DUPLICATE', text, 'is given twice: give each type once');
    types.push(type.value);
  }
  return { ok: true, value: types };
}

function parseHostTypeSpec(text: string): Result<HostType, HostTypeSpecError> {
  const [, name, cpu, memory, parts = ''] = TYPE.exec(text) ?? [];
  if (name === undefined) return refused('FORM', text, `is no host type: ${FORM}`);
  const found = new Map<string, number>();
  for (const part of parts.split(',').slice(1)) {
    const groups = PART.exec(part)?.groups;
    if (groups === undefined) return refused('FORM', text, `has the part ${JSON.stringify(part.slice(0, 40))}: ${FORM}`);
    const key = groups.gpu === undefined ? 'cost' : 'gpu';
    if (found.has(key)) return refused('DUPLICATE', text, `names its ${key} twice: write it once`);
    found.set(key, Number(groups[key]));
  }
  const { cpuUnits, memoryMiB, gpus, cost } = {
    cpuUnits: Number(cpu),
    memoryMiB: Number(memory),
    gpus: found.get('gpu') ?? 0,
    cost: found.get('cost'),
  };
  const tooMuch = [cpuUnits, memoryMiB, gpus].find((amount) => amount > MAX_AMOUNT);
  if (tooMuch !== undefined) return refused('OUT_OF_RANGE', text, `has ${tooMuch} of something: write at most ${MAX_AMOUNT}`);
  if (cost === 0) return refused('OUT_OF_RANGE', text, 'costs 0: write a cost above 0, or leave it out');
  return {
    ok: true,
    value: {
      name,
      resources: { cpuUnits, memoryMiB, gpus, takenTcpPorts: [], takenUdpPorts: [], others: [] },
      attributes: [{ name: 'ecs.instance-type', value: name }],
      ...(cost === undefined ? {} : { cost }),
    },
  };
}

function refused(code: HostTypeSpecError['code'], text: string, problem: string): Result<never, HostTypeSpecError> {
  return { ok: false, error: { code, message: `host type ${JSON.stringify(text.slice(0, 80))} ${problem}` } };
}
