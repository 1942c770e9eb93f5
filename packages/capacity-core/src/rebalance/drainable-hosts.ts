import type { Precision } from '../capacity.js';
import type { Host } from '../host.js';
import type { PlacementOptions } from '../placement-context.js';
import type { Task } from '../task.js';
import type { TaskSize } from '../task-size.js';
import type { Unknown } from '../unknown.js';
import { AnyOrderProver } from './any-order-prover.js';
import { clusterWork } from './cluster-work.js';
import { type DrainCandidate, inDrainOrder } from './drain-order.js';
import { MOST_KINDS, type PlacementProblem, placementProblem } from './placement-problem.js';
import type { Prover, Unproved } from './prover.js';
import { SimulatedProver } from './simulated-prover.js';
import { headroomOf, type TaskDemand, totalOf } from './task-demand.js';

/**
 * How ECS is taken to place tasks.
 *
 * - `anyOrder`: in any order, each on any host that has room. Nothing is assumed.
 * - `binpackCpu`, `binpackMemory`: one drained host after the other; its tasks largest first, each on the host with room that has
 *   least CPU or memory left.
 * - `spreadZone`: one drained host after the other; its tasks largest first, each in the Availability Zone that runs fewest like
 *   it, on the host with most memory left.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html
 */
export type PlacementAssumption = 'anyOrder' | 'binpackCpu' | 'binpackMemory' | 'spreadZone';

/** What `drainableHosts` is told beside the hosts. */
export interface DrainableHostsOptions extends PlacementOptions {
  /**
   * Sizes whose `headroom` must be left, all of it together.
   *
   * @default none
   */
  readonly taskSizes?: readonly TaskSize[];
  /**
   * Tasks that wait and are not in `tasks`.
   *
   * @default none
   */
  readonly waiting?: readonly TaskDemand[];
  /**
   * What the answer may rely on.
   *
   * @default 'anyOrder'
   */
  readonly assumes?: PlacementAssumption;
  /**
   * What to do with a host that runs tasks of no service (their `group` is other than `service:…`): ECS does not start them elsewhere.
   *
   * @default 'keep'
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateContainerInstancesState.html
   */
  readonly standaloneTasks?: 'keep' | 'move';
  /**
   * Whether the next host is taken from the Availability Zone that has most left, and not simply the one with least to move.
   *
   * @default false
   */
  readonly balanceZones?: boolean;
  /**
   * ARNs of hosts that are not to be named, though others may move their tasks there.
   *
   * @default none
   */
  readonly staying?: ReadonlySet<string>;
  /**
   * Hosts to name at most. Integer, at least 0.
   *
   * @default no limit
   */
  readonly limit?: number;
}

/** Why a host is not in the list. */
export interface KeptHost {
  /** The host. */
  readonly containerInstanceArn: string;
  /**
   * - `NOT_ELIGIBLE`: ECS places no task on it, so it gives no room either.
   * - `UNPLACED_FIRST`: what waits and the headroom are not proved to fit as it is, so every host stays.
   * - `NO_ROOM`: a task would not be sure to find room elsewhere.
   * - `STANDALONE_TASKS`: it runs tasks that no service would start again.
   * - `UNKNOWN_TASKS`: some of its tasks are unknown, and the strategy assumed needs to know them.
   * - `STAYING`: it is not to be named.
   * - `LIMIT`: enough hosts are named.
   * - `SEARCH_ENDED`: a simulated strategy looked at as many hosts as it may before this one's turn.
   * - `TOO_MANY_SIZES`: tasks differ in more ways than are looked at.
   */
  readonly reason:
    | 'NOT_ELIGIBLE'
    | 'UNPLACED_FIRST'
    | 'NO_ROOM'
    | 'STANDALONE_TASKS'
    | 'UNKNOWN_TASKS'
    | 'STAYING'
    | 'LIMIT'
    | 'SEARCH_ENDED'
    | 'TOO_MANY_SIZES';
  /** A size whose tasks are not sure to find room; absent where none is known or to blame. */
  readonly taskSize?: string;
}

/** Hosts that can be emptied together. */
export interface DrainableHosts {
  /** ARNs in the order to drain them. The first of them, however many, can be emptied without the others. */
  readonly containerInstanceArns: readonly string[];
  /** How ECS is taken to place tasks. */
  readonly assumes: PlacementAssumption;
  /** The other hosts that are `ACTIVE`, by ARN. */
  readonly kept: readonly KeptHost[];
  /** Tasks that were placed before any host's own: waiting, on hosts that are not `ACTIVE`, and headroom. */
  readonly unplaced: { readonly waiting: number; readonly draining: number; readonly headroom: number };
  /** `upperBound` where something unknown may make it fewer hosts. */
  readonly precision: Precision;
  /** What is unknown. */
  readonly unknown: readonly Unknown[];
}

/**
 * Names hosts that can all be emptied, in order, with every task on them that is no daemon placed again on the other hosts.
 *
 * What waits is placed first, and every size's headroom is left. ECS places the tasks, so the claim holds for any order and any
 * host with room, unless the answer says what it assumes. It is sound, and not complete: more hosts may be drainable than it names.
 *
 * Takes time in proportion to hosts × kinds of task, and to the square of kinds for each host.
 *
 * @example
 * drainableHosts(hosts, { tasks, taskSizes }).containerInstanceArns[0]; // the host to drain next
 */
