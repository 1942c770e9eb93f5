import type { ContainerInstance, Resource, RunTaskResponse, Task } from '@aws-sdk/client-ecs';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { resourceValue } from '../helpers/hosts.js';
import { type ModelSession, startModel } from '../helpers/model-session.js';
import { demandUnder, histories, type Overrides, type Step } from '../helpers/random-requests.js';
import { replay } from '../helpers/replayed-cluster.js';

const runs = propertyParameters(150);

function familyOf(task: Task): string {
  return /task-definition\/([^:]+):/.exec(task.taskDefinitionArn ?? '')?.[1] ?? '';
}

function numberOf(list: readonly Resource[] | undefined, name: string): number {
  return Number(resourceValue(list, name));
}

function setOf(list: readonly Resource[] | undefined, name: string): readonly string[] {
  return [...(resourceValue(list, name) as readonly string[])].sort();
}

/** What a host must have left, worked out from its tasks alone. */
function expectConserved(host: ContainerInstance, live: readonly Task[]): void {
  const demands = live.map((task) => demandUnder(familyOf(task), task.overrides as Overrides));
  const { registeredResources: registered, remainingResources: remaining } = host;
  const total = (measure: (demand: (typeof demands)[number]) => number) => demands.reduce((sum, demand) => sum + measure(demand), 0);

  expect(numberOf(remaining, 'CPU') + total(({ cpu }) => cpu)).toBe(numberOf(registered, 'CPU'));
  expect(numberOf(remaining, 'MEMORY') + total(({ memory }) => memory)).toBe(numberOf(registered, 'MEMORY'));
  expect(Math.min(numberOf(remaining, 'CPU'), numberOf(remaining, 'MEMORY'))).toBeGreaterThanOrEqual(0);
  expect(setOf(remaining, 'PORTS')).toEqual([...setOf(registered, 'PORTS'), ...demands.flatMap(({ ports }) => ports)].sort());
  expect(setOf(remaining, 'PORTS_UDP')).toEqual([...setOf(registered, 'PORTS_UDP'), ...demands.flatMap(({ udp }) => udp)].sort());
  const held = live.flatMap((task) => task.containers?.flatMap(({ gpuIds }) => gpuIds ?? []) ?? []);
  expect(held).toHaveLength(total(({ gpus }) => gpus));
  expect([...setOf(remaining, 'GPU'), ...held].sort()).toEqual(setOf(registered, 'GPU'));
  const bound = boundBy(live);
  expect(new Set(bound).size).toBe(bound.length);
}

function boundBy(live: readonly Task[]): readonly string[] {
  return live.flatMap(
    ({ containers }) =>
      containers?.flatMap(({ networkBindings }) => networkBindings?.map(({ hostPort, protocol }) => `${hostPort}/${protocol}`) ?? []) ?? [],
  );
}

function liveOn(session: ModelSession): ReadonlyMap<string, readonly Task[]> {
  const live = new Map<string, Task[]>();
  for (const task of session.tasks().filter(({ lastStatus }) => lastStatus !== 'STOPPED')) {
    const host = task.containerInstanceArn ?? '';
    live.set(host, [...(live.get(host) ?? []), task]);
  }
  return live;
}

