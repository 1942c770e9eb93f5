import type { ContainerInstance, Task } from '@aws-sdk/client-ecs';
import { createEcsState } from '../../src/ecs/ecs-state.js';
import { applyEcsCall, type EcsOutcome, setAgentConnected } from '../../src/ecs/operations.js';
import type { EcsEvent } from '../../src/index.js';
import { countingIds, steppingClock } from './fixed-inputs.js';
import { expectAccepted, resources } from './hosts.js';
import { DEFINITIONS, STRATEGIES, type Step } from './random-requests.js';

/** A model driven in process, with everything it told. */
export interface ModelSession {
  readonly events: readonly EcsEvent[];
  call(operation: string, input: object): EcsOutcome;
  apply(step: Step): EcsOutcome | undefined;
  /** Every container instance, deregistered ones included. */
  hosts(): readonly ContainerInstance[];
  /** Every task, stopped ones included. */
  tasks(): readonly Task[];
}

/** Starts a model with one cluster and the families of the random histories. */
export function startModel(): ModelSession {
  const state = createEcsState({
    region: 'us-east-1',
    accountId: '111122223333',
    seed: 1,
    taskStart: 'immediate',
    containers: 'none',
    newTasksHidden: { milliseconds: 0, calls: 0 },
    stoppedTaskLifeMs: Number.POSITIVE_INFINITY,
    retainedStoppedTasks: 100_000,
    retainedInactiveHosts: 100_000,
  });
  const [clock, newId] = [steppingClock(), countingIds()];
  const events: EcsEvent[] = [];
  const hostArns = new Set<string>();
  const taskArns = new Set<string>();
  const note = (told: readonly EcsEvent[]) => {
    for (const event of told) {
      events.push(event);
      (event['detail-type'] === 'ECS Task State Change' ? taskArns : hostArns).add(event.resources[0] ?? '');
    }
  };
  const call = (operation: string, input: object) => {
    const outcome = applyEcsCall(state, { operation, input }, { now: clock(), newId });
    note(outcome.events);
    return outcome;
  };
  const describe = <T>(
    operation: string,
    names: ReadonlySet<string>,
    member: { readonly input: string; readonly output: string },
  ): readonly T[] => {
    const all = [...names];
    const pages = Array.from({ length: Math.ceil(all.length / 100) }, (_, page) => all.slice(page * 100, page * 100 + 100));
    return pages.flatMap((page) => expectAccepted(call(operation, { [member.input]: page }))[member.output] as readonly T[]);
  };
  const pickFrom = (names: ReadonlySet<string>, pick: number) => [...names][pick % Math.max(1, names.size)] ?? 'nobody';
  expectAccepted(call('CreateCluster', {}));
  for (const definition of DEFINITIONS) {
    expectAccepted(call('RegisterTaskDefinition', definition));
  }
  return {
    events,
    call,
    apply: (step) => {
      if (step.kind === 'connect') {
        const containerInstanceArn = pickFrom(hostArns, step.pick);
        note(setAgentConnected(state, { containerInstanceArn, connected: step.connected }, { now: clock(), newId }) ?? []);
        return undefined;
      }
      return call(
        ...requestOf(
          step,
          (pick) => pickFrom(hostArns, pick),
          (pick) => pickFrom(taskArns, pick),
        ),
      );
    },
    hosts: () =>
      describe<ContainerInstance>('DescribeContainerInstances', hostArns, { input: 'containerInstances', output: 'containerInstances' }),
    tasks: () => describe<Task>('DescribeTasks', taskArns, { input: 'tasks', output: 'tasks' }),
  };
}

function requestOf(
  step: Exclude<Step, { kind: 'connect' }>,
  host: (pick: number) => string,
  task: (pick: number) => string,
): readonly [operation: string, input: object] {
  switch (step.kind) {
    case 'register': {
      const gpus = Array.from({ length: step.gpus }, (_, index) => `GPU-${index}`);
      const attributes = [{ name: 'ecs.availability-zone', value: step.zone }];
      return ['RegisterContainerInstance', { totalResources: resources({ ...step, gpus }), attributes }];
    }
    case 'run': {
      const placementConstraints = step.distinct ? [{ type: 'distinctInstance' }] : [];
      const { family: taskDefinition, count, overrides } = step;
      return ['RunTask', { taskDefinition, count, overrides, placementStrategy: STRATEGIES[step.strategy], placementConstraints }];
    }
    case 'stop':
      return ['StopTask', { task: task(step.pick) }];
    case 'status':
      return ['UpdateContainerInstancesState', { containerInstances: [host(step.pick)], status: step.status }];
    default:
      return ['DeregisterContainerInstance', { containerInstance: host(step.pick), force: step.force }];
  }
}
