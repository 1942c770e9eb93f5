import { commonAttributes, type Host, type HostType, hostTypeLike, isRegistered, type TaskSize } from '@plimsoll/capacity-core';

/** The attribute that names a host's EC2 instance type. */
const INSTANCE_TYPE = 'ecs.instance-type';

/**
 * The type of host that the next one is expected to be: the configured one, else the commonest among the cluster's hosts.
 *
 * Hosts of one type register slightly different amounts, so the least of each is expected, and the attributes that all of them have:
 * without a value where theirs differ, as that of `ecs.awsvpc-trunk-id`, which tells by its name how many `awsvpc` tasks a host takes.
 *
 * A configured one has the attributes that hosts of it can be expected to have, see `hostTypeLike` of `@plimsoll/capacity-core`.
 *
 * @param sizes - what is to be placed
 * @returns `undefined` for a cluster without hosts where none is configured
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html (`ecs.instance-type`)
 */
export function expectedHostType(
  hosts: readonly Host[],
  configured: HostType | undefined,
  sizes: readonly TaskSize[] = [],
): HostType | undefined {
  return configured === undefined ? commonestType(hosts) : withoutOthers(hostTypeLike(configured, hosts, sizes), configured);
}

/** What `providerRules` adds to hosts has a bracket, which no name that ECS knows has; of theirs, a type has what it was given alone. */
function withoutOthers(type: HostType, { attributes: given = [] }: HostType): HostType {
  const names = new Set(given.map(({ name }) => name));
  return { ...type, attributes: (type.attributes ?? []).filter(({ name }) => !name.startsWith('(') || names.has(name)) };
}

/** `undefined` without hosts. */
function commonestType(hosts: readonly Host[]): HostType | undefined {
  const byType = new Map<string, Host[]>();
  for (const host of hosts.filter(isRegistered)) {
    const type = typeOf(host);
    const known = byType.get(type);
    if (known === undefined) byType.set(type, [host]);
    else known.push(host);
  }
  const [commonest] = [...byType].sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1));
  if (commonest === undefined) return undefined;
  const [name, [first, ...others]] = commonest;
  return first === undefined ? undefined : { name, ...[first, ...others].map(asType).reduce(least) };
}

/** The instance type; a host that does not tell is of a type with those that registered as much. */
function typeOf({ attributes, registered }: Host): string {
  const named = attributes.find(({ name }) => name === INSTANCE_TYPE)?.value;
  return named ?? `${registered.cpuUnits} CPU units, ${registered.memoryMiB} MiB`;
}

type Traits = Required<Pick<HostType, 'resources' | 'attributes'>>;

function asType({ registered, attributes }: Host): Traits {
  return { resources: registered, attributes };
}

function least(a: Traits, b: Traits): Traits {
  return {
    resources: {
      ...a.resources,
      cpuUnits: Math.min(a.resources.cpuUnits, b.resources.cpuUnits),
      memoryMiB: Math.min(a.resources.memoryMiB, b.resources.memoryMiB),
      gpus: Math.min(a.resources.gpus, b.resources.gpus),
    },
    attributes: commonAttributes([a, b]),
  };
}