describe('random histories of register, run, stop, drain, disconnect, deregister', () => {
  test('after each step, what remains and what the live tasks take make up what was registered', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const session = startModel();
        for (const step of steps) {
          session.apply(step);
          const live = liveOn(session);
          for (const host of session.hosts()) {
            expectConserved(host, live.get(host.containerInstanceArn ?? '') ?? []);
          }
        }
      }),
      runs,
    );
  });

  test('the events alone rebuild every host and task, and versions rise by one', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const session = startModel();
        for (const step of steps) {
          session.apply(step);
        }
        const told = replay(session.events);

        expect(told.faults).toEqual([]);
        for (const host of session.hosts()) {
          const detail = told.hosts.get(host.containerInstanceArn ?? '');
          expect(detail).toMatchObject({
            status: host.status,
            agentConnected: host.agentConnected,
            version: host.version,
            ec2InstanceId: host.ec2InstanceId,
            attributes: host.attributes,
          });
          expect(valuesOf(detail?.remainingResources as Resource[])).toEqual(valuesOf(host.remainingResources));
          expect(valuesOf(detail?.registeredResources as Resource[])).toEqual(valuesOf(host.registeredResources));
          const tasks = [...told.tasks.values()].filter((task) => task.containerInstanceArn === host.containerInstanceArn);
          expect(tasks.filter((task) => task.lastStatus === 'RUNNING')).toHaveLength(host.runningTasksCount ?? -1);
        }
        for (const task of session.tasks()) {
          const { lastStatus, desiredStatus, version, group, cpu, memory } = task;
          expect(told.tasks.get(task.taskArn ?? '')).toMatchObject({ lastStatus, desiredStatus, version, group, cpu, memory });
        }
      }),
      runs,
    );
  });

  test('a refused request changes and tells nothing', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const session = startModel();
        for (const step of steps) {
          const before = JSON.stringify([session.hosts(), session.tasks()]);
          const told = session.events.length;
          const outcome = session.apply(step);
          if (outcome?.ok === false) {
            expect(JSON.stringify([session.hosts(), session.tasks()])).toBe(before);
            expect(session.events).toHaveLength(told);
          }
        }
      }),
      runs,
    );
  });

  test('the same history gives the same events, ids and moments included', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const [one, other] = [startModel(), startModel()];
        for (const step of steps) {
          one.apply(step);
          other.apply(step);
        }
        expect(JSON.stringify(other.events)).toBe(JSON.stringify(one.events));
      }),
      runs,
    );
  });

  test('a run leaves a task over only if no host takes it, and names why for each', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const session = startModel();
        for (const step of steps) {
          const outcome = session.apply(step);
          if (step.kind === 'run' && outcome?.ok === true) {
            expectReasons(session, step, outcome.response as unknown as RunTaskResponse);
          }
        }
      }),
      runs,
    );
  });
});

type RunStep = Extract<Step, { kind: 'run' }>;

function expectReasons(session: ModelSession, step: RunStep, response: RunTaskResponse): void {
  if (response.tasks?.length === step.count) {
    expect(response.failures).toEqual([]);
    return;
  }
  const live = liveOn(session);
  const active = session.hosts().filter(({ status }) => status === 'ACTIVE');
  expect(response.failures).toEqual(
    active.map((host) => ({
      arn: host.containerInstanceArn,
      reason: expectedReason(host, step, live.get(host.containerInstanceArn ?? '') ?? []),
    })),
  );
}

/** Why a host refuses one more task of a run; a host that would take it gives DistinctInstance or nothing. */
function expectedReason(host: ContainerInstance, step: RunStep, live: readonly Task[]): string | undefined {
  const demand = demandUnder(step.family, step.overrides);
  const left = host.remainingResources;
  if (host.agentConnected === false) {
    return 'AGENT';
  }
  if (demand.cpu > numberOf(left, 'CPU') && demand.cpu > 0) {
    return 'RESOURCE:CPU';
  }
  if (demand.memory > numberOf(left, 'MEMORY')) {
    return 'RESOURCE:MEMORY';
  }
  if (
    demand.ports.some((port) => setOf(left, 'PORTS').includes(port) || boundBy(live).includes(`${port}/tcp`)) ||
    demand.udp.some((port) => setOf(left, 'PORTS_UDP').includes(port))
  ) {
    return 'RESOURCE:PORTS';
  }
  if (demand.gpus > setOf(left, 'GPU').length) {
    return 'RESOURCE:GPU';
  }
  return live.some((task) => familyOf(task) === step.family) ? 'DistinctInstance placement constraint unsatisfied.' : undefined;
}

function valuesOf(list: readonly Resource[] | undefined): readonly unknown[] {
  return (list ?? []).map((resource) => [resource.name, resource.type, resourceValue(list, resource.name ?? '')]);
}
