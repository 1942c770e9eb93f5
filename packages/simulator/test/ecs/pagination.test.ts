import { DescribeContainerInstancesCommand, ECSClient, paginateListContainerInstances, paginateListTasks } from '@aws-sdk/client-ecs';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { type LocalEndpoint, startLocalEndpoint } from '../../src/index.js';
import { addDefinition, addHost, expectAccepted } from '../helpers/hosts.js';
import { type ModelSession, startModel } from '../helpers/model-session.js';

const HOSTS = 5000;

describe(`${HOSTS} hosts over HTTP`, () => {
  let endpoint: LocalEndpoint;
  let client: ECSClient;
  let hosts: readonly string[];

  beforeAll(async () => {
    endpoint = await startLocalEndpoint();
    client = new ECSClient({
      endpoint: endpoint.url,
      region: endpoint.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    hosts = Array.from({ length: HOSTS }, () => addHost(endpoint));
  });

  afterAll(async () => {
    client.destroy();
    await endpoint.close();
  });

  test('are listed in 50 pages and described in 50 calls, none missed, none doubled', async () => {
    endpoint.clearCalls();
    const listed: string[] = [];
    const described: (string | undefined)[] = [];
    for await (const page of paginateListContainerInstances({ client }, {})) {
      const containerInstances = page.containerInstanceArns ?? [];
      listed.push(...containerInstances);
      const answer = await client.send(new DescribeContainerInstancesCommand({ containerInstances }));
      described.push(...(answer.containerInstances?.map(({ containerInstanceArn }) => containerInstanceArn) ?? []));
    }
    expect(listed).toEqual(hosts);
    expect(described).toEqual(hosts);
    expect(endpoint.calls().filter(({ operation }) => operation === 'ListContainerInstances')).toHaveLength(HOSTS / 100);
  });

  test('carry thousands of tasks, listed without gap or double', async () => {
    addDefinition(endpoint, 'web');
    const started = Array.from({ length: 300 }, () => {
      const { tasks } = expectAccepted(endpoint.ecs('RunTask', { taskDefinition: 'web', count: 10 }));
      return (tasks as { taskArn: string }[]).map(({ taskArn }) => taskArn);
    }).flat();
    const listed: string[] = [];
    for await (const page of paginateListTasks({ client }, {})) {
      listed.push(...(page.taskArns ?? []));
    }
    expect(listed).toHaveLength(3000);
    expect(listed).toEqual(started);
  });
});

/** What happens between two pages; `pick` chooses among the hosts of the beginning, modulo their number. */
interface Change {
  readonly kind: 'add' | 'remove' | 'drain' | 'nothing';
  readonly pick: number;
}

const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({ kind: fc.constantFrom('add' as const, 'remove' as const, 'drain' as const, 'nothing' as const), pick: fc.nat(1000) }),
  { maxLength: 40 },
);

/** Carries a change out; the ARN of a host that is gone by it. */
function carryOut(session: ModelSession, change: Change, hosts: readonly string[]): string | undefined {
  const target = hosts[change.pick % Math.max(1, hosts.length)] ?? 'nobody';
  switch (change.kind) {
    case 'add':
      session.call('RegisterContainerInstance', {});
      return undefined;
    case 'drain':
      session.call('UpdateContainerInstancesState', { containerInstances: [target], status: 'DRAINING' });
      return undefined;
    case 'remove':
      return session.call('DeregisterContainerInstance', { containerInstance: target }).ok ? target : undefined;
    default:
      return undefined;
  }
}

describe('while hosts come and go between two pages', () => {
  test('one that is there throughout is listed once, and none twice', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 25 }), changes, (count, maxResults, between) => {
        const session = startModel();
        Array.from({ length: count }, () => session.call('RegisterContainerInstance', {}));
        const before = session.hosts().map(({ containerInstanceArn }) => containerInstanceArn ?? '');
        const gone = new Set<string | undefined>();
        const listed: string[] = [];
        const pending = [...between];
        let nextToken: unknown;
        do {
          const answer = expectAccepted(session.call('ListContainerInstances', { maxResults, nextToken }));
          listed.push(...(answer.containerInstanceArns as string[]));
          nextToken = answer.nextToken;
          gone.add(carryOut(session, pending.shift() ?? { kind: 'nothing', pick: 0 }, before));
        } while (nextToken !== undefined);

        expect(new Set(listed).size).toBe(listed.length);
        expect(before.filter((arn) => !gone.has(arn) && !listed.includes(arn))).toEqual([]);
      }),
      propertyParameters(100),
    );
  });
});

describe('pages and tokens', () => {
  test('a full last page has no token', () => {
    const session = startModel();
    Array.from({ length: 4 }, () => session.call('RegisterContainerInstance', {}));
    const first = expectAccepted(session.call('ListContainerInstances', { maxResults: 2, nextToken: '' }));
    const last = expectAccepted(session.call('ListContainerInstances', { maxResults: 2, nextToken: first.nextToken }));
    expect(first.containerInstanceArns).toHaveLength(2);
    expect(last.containerInstanceArns).toHaveLength(2);
    expect(last).not.toHaveProperty('nextToken');
  });

  test.each([0, -1, 101, 2 ** 40])('maxResults %d is refused', (maxResults) => {
    expect(startModel().call('ListContainerInstances', { maxResults })).toMatchObject({
      ok: false,
      error: { code: 'InvalidParameterException' },
    });
  });

  test('a token is refused with other filters, in another listing, and when it was made up', () => {
    const session = startModel();
    Array.from({ length: 3 }, () => session.call('RegisterContainerInstance', {}));
    const { nextToken } = expectAccepted(session.call('ListContainerInstances', { maxResults: 1 }));
    const refused = { ok: false, error: { code: 'InvalidParameterException', message: expect.stringContaining('nextToken') } };
    expect(session.call('ListContainerInstances', { nextToken, status: 'ACTIVE' })).toMatchObject(refused);
    expect(session.call('ListTasks', { nextToken })).toMatchObject(refused);
    for (const made of ['x', 'bnVsbA==', 'WzEsMl0=', '\ud800']) {
      expect(session.call('ListContainerInstances', { nextToken: made })).toMatchObject(refused);
    }
  });
});
