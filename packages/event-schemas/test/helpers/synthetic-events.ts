/** JSON that a test may change at will. */
// biome-ignore lint/suspicious/noExplicitAny: tests break events in ways no type allows.
export type Loose = any;

const CLUSTER_ARN = 'arn:aws:ecs:eu-central-1:111122223333:cluster/harbour';
const INSTANCE_ARN = 'arn:aws:ecs:eu-central-1:111122223333:container-instance/harbour/00000000000000000000000000000001';

/** A container instance event with every field the parser reads, made anew each time. */
export function containerInstanceEvent(): Loose {
  return {
    version: '0',
    id: '00000000-0000-4000-8000-000000000001',
    'detail-type': 'ECS Container Instance State Change',
    source: 'aws.ecs',
    account: '111122223333',
    time: '2030-01-01T00:00:00Z',
    region: 'eu-central-1',
    resources: [INSTANCE_ARN],
    detail: {
      clusterArn: CLUSTER_ARN,
      containerInstanceArn: INSTANCE_ARN,
      ec2InstanceId: 'i-00000000000000001',
      status: 'ACTIVE',
      agentConnected: true,
      version: 17,
      runningTasksCount: 1,
      pendingTasksCount: 0,
      attributes: [{ name: 'ecs.capability.task-eni' }, { name: 'ecs.instance-type', value: 'c5.large' }],
      registeredResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 3700, longValue: 0, doubleValue: 0 },
        { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '51678'] },
      ],
      remainingResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 700, longValue: 0, doubleValue: 0.5 },
        { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '51678', '8080'] },
      ],
      versionInfo: { agentVersion: '1.99.0' },
      updatedAt: '2030-01-01T00:00:00.12Z',
    },
  };
}

/** The least that is still a container instance event. */
export function minimalContainerInstanceEvent(): Loose {
  return {
    'detail-type': 'ECS Container Instance State Change',
    source: 'aws.ecs',
    detail: {
      clusterArn: CLUSTER_ARN,
      containerInstanceArn: INSTANCE_ARN,
      status: 'REGISTERING',
      agentConnected: false,
      version: 0,
      registeredResources: [],
      remainingResources: [],
    },
  };
}

/** The event with the value at one path replaced; `undefined` deletes the property. */
export function withChange(event: Loose, path: readonly (string | number)[], value: unknown): Loose {
  const changed = structuredClone(event);
  const last = path.at(-1);
  if (last === undefined) return value;
  let parent = changed;
  for (const key of path.slice(0, -1)) parent = parent[key];
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return changed;
}

/** A path as parse issues write it. */
export function writtenPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`), '');
}
