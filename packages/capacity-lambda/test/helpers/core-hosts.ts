import { type Host, readHost } from '@plimsoll/capacity-core';
import { type HostOptions, host } from './hosts.js';

/** A host as the core reads it, an EC2 instance. */
export function coreHost(number: number, options: HostOptions & Partial<Host> = {}): Host {
  const read = readHost(host(number, options));
  if (!read.ok) throw new RangeError(read.error.message);
  const { ec2InstanceId = `i-${number}`, attributes = [] } = options;
  return { ...read.value, ec2InstanceId, attributes, runningTasksCount: 0, pendingTasksCount: 0 };
}
