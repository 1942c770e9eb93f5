import type { Attribute } from '../attribute.js';
import { ec2NetworkInterfaceLimit } from '../ec2-network-interface-limits.js';
import { type Host, isRegistered } from '../host.js';
import type { TaskSize } from '../task-size.js';
import type { HostType } from './host-type.js';

const INSTANCE_TYPE = 'ecs.instance-type';
/** Set on a host whose trunk interface is attached. */
const TRUNK = 'ecs.awsvpc-trunk-id';
/** What ECS and its agent say of a host; a task definition asks for it without its author. */
const OF_ECS = /^(?:com\.amazonaws\.ecs\.capability\.|ecs\.capability\.|ecs\.(?:os-type|os-family|cpu-architecture)$)/;

/**
 * A type of host with the attributes that such hosts can be expected to have, so that the task definitions ECS registers, which ask for
 * attributes such as that of a log driver, can be told to fit on it or not.
 *
 * An attribute that the type names itself stays as it is. Others are those that all registered hosts of the type have; a type whose name is
 * no instance type that is known is that of hosts with as many CPU units and GPUs. Where there is no such host, they are what the sizes ask
 * for of what ECS and its agent say, since only a host would tell, and what else all hosts have; of these not the instance type, and a trunk
 * interface only for a type that is known to have one.
 *
 * @param hosts - of the cluster
 * @param sizes - what is to be placed
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html (attributes that hosts have)
 */
export function hostTypeLike(type: HostType, hosts: readonly Host[], sizes: readonly TaskSize[]): HostType {
  const { name, attributes = [] } = type;
  const registered = hosts.filter(isRegistered);
  const ofType = hostsOfType(type, registered);
  const expected = ofType.length > 0 ? commonAttributes(ofType) : guessedAttributes(name, registered, sizes);
  return { ...type, attributes: [...attributes, ...without(expected, attributes)] };
}

/** The attributes that all of the hosts have: without a value where theirs differ, as that of each host's own trunk interface. */
export function commonAttributes([first, ...others]: ReadonlyArray<Pick<Host, 'attributes'>>): readonly Attribute[] {
  return others.reduce<readonly Attribute[]>((common, { attributes }) => {
    const values = new Map(attributes.map(({ name, value }) => [name, value]));
    return common.flatMap((attribute) => {
      const { name, value } = attribute;
      if (!values.has(name)) return [];
      return values.get(name) === value ? [attribute] : [{ name }];
    });
  }, first?.attributes ?? []);
}

function hostsOfType({ name, resources }: HostType, hosts: readonly Host[]): readonly Host[] {
  const named = hosts.filter(({ attributes }) => attributes.some((one) => one.name === INSTANCE_TYPE && one.value === name));
  if (named.length > 0 || ec2NetworkInterfaceLimit(name) !== undefined) return named;
  return hosts.filter(({ registered }) => registered.cpuUnits === resources.cpuUnits && registered.gpus === resources.gpus);
}

function guessedAttributes(type: string, hosts: readonly Host[], sizes: readonly TaskSize[]): readonly Attribute[] {
  const asked = sizes.flatMap((size) => size.requiredAttributes.filter(({ name }) => OF_ECS.test(name)));
  const ofOthers = [INSTANCE_TYPE, ...(ec2NetworkInterfaceLimit(type)?.trunkedTasks === undefined ? [TRUNK] : [])];
  return [...asked, ...without(commonAttributes(hosts), asked).filter(({ name }) => !ofOthers.includes(name))];
}

function without(attributes: readonly Attribute[], named: readonly Attribute[]): readonly Attribute[] {
  const names = new Set(named.map(({ name }) => name));
  return attributes.filter(({ name }) => !names.has(name));
}
