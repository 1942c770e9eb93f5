import { type LocalEndpoint, type RecordedCall, startLocalEndpoint } from '@plimsoll/simulator';
import { capacityAnswer } from '../helpers/answers.js';
import { DUMMY_AWS, spawnProgram } from '../helpers/spawn-program.js';

const FULL_HOSTS = 1_000;

describe('capacity --cluster, page by page at the local endpoint', () => {
  let endpoint: LocalEndpoint;
  beforeEach(async () => {
    endpoint = await startLocalEndpoint();
    endpoint.ecs('CreateCluster', { clusterName: 'large' });
  });
  afterEach(() => endpoint.close());

  it.each([
    { hosts: 0, lists: 1, describes: 0 },
    { hosts: 1, lists: 1, describes: 1 },
    { hosts: 100, lists: 1, describes: 1 },
    { hosts: 101, lists: 2, describes: 2 },
    { hosts: 5_000, lists: 50, describes: 50 },
  ])('reads $hosts hosts, none missed or counted twice, in $lists lists and $describes describes', async ({ hosts, lists, describes }) => {
    const registered = Array.from({ length: hosts }, (_, index) => register(endpoint, index));
    const ran = await spawnProgram(['capacity', '--cluster', 'large', '--task-size', 'web=250:400', '--json'], {
      env: { ...DUMMY_AWS, ...endpoint.environment },
    });
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    // Every host past the thousandth has room for two; each of the first, being full, has none.
    const withRoom = Math.max(0, hosts - FULL_HOSTS);
    expect(capacityAnswer(ran)).toMatchObject({
      hosts: { registered: hosts, eligible: hosts },
      containerCapacity: 2 * withRoom,
      idleHostCapacity: withRoom,
    });
    const calls = endpoint.calls();
    expect(count(calls, 'ListContainerInstances')).toBe(lists);
    expect(count(calls, 'DescribeContainerInstances')).toBe(describes);
    expect(describedArns(calls)).toEqual([...registered].sort());
  });
});

/** Registers a host of 1,024 CPU units; the first thousand have too little memory for a task. */
function register(endpoint: LocalEndpoint, index: number): string {
  const outcome = endpoint.ecs('RegisterContainerInstance', {
    cluster: 'large',
    totalResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: index < FULL_HOSTS ? 399 : 993 },
    ],
  });
  const { containerInstance } = (outcome.ok ? outcome.response : {}) as { containerInstance?: { containerInstanceArn?: string } };
  return containerInstance?.containerInstanceArn ?? '';
}

function count(calls: readonly RecordedCall[], operation: string): number {
  return calls.filter((call) => call.operation === operation).length;
}

function describedArns(calls: readonly RecordedCall[]): readonly string[] {
  return calls
    .filter((call) => call.operation === 'DescribeContainerInstances')
    .flatMap((call) => (call.input as { containerInstances: string[] }).containerInstances)
    .sort();
}
