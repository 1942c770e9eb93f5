import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs';
import { readTaskSizes } from '@plimsoll/capacity-core';
import { type ClusterObservation, decideCluster } from '../src/decide-cluster.js';
import { type HostOptions, host } from './helpers/hosts.js';
import { service, task } from './helpers/tasks.js';

/** A host of 2,048 CPU units that a provider has; without one, its record names none. */
const hostOf = (number: number, capacityProviderName: string | undefined, options: HostOptions = {}): ContainerInstance => ({
  ...host(number, options),
  runningTasksCount: 0,
  pendingTasksCount: 0,
  ...(capacityProviderName === undefined ? {} : { capacityProviderName }),
});
/** A service that is placed by these providers. */
const serviceOn = (serviceName: string, ...providers: readonly string[]): Service => {
  const { launchType: _, ...rest } = service(serviceName, { desiredCount: 0 });
  return { ...rest, capacityProviderStrategy: providers.map((capacityProvider) => ({ capacityProvider, weight: 1 })) };
};
const sizes = readTaskSizes([{ name: 'web', group: 'service:web', cpuUnits: 1024, memoryMiB: 1000 }]);
const WEB = sizes.ok ? sizes.value : [];

const decide = (observation: Partial<ClusterObservation>) =>
  decideCluster({ records: [], updates: [], taskSizes: WEB, serviceSizes: WEB, tasks: [], ...observation });

