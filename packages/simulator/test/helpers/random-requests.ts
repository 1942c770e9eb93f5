import fc from 'fast-check';

/** Overrides of a run: of the task, and of its container `a`. Some ask for what no container may. */
export interface Overrides {
  readonly cpu?: string;
  readonly memory?: string;
  readonly containerOverrides?: readonly ContainerOverride[];
}

interface ContainerOverride {
  readonly name: string;
  readonly cpu?: number;
  readonly memory?: number;
  readonly memoryReservation?: number;
  readonly resourceRequirements?: readonly { readonly type: string; readonly value: string }[];
}

/** What one task takes. */
export interface Demand {
  readonly cpu: number;
  readonly memory: number;
  readonly ports: readonly string[];
  readonly udp: readonly string[];
  readonly gpus: number;
}

/** One step of a random history; `pick` chooses among what is there, modulo its number. */
export type Step =
  | { readonly kind: 'register'; readonly cpu: number; readonly memory: number; readonly gpus: number; readonly zone: string }
  | {
      readonly kind: 'run';
      readonly family: string;
      readonly count: number;
      readonly strategy: number;
      readonly distinct: boolean;
      readonly overrides: Overrides | undefined;
    }
  | { readonly kind: 'stop'; readonly pick: number }
  | { readonly kind: 'status'; readonly pick: number; readonly status: string }
  | { readonly kind: 'deregister'; readonly pick: number; readonly force: boolean }
  | { readonly kind: 'connect'; readonly pick: number; readonly connected: boolean };

/** What one task of each family takes, told apart from the model so that it can be checked against it. */
const DEMANDS: Readonly<Record<string, Demand>> = {
  small: { cpu: 100, memory: 128, ports: [], udp: [], gpus: 0 },
  free: { cpu: 0, memory: 64, ports: [], udp: [], gpus: 0 },
  ported: { cpu: 256, memory: 300, ports: ['8080', '9090'], udp: ['53'], gpus: 0 },
  large: { cpu: 1024, memory: 1500, ports: [], udp: [], gpus: 0 },
  learner: { cpu: 10, memory: 20, ports: [], udp: [], gpus: 2 },
  assigned: { cpu: 5, memory: 30, ports: ['49153'], udp: [], gpus: 0 },
};

/** The part of a demand that is container `a`'s and not the task's own. */
const OF_CONTAINER_A: Readonly<Record<string, { readonly cpu?: number; readonly memory?: number; readonly gpus: number }>> = {
  small: { cpu: 60, memory: 100, gpus: 0 },
  free: { cpu: 0, memory: 64, gpus: 0 },
  ported: { gpus: 0 },
  large: { gpus: 0 },
  learner: { cpu: 10, memory: 20, gpus: 2 },
  assigned: { cpu: 5, memory: 30, gpus: 0 },
};

/** What one task of a family takes under overrides. */
export function demandUnder(family: string, overrides: Overrides | undefined): Demand {
  const demand = DEMANDS[family];
  const own = OF_CONTAINER_A[family];
  if (demand === undefined || own === undefined) throw new TypeError(`no family ${family}`);
  const override = overrides?.containerOverrides?.[0];
  const gpus = override?.resourceRequirements?.reduce((sum, { value }) => sum + Number(value), 0);
  return {
    ...demand,
    cpu: overridden(demand.cpu, { task: overrides?.cpu, before: own.cpu, after: override?.cpu }),
    memory: overridden(demand.memory, {
      task: overrides?.memory,
      before: own.memory,
      after: override?.memoryReservation ?? override?.memory,
    }),
    gpus: overridden(demand.gpus, { task: undefined, before: own.gpus, after: gpus }),
  };
}

function overridden(
  amount: number,
  by: { readonly task: string | undefined; readonly before: number | undefined; readonly after: number | undefined },
): number {
  if (by.task !== undefined) return Number(by.task);
  return by.before === undefined ? amount : amount - by.before + (by.after ?? by.before);
}

/** Requests that register the families; `assigned` fixes a port that the agent assigns to tasks of `free`. */
export const DEFINITIONS: readonly object[] = [
  {
    family: 'small',
    containerDefinitions: [
      { name: 'a', image: 'i', cpu: 60, memory: 100 },
      { name: 'b', image: 'i', cpu: 40, memory: 99, memoryReservation: 28 },
    ],
  },
  { family: 'free', containerDefinitions: [{ name: 'a', image: 'i', memory: 64, portMappings: [{ containerPort: 80 }] }] },
  {
    family: 'ported',
    cpu: '256',
    memory: '300',
    containerDefinitions: [
      {
        name: 'a',
        image: 'i',
        cpu: 900,
        portMappings: [
          { containerPort: 1, hostPort: 8080 },
          { containerPort: 2, hostPort: 53, protocol: 'udp' },
        ],
      },
      { name: 'b', image: 'i', portMappings: [{ containerPort: 1, hostPort: 9090 }] },
    ],
  },
  { family: 'large', cpu: '1 vCPU', memory: '1500', containerDefinitions: [{ name: 'a', image: 'i' }] },
  {
    family: 'learner',
    containerDefinitions: [{ name: 'a', image: 'i', cpu: 10, memory: 20, resourceRequirements: [{ type: 'GPU', value: '2' }] }],
  },
  {
    family: 'assigned',
    containerDefinitions: [{ name: 'a', image: 'i', cpu: 5, memory: 30, portMappings: [{ containerPort: 1, hostPort: 49153 }] }],
  },
];

/** Placement strategies to draw from. */
export const STRATEGIES: readonly (readonly object[])[] = [
  [],
  [{ type: 'random' }],
  [{ type: 'binpack', field: 'cpu' }],
  [{ type: 'binpack', field: 'memory' }],
  [{ type: 'spread', field: 'instanceId' }],
  [
    { type: 'spread', field: 'attribute:ecs.availability-zone' },
    { type: 'binpack', field: 'memory' },
  ],
];

const pick = fc.nat({ max: 1000 });

/** An amount that is mostly in order. */
const amounts = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 2000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 0 }) },
);

const overrides: fc.Arbitrary<Overrides> = fc.record(
  {
    cpu: fc.integer({ min: 1, max: 2000 }).map(String),
    memory: fc.integer({ min: 1, max: 2000 }).map(String),
    containerOverrides: fc
      .record(
        {
          name: fc.constant('a'),
          cpu: amounts,
          memory: amounts,
          memoryReservation: amounts,
          resourceRequirements: fc
            .constantFrom(['1'], ['3'], ['-1'], ['0'], ['2', '-1'], ['x'], [''])
            .map((values) => values.map((value) => ({ type: 'GPU', value }))),
        },
        { requiredKeys: ['name'] },
      )
      .map((override) => [override]),
  },
  { requiredKeys: [] },
);

/** A random history. */
export const histories: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('register' as const),
        cpu: fc.nat(4096),
        memory: fc.nat(8000),
        gpus: fc.nat(5),
        zone: fc.constantFrom('a', 'b'),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('run' as const),
        family: fc.constantFrom(...Object.keys(DEMANDS)),
        count: fc.integer({ min: 1, max: 10 }),
        strategy: fc.nat(STRATEGIES.length - 1),
        distinct: fc.boolean(),
        overrides: fc.option(overrides, { nil: undefined }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('stop' as const), pick }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('status' as const), pick, status: fc.constantFrom('ACTIVE', 'DRAINING', 'INACTIVE') }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('deregister' as const), pick, force: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('connect' as const), pick, connected: fc.boolean() }) },
  ),
  { maxLength: 60 },
);