export function drainableHosts(hosts: readonly Host[], options: DrainableHostsOptions = {}): DrainableHosts {
  const { assumes = 'anyOrder', taskSizes = [], limit = Number.POSITIVE_INFINITY } = options;
  const work = clusterWork(hosts, options);
  const headroom = headroomOf(taskSizes);
  // ECS spreads the tasks of a group by themselves.
  const problem = placementProblem(work, headroom, assumes === 'spreadZone');
  const answer = {
    assumes,
    unplaced: {
      waiting: totalOf(work.waiting),
      draining: work.leaving.reduce((sum, { tasks }) => sum + tasks.length, 0),
      headroom: totalOf(headroom),
    },
  };
  let isConstraintUnknown = work.isWaitingConstraintUnknown || work.leaving.some((one) => one.isConstraintUnknown);
  const named: string[] = [];
  const kept = new Map<string, KeptHost>();
  const keep = ({ containerInstanceArn }: Host, verdict: Verdict): void => {
    kept.set(containerInstanceArn, { containerInstanceArn, ...verdict });
  };
  for (const host of hosts) if (host.status === 'ACTIVE') keep(host, { reason: 'NOT_ELIGIBLE' });
  const judge = judgeOf(problem, { ...options, isWaitingUnknown: work.isWaitingUnknown });
  for (const candidate of inDrainOrder(problem, options.balanceZones === true)) {
    const { host } = candidate.work;
    const verdict = named.length < limit ? judge(candidate) : ({ reason: 'LIMIT' } as const);
    if (verdict !== undefined) keep(host, verdict);
    else {
      named.push(host.containerInstanceArn);
      kept.delete(host.containerInstanceArn);
      candidate.drained();
      isConstraintUnknown ||= candidate.work.isConstraintUnknown;
    }
  }
  const unknown: readonly Unknown[] = [
    ...problem.unknown,
    ...(isConstraintUnknown ? (['CONSTRAINTS_UNKNOWN'] as const) : []),
    ...(options.tasks === undefined ? (['WAITING_TASKS_UNKNOWN'] as const) : []),
  ];
  return {
    containerInstanceArns: named,
    kept: inOrder(kept),
    ...answer,
    precision: unknown.length === 0 ? 'exact' : 'upperBound',
    unknown: [...unknown].sort(),
  };
}

/** Why a host is kept. */
type Verdict = Omit<KeptHost, 'containerInstanceArn'>;

/** Drains hosts one by one, and tells of each why it cannot; `undefined` where it is drained. */
function judgeOf(
  problem: PlacementProblem,
  {
    assumes = 'anyOrder',
    standaloneTasks = 'keep',
    staying,
    isWaitingUnknown,
  }: DrainableHostsOptions & { readonly isWaitingUnknown: boolean },
): (candidate: DrainCandidate) => Verdict | undefined {
  if (problem.kinds.sizes.length > MOST_KINDS) return () => ({ reason: 'TOO_MANY_SIZES' });
  const prover = proverFor(assumes, problem);
  const verdict = (reason: KeptHost['reason'], unproved: Unproved): Verdict => {
    const name = unproved === 'LOOSE' ? undefined : problem.kinds.sizes[unproved.kind]?.name;
    return { reason, ...(name === undefined ? {} : { taskSize: name }) };
  };
  const unprovedFirst = isWaitingUnknown ? 'LOOSE' : prover.start();
  if (unprovedFirst !== undefined) return () => verdict('UNPLACED_FIRST', unprovedFirst);
  return (candidate) => {
    if (staying?.has(candidate.work.host.containerInstanceArn)) return { reason: 'STAYING' };
    if (standaloneTasks === 'keep' && candidate.work.tasks.some(isStandalone)) return { reason: 'STANDALONE_TASKS' };
    if (assumes !== 'anyOrder' && candidate.loose !== undefined) return { reason: 'UNKNOWN_TASKS' };
    if (prover.isSpent) return { reason: 'SEARCH_ENDED' };
    const unproved = prover.drain(candidate);
    if (unproved === undefined) return undefined;
    return prover.isSpent ? { reason: 'SEARCH_ENDED' } : verdict('NO_ROOM', unproved);
  };
}

function proverFor(assumes: PlacementAssumption, problem: PlacementProblem): Prover {
  if (assumes === 'anyOrder') return new AnyOrderProver(problem.table, problem.counts, problem.loose);
  return new SimulatedProver(problem, assumes);
}

/** Whether no service would start the task again: its group tells, where it is known. */
function isStandalone({ group }: Task): boolean {
  return group !== undefined && !group.startsWith('service:');
}

function inOrder(kept: ReadonlyMap<string, KeptHost>): readonly KeptHost[] {
  return [...kept.values()].sort((a, b) => (a.containerInstanceArn < b.containerInstanceArn ? -1 : 1));
}