describe('hosts of several capacity providers', () => {
  const records = [hostOf(1, 'blue'), hostOf(2, 'green'), hostOf(3, 'green')];

  test.each<[string, readonly string[], number]>([
    ['one', ['blue'], 2],
    ['the other', ['green'], 4],
    ['both', ['blue', 'green'], 6],
    ['none', [], 6],
  ])('a service that is placed by %s has room on those alone', (_, providers, room) => {
    expect(decide({ records, services: [serviceOn('web', ...providers)] }).capacity.containerCapacity).toBe(room);
  });

  test('a provider of weight and base 0 places nothing', () => {
    const web = serviceOn('web', 'blue', 'green');
    const capacityProviderStrategy = web.capacityProviderStrategy?.map((item) => ({
      ...item,
      weight: item.capacityProvider === 'blue' ? 1 : 0,
    }));
    expect(
      decide({ records, services: [{ ...web, ...(capacityProviderStrategy && { capacityProviderStrategy }) }] }).capacity,
    ).toMatchObject({
      containerCapacity: 2,
    });
  });

  test('a provider is known by its ARN, too', () => {
    const arn = (name: string) => `arn:aws:ecs:eu-west-1:111122223333:capacity-provider/${name}`;
    expect(decide({ records, services: [serviceOn('web', arn('blue'))] }).capacity.containerCapacity).toBe(2);
    const services = [{ ...serviceOn('web', 'blue'), desiredCount: 4 }];
    expect(decide({ records, services, capacityProvider: arn('blue') }).scaling.hostsShort).toBe(1);
  });

  test('a host whose record names no provider may take any task', () => {
    const unknown = [hostOf(1, undefined), hostOf(2, 'green')];
    expect(decide({ records: unknown, services: [serviceOn('web', 'blue')] }).capacity.containerCapacity).toBe(2);
  });

  test("an event's record, which need not name the provider, changes no host's", () => {
    const { capacityProviderName: _, ...update } = hostOf(1, 'blue', { version: 9, cpuUnits: 1024 });
    const services = [serviceOn('web', 'blue')];
    expect(decide({ records, services, updates: [update] }).capacity.containerCapacity).toBe(1);
    const green = { ...hostOf(2, undefined, { version: 9 }) };
    expect(decide({ records, services, updates: [green] }).capacity.containerCapacity).toBe(2);
  });

  test("no host goes whose tasks would have to move to another provider's", () => {
    const halfFull = [hostOf(1, 'blue', { cpuUnits: 1024 }), hostOf(2, 'green', { cpuUnits: 1024 })];
    const [on1 = '', on2 = ''] = halfFull.map(({ containerInstanceArn }) => containerInstanceArn);
    const tasks: Task[] = [task('a', { containerInstanceArn: on1 }), task('b', { containerInstanceArn: on2, group: 'service:api' })];
    const api = { ...WEB[0], name: 'api', group: 'service:api' } as (typeof WEB)[number];
    const drainable = (...services: readonly Service[]) =>
      decide({ records: halfFull, services, tasks, serviceSizes: [...WEB, api] }).scaling.drainable.containerInstanceArns;
    expect(drainable(serviceOn('web', 'blue'), serviceOn('api', 'green'))).toEqual([]);
    expect(drainable(serviceOn('web', 'blue', 'green'), serviceOn('api', 'green'))).toEqual([on1]);
    expect(drainable(serviceOn('web', 'blue'), serviceOn('api', 'blue', 'green'))).toEqual([on2]);
    expect(drainable(service('web'), service('api'))).toHaveLength(1);
  });

  test('what a provider has no room for is short, though others have room', () => {
    const services = [{ ...serviceOn('web', 'blue'), desiredCount: 4 }];
    expect(decide({ records, services }).scaling).toMatchObject({ hostsShort: 1, unplaceable: [] });
    expect(decide({ records, services: [{ ...serviceOn('web', 'blue', 'green'), desiredCount: 4 }] }).scaling.hostsShort).toBe(0);
  });

  test('from a configured type, and with no host of the provider yet, hosts are added', () => {
    const resources = { cpuUnits: 2048, memoryMiB: 7985, gpus: 0, takenTcpPorts: [], takenUdpPorts: [], others: [] };
    const services = [{ ...serviceOn('web', 'blue'), desiredCount: 4 }];
    const of = (records: readonly ContainerInstance[]) => decide({ records, services, hostType: { name: 'large', resources } }).scaling;
    expect(of([])).toMatchObject({ hostsShort: 2, unplaceable: [] });
    expect(of([hostOf(1, 'green')])).toMatchObject({ hostsShort: 2, unplaceable: [] });
  });

  test('a task that waits by its own provider is no other host’s', () => {
    const waiting = (capacityProviderName: string) => [
      task('a', { capacityProviderName, group: 'family:job' }),
      task('b', { capacityProviderName, group: 'family:job' }),
      task('c', { capacityProviderName, group: 'family:job' }),
    ];
    const short = (provider: string) => decide({ records, tasks: waiting(provider), taskSizes: [], serviceSizes: [] }).scaling.hostsShort;
    expect([short('blue'), short('green')]).toEqual([1, 0]);
  });

  describe('of which one is scaled', () => {
    const full = [hostOf(1, 'blue', { cpuUnits: 0 }), hostOf(2, 'green', { cpuUnits: 0 })];
    const lacking = (provider: string) => [{ ...serviceOn('web', provider), desiredCount: 4 }];
    const waits = (capacityProviderName: string) => [task('a', { capacityProviderName, group: 'family:job' })];

    test.each<[string, Partial<ClusterObservation>, number]>([
      ['tasks that its service lacks', { services: lacking('blue') }, 2],
      ["tasks that another's service lacks", { services: lacking('green') }, 0],
      ['tasks that a service of both lacks', { services: [{ ...serviceOn('web', 'blue', 'green'), desiredCount: 4 }] }, 2],
      ['a task that waits for it', { tasks: waits('blue') }, 1],
      ['a task that waits for another', { tasks: waits('green') }, 0],
      ['a task that waits for any', { tasks: [task('a', { group: 'family:job' })] }, 1],
      ['headroom of its service', { services: [serviceOn('web', 'blue')], taskSizes: WEB.map((size) => ({ ...size, headroom: 3 })) }, 2],
      ["headroom of another's", { services: [serviceOn('web', 'green')], taskSizes: WEB.map((size) => ({ ...size, headroom: 3 })) }, 0],
    ])('%s', (_, observation, hostsShort) => {
      const decision = decide({ records: full, capacityProvider: 'blue', ...observation });
      expect(decision.scaling).toMatchObject({ hostsShort, unplaceable: [] });
      expect(decision.waitingTasks === 0).toBe(hostsShort === 0 || observation.taskSizes !== undefined);
    });

    test('only its own hosts may go, and those whose provider is not known', () => {
      const idle = [hostOf(1, 'blue'), hostOf(2, 'green'), hostOf(3, undefined)];
      const drainable = (observation: Partial<ClusterObservation>) =>
        decide({ records: idle, ...observation })
          .scaling.drainable.containerInstanceArns.map((arn) => arn.slice(-1))
          .sort();
      expect(drainable({ capacityProvider: 'blue' })).toEqual(['1', '3']);
      expect(drainable({ capacityProvider: 'green', services: [serviceOn('web', 'blue')] })).toEqual(['2', '3']);
      expect(drainable({})).toEqual(['1', '2', '3']);
    });

    test('before it has a host', () => {
      const hostType = {
        name: 'large',
        resources: { cpuUnits: 2048, memoryMiB: 7985, gpus: 0, takenTcpPorts: [], takenUdpPorts: [], others: [] },
      };
      const short = (services: readonly Service[]) =>
        decide({ records: full.slice(1), services, hostType, capacityProvider: 'blue' }).scaling.hostsShort;
      expect([short(lacking('blue')), short(lacking('green'))]).toEqual([2, 0]);
    });

    test("what another's drained host leaves is no reason to add a host, nor to keep one", () => {
      const records = [hostOf(1, 'blue'), { ...hostOf(2, 'green', { status: 'DRAINING', cpuUnits: 1024 }), runningTasksCount: 1 }];
      const services = [{ ...serviceOn('web', 'green'), desiredCount: 1 }];
      const tasks = [task('a', { ...(records[1]?.containerInstanceArn && { containerInstanceArn: records[1].containerInstanceArn }) })];
      const { scaling } = decide({ records, services, tasks, capacityProvider: 'blue' });
      expect(scaling).toMatchObject({
        hostsShort: 0,
        unplaceable: [],
        drainable: { precision: 'exact', containerInstanceArns: { length: 1 } },
      });
      expect(decide({ records, services, tasks, capacityProvider: 'green' }).scaling.hostsShort).toBe(1);
    });
  });

  test('with one provider nothing is asked for', () => {
    const [first] = decide({ records: [hostOf(1, 'blue')], services: [serviceOn('web', 'blue')] }).hosts;
    expect(first?.attributes).toEqual([]);
  });

  test('records that are none are refused as before', () => {
    const broken = [null, 7, { ...hostOf(1, 'blue'), attributes: 'none' }, ...records];
    const decision = decide({ records: broken, services: [serviceOn('web', 'blue')] });
    expect(decision.refusedRecords).toHaveLength(3);
    expect(decision.capacity.containerCapacity).toBe(2);
  });
});
