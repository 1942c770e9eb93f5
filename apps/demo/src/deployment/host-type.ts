import { DemoError } from '../demo-error.js';

/** What a host registers with Amazon ECS. */
export interface HostType {
  /** EC2 instance type. */
  readonly name: string;
  /** CPU units: 1,024 for each vCPU. */
  readonly cpuUnits: number;
  /** Memory in MiB. */
  readonly memoryMiB: number;
}

/**
 * The instance types of the stack's presets: 2 vCPUs and 2 or 4 GiB.
 *
 * The agent registers what the operating system shows it, which is somewhat less than the type has
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html); how much less is an assumption here.
 */
const HOST_TYPES: readonly HostType[] = [
  { name: 't3.small', cpuUnits: 2048, memoryMiB: 1900 },
  { name: 't3.medium', cpuUnits: 2048, memoryMiB: 3840 },
];

/**
 * The host type of a name.
 *
 * @throws {DemoError} when it is none of the stack's presets
 */
export function hostTypeOf(name: string): HostType {
  const found = HOST_TYPES.find((type) => type.name === name);
  if (found === undefined) throw new DemoError('TEMPLATE', `the hosts are of type ${name}: add what it registers to host-type.ts`);
  return found;
}
