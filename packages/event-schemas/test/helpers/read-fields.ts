/** One field the container instance parser reads, in the terms of the synthetic event. */
export interface ReadField {
  /** Keys that lead to it. */
  readonly path: readonly (string | number)[];
  /** Whether an event without it is refused. */
  readonly required: boolean;
  /** Type as JSON has it; `natural` is a whole number of at least 0, `identifier` a string that is not empty. */
  readonly type: 'string' | 'identifier' | 'exact' | 'boolean' | 'natural' | 'whole' | 'number' | 'array' | 'object';
}

const required = (type: ReadField['type'], ...path: (string | number)[]): ReadField => ({ path, required: true, type });
const optional = (type: ReadField['type'], ...path: (string | number)[]): ReadField => ({ path, required: false, type });

/** Every field the parser reads, with one element of each array. */
export const READ_FIELDS: readonly ReadField[] = [
  required('exact', 'detail-type'),
  required('exact', 'source'),
  required('object', 'detail'),
  ...['version', 'id', 'account', 'time', 'region'].map((key) => optional('string', key)),
  optional('array', 'resources'),
  required('identifier', 'detail', 'clusterArn'),
  required('identifier', 'detail', 'containerInstanceArn'),
  required('string', 'detail', 'status'),
  required('boolean', 'detail', 'agentConnected'),
  required('natural', 'detail', 'version'),
  optional('string', 'detail', 'ec2InstanceId'),
  optional('natural', 'detail', 'runningTasksCount'),
  optional('natural', 'detail', 'pendingTasksCount'),
  optional('array', 'detail', 'attributes'),
  required('string', 'detail', 'attributes', 1, 'name'),
  optional('string', 'detail', 'attributes', 1, 'value'),
  ...['registeredResources', 'remainingResources'].flatMap((key) => [
    required('array', 'detail', key),
    required('string', 'detail', key, 1, 'name'),
    optional('string', 'detail', key, 1, 'type'),
    optional('whole', 'detail', key, 1, 'integerValue'),
    optional('whole', 'detail', key, 1, 'longValue'),
    optional('number', 'detail', key, 1, 'doubleValue'),
    optional('array', 'detail', key, 2, 'stringSetValue'),
  ]),
];

/** Whether a JSON value has the type of the field. */
export function matches(type: ReadField['type'], value: unknown): boolean {
  switch (type) {
    case 'exact':
      return false;
    case 'identifier':
      return typeof value === 'string' && value !== '';
    case 'natural':
      return Number.isSafeInteger(value) && (value as number) >= 0;
    case 'whole':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
