import type { ContainerLaunch, ContainerScript, EcsOutcome, InProcessAws, Scheduler } from '@plimsoll/simulator';
import type { ProofSchedule } from './schedule.js';

/** Name of the container whose exit code decides. */
export const DECIDING = 'migrate';

/** A task as the world saw it, whatever the function knows of it. Milliseconds since 1970. */
export interface SeenTask {
  readonly taskArn: string;
  readonly startedBy: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly placedAt: number;
  ranAt: number | undefined;
  stoppedAt: number | undefined;
  /** Exit code of the deciding container. */
  exitCode: number | undefined;
  /** Whether it ended because somebody called StopTask. */
  wasStopped: boolean;
}

/** The cluster and the task definition, and what the cluster lacks for a while. */
export function prepare(aws: Pick<InProcessAws, 'ecs' | 'setAgentConnected'>, { lacks, sidecar }: ProofSchedule, time: Scheduler): void {
  accepted(aws.ecs('CreateCluster', {}));
  const host = (memory: number): string =>
    (
      accepted(aws.ecs('RegisterContainerInstance', { totalResources: resources(memory) })).containerInstance as {
        containerInstanceArn: string;
      }
    ).containerInstanceArn;
  const later = (call: () => void): void => void time.after(lacks.forMs, call);
  switch (lacks.what) {
    case 'nothing':
      host(100_000);
      break;
    case 'hosts':
      later(() => host(100_000));
      break;
    case 'room':
      host(64);
      later(() => host(100_000));
      break;
    case 'agent': {
      const arn = host(100_000);
      aws.setAgentConnected(arn, false);
      later(() => aws.setAgentConnected(arn, true));
    }
  }
  const logConfiguration = { logDriver: 'awslogs', options: { 'awslogs-group': 'migrate', 'awslogs-stream-prefix': 'run' } };
  accepted(
    aws.ecs('RegisterTaskDefinition', {
      family: 'migrate',
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        { name: DECIDING, image: 'none', logConfiguration },
        ...(sidecar === 'none' ? [] : [{ name: 'side', image: 'none', essential: sidecar === 'essential' }]),
      ],
    }),
  );
}

function resources(memory: number) {
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: 100_000 },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
  ];
}

function accepted(outcome: EcsOutcome): Readonly<Record<string, unknown>> {
  if (!outcome.ok) throw new RangeError(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.response;
}

/** What a container of the schedule does. */
export function scriptFor(
  { tasks: scripts }: ProofSchedule,
  tasks: ReadonlyMap<string, SeenTask>,
  launch: ContainerLaunch,
): ContainerScript {
  const order = [...tasks.keys()].indexOf(launch.taskArn);
  const script = scripts[Math.min(Math.max(order, 0), scripts.length - 1)] ?? scripts[0];
  const seen = tasks.get(launch.taskArn);
  if (launch.name !== DECIDING) return { onTerminate: { afterMs: 500 } };
  if (seen !== undefined) Object.assign(seen, { environment: launch.environment, startedBy: launch.startedBy ?? '' });
  return script;
}

/** A task in its event. */
export interface TaskDetail {
  readonly taskArn: string;
  readonly lastStatus: string;
  readonly stopCode?: string;
  readonly startedBy?: string;
  readonly containers: readonly { readonly name: string; readonly exitCode?: number }[];
  readonly overrides?: {
    readonly containerOverrides?: readonly { readonly environment?: readonly { readonly name: string; readonly value: string }[] }[];
  };
}

/** Notes what an event tells of a task. */
export function see(tasks: Map<string, SeenTask>, detail: TaskDetail, now: number): void {
  const variables = (detail.overrides?.containerOverrides ?? []).flatMap(({ environment = [] }) => environment);
  const seen: SeenTask = tasks.get(detail.taskArn) ?? {
    taskArn: detail.taskArn,
    startedBy: detail.startedBy ?? '',
    environment: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    placedAt: now,
    ranAt: undefined,
    stoppedAt: undefined,
    exitCode: undefined,
    wasStopped: false,
  };
  tasks.set(detail.taskArn, seen);
  if (detail.lastStatus === 'RUNNING') seen.ranAt ??= now;
  if (detail.lastStatus === 'STOPPED') {
    seen.stoppedAt ??= now;
    seen.wasStopped = detail.stopCode === 'UserInitiated';
    seen.exitCode = detail.containers.find(({ name }) => name === DECIDING)?.exitCode;
  }
}
