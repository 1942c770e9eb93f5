/** One item of `registeredResources` or `remainingResources`, with the fields that ECS writes: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Resource.html */
export interface ResourceRecord {
  name: string;
  type: 'INTEGER' | 'STRINGSET';
  integerValue?: number;
  longValue?: number;
  doubleValue?: number;
  stringSetValue?: string[];
}

/** What a host has, or has left. */
export interface HostAmounts {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  /** TCP ports that are taken. */
  readonly tcpPorts: readonly (number | string)[];
  /**
   * UDP ports that are taken.
   *
   * @default none
   */
  readonly udpPorts?: readonly (number | string)[];
  /**
   * Ids of the GPUs, none included.
   *
   * @default GPUs are not named at all
   */
  readonly gpus?: readonly string[] | undefined;
}

/** How a producer writes records. */
export interface RecordStyle {
  /** Whether the amounts of other types are written as zeros, as responses of the API do, or left out, as events do. */
  readonly zeros: boolean;
}

/** The resources of a host in ECS's order. */
export function resourceRecords({ cpuUnits, memoryMiB, tcpPorts, udpPorts = [], gpus }: HostAmounts, style: RecordStyle): ResourceRecord[] {
  return [
    integerRecord('CPU', cpuUnits, style),
    integerRecord('MEMORY', memoryMiB, style),
    setRecord('PORTS', tcpPorts.map(String), style),
    setRecord('PORTS_UDP', udpPorts.map(String), style),
    ...(gpus === undefined ? [] : [setRecord('GPU', gpus, style)]),
  ];
}

function integerRecord(name: string, integerValue: number, { zeros }: RecordStyle): ResourceRecord {
  return { name, type: 'INTEGER', ...(zeros ? { doubleValue: 0, longValue: 0 } : {}), integerValue };
}

function setRecord(name: string, members: readonly string[], { zeros }: RecordStyle): ResourceRecord {
  return { name, type: 'STRINGSET', ...(zeros ? { doubleValue: 0, longValue: 0, integerValue: 0 } : {}), stringSetValue: [...members] };
}
