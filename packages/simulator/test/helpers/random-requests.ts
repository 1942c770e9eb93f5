import fc from 'fast-check';

/** One step of a random history; `pick` chooses among what is there, modulo its number. */
export type Step =
  | { readonly kind: 'register'; readonly cpu: number; readonly memory: number; readonly gpus: number; readonly zone: string }
  | { readonly kind: 'run'; readonly family: string; readonly count: number; readonly strategy: number; readonly distinct: boolean }
  | { readonly kind: 'stop'; readonly pick: number }
  | { readonly kind: 'status'; readonly pick: number; readonly status: string }
  | { readonly kind: 'deregister'; readonly pick: number; readonly force: boolean }
  | { readonly kind: 'connect'; readonly pick: number; readonly connected: boolean };

/** What one task of each family takes, told apart from the model so that it can be checked against it. */
export const DEMANDS: Readonly<
  Record<string, { cpu: number; memory: number; ports: readonly string[]; udp: readonly string[]; gpus: number }>
> = {
  small: { cpu: 100, memory: 128, ports: [], udp: [], gpus: 0 },
  free: { cpu: 0, memory: 64, ports: [], udp: [], gpus: 0 },
  ported: { cpu: 256, memory: 300, ports: ['8080', '9090'], udp: ['53'], gpus: 0 },
  large: { cpu: 1024, memory: 1500, ports: [], udp: [], gpus: 0 },
  learner: { cpu: 10, memory: 20, ports: [], udp: [], gpus: 2 },
};

/** Requests that register the families of {@link DEMANDS}. */
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
