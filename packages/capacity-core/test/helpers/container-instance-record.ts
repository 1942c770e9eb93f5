import type { Host, HostResources } from '../../src/index.js';

/** One item of `registeredResources` or `remainingResources`, as ECS writes it. */
export type ResourceRecord = Readonly<Record<string, unknown>>;

/** How a producer writes a record down. */
export interface RecordStyle {
  /** API responses fill the value fields that do not apply with zeros; events leave them out. */
  readonly zeros: boolean;
  /** Type given to amounts that are whole numbers; others are DOUBLE. */
  readonly integerType: 'INTEGER' | 'LONG';
}

const PLAIN: RecordStyle = { zeros: false, integerType: 'INTEGER' };

/** A host as ECS describes it: the opposite of reading it. */
export function recordOf(host: Host, style: RecordStyle = PLAIN): Readonly<Record<string, unknown>> {
  const { registered, remaining, ...others } = host;
  return { ...others, registeredResources: resourcesOf(registered, style), remainingResources: resourcesOf(remaining, style) };
}

function resourcesOf(resources: HostResources, style: RecordStyle): readonly ResourceRecord[] {
  return [
    amountOf('CPU', resources.cpuUnits, style),
    amountOf('MEMORY', resources.memoryMiB, style),
    setOf(
      'GPU',
      Array.from({ length: resources.gpus }, (_, index) => `GPU-${index}`),
      style,
    ),
    setOf('PORTS', resources.takenTcpPorts.map(String), style),
    setOf('PORTS_UDP', resources.takenUdpPorts.map(String), style),
  ];
}

function amountOf(name: string, value: number, { zeros, integerType }: RecordStyle): ResourceRecord {
  const type = Number.isInteger(value) ? integerType : 'DOUBLE';
  const field = { INTEGER: 'integerValue', LONG: 'longValue', DOUBLE: 'doubleValue' }[type];
  return { ...(zeros ? { integerValue: 0, longValue: 0, doubleValue: 0 } : {}), name, type, [field]: value };
}

function setOf(name: string, stringSetValue: readonly string[], { zeros }: RecordStyle): ResourceRecord {
  return { ...(zeros ? { integerValue: 0, longValue: 0, doubleValue: 0 } : {}), name, type: 'STRINGSET', stringSetValue };
}
