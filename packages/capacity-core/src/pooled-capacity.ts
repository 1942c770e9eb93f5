import type { CapacityNote, ClusterCapacity, TaskSizeCapacity } from './capacity.js';
import { type Host, isEligible } from './host.js';
import { failure, type Result, success } from './result.js';
import { summarise } from './summarise.js';
import type { TaskSize, TaskSizes } from './task-size.js';

/** What the pooled method may be told. */
export interface PooledCapacityOptions {
  /**
   * The host whose registered resources idle capacity is measured in.
   *
   * @default the first host given
   */
  readonly referenceHostArn?: string;
}

/** Why the pooled method has no answer. */
export interface PooledCapacityError {
  /**
   * - `UNKNOWN_REFERENCE_HOST`: no host given has that ARN.
   * - `NEITHER_CPU_NOR_MEMORY`: a task size asks for neither, and the formula knows nothing else.
   */
  readonly code: 'UNKNOWN_REFERENCE_HOST' | 'NEITHER_CPU_NOR_MEMORY';
  /** One sentence with the wrong value and the remedy. */
  readonly message: string;
}

/**
 * The formula over sums that dashboards built after "Docker on Amazon Web Services" show, kept for those who migrate.
 *
 * For CPU and for memory it adds up how many tasks each eligible host could hold by that resource alone, and takes the lesser
 * sum. Idle host capacity divides each sum by what one reference host could hold. It overstates: one host's free CPU and another's
 * free memory count as room. It knows neither GPUs nor ports. With no hosts at all both numbers are 0.
 */
export function pooledCapacity(
  hosts: readonly Host[],
  taskSizes: TaskSizes,
  options: PooledCapacityOptions = {},
): Result<ClusterCapacity, PooledCapacityError> {
  const { referenceHostArn } = options;
  const reference = referenceHostArn === undefined ? hosts[0] : hosts.find((host) => host.containerInstanceArn === referenceHostArn);
  if (referenceHostArn !== undefined && reference === undefined) {
    return failure({
      code: 'UNKNOWN_REFERENCE_HOST',
      message: `reference host ${referenceHostArn} is not among the ${hosts.length} hosts given: name one of them`,
    });
  }
  const unanswerable = taskSizes.find((size) => size.cpuUnits === 0 && size.memoryMiB === 0);
  if (unanswerable !== undefined) {
    return failure({
      code: 'NEITHER_CPU_NOR_MEMORY',
      message: `task size ${unanswerable.name} asks for neither CPU nor memory, all that the pooled method counts: use the exact method`,
    });
  }
  const eligible = hosts.filter(isEligible);
  return success(
    summarise(
      'pooled',
      { hosts, eligible: eligible.length },
      taskSizes.map((size) => pooledCapacityOf(eligible, reference, size)),
    ),
  );
}

/** One resource's part of the formula. */
interface Pool {
  readonly resource: 'CPU' | 'MEMORY';
  /** Tasks that fit by this resource alone, summed over the hosts. */
  readonly copies: number;
  /** Tasks that the empty reference host holds by this resource alone; 1 where there is no host at all. */
  readonly copiesOnReference: number;
}

function pooledCapacityOf(eligible: readonly Host[], reference: Host | undefined, size: TaskSize): TaskSizeCapacity {
  const pools: Pool[] = [];
  if (size.cpuUnits > 0) pools.push(poolOf('CPU', 'cpuUnits', size.cpuUnits, eligible, reference));
  if (size.memoryMiB > 0) pools.push(poolOf('MEMORY', 'memoryMiB', size.memoryMiB, eligible, reference));
  const least = pools.reduce((a, b) => (b.copies < a.copies ? b : a));
  const empty = pools.filter((pool) => pool.copiesOnReference === 0);
  return {
    name: size.name,
    containerCapacity: least.copies,
    idleHostCapacity: empty.length > 0 ? null : Math.min(...pools.map((pool) => pool.copies / pool.copiesOnReference)),
    binding: eligible.length === 0 ? null : least.resource,
    precision: 'upperBound',
    notes: [...standingNotes(size), ...empty.map((pool) => divisionByZero(pool, reference))],
  };
}

function poolOf(
  resource: Pool['resource'],
  field: 'cpuUnits' | 'memoryMiB',
  demand: number,
  eligible: readonly Host[],
  reference: Host | undefined,
): Pool {
  return {
    resource,
    copies: eligible.reduce((sum, host) => sum + Math.floor(host.remaining[field] / demand), 0),
    copiesOnReference: reference === undefined ? 1 : Math.floor(reference.registered[field] / demand),
  };
}

function standingNotes(size: TaskSize): CapacityNote[] {
  const overstates: CapacityNote = {
    code: 'POOLED_OVERSTATES',
    message: 'sums over hosts count CPU on one host and memory on another as room for a task',
  };
  const ignored = [
    ...(size.gpus > 0 ? ['GPU'] : []),
    ...(size.tcpPorts.length > 0 ? ['PORTS'] : []),
    ...(size.udpPorts.length > 0 ? ['PORTS_UDP'] : []),
    ...size.others.map(({ name }) => `RESOURCE:${name}`),
    ...(size.networkMode === 'awsvpc' ? ['ENI'] : []),
    ...(size.requiredAttributes.length > 0 ? ['ATTRIBUTE'] : []),
    ...new Set(size.placementConstraints.map(({ type }) => type)),
  ];
  if (ignored.length === 0) return [overstates];
  return [overstates, { code: 'POOLED_IGNORES', message: `the pooled formula leaves out ${ignored.join(', ')}` }];
}

function divisionByZero(pool: Pool, reference: Host | undefined): CapacityNote {
  return {
    code: 'DIVISION_BY_ZERO',
    message: `idle host capacity divides by zero: reference host ${reference?.containerInstanceArn} holds 0 of these tasks by ${pool.resource}`,
  };
}
