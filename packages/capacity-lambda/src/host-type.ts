import { type Attribute, type Host, type HostType, isRegistered, type TaskSize } from '@plimsoll/capacity-core';

/** The attribute that names a host's EC2 instance type. */
const INSTANCE_TYPE = 'ecs.instance-type';
/** Set on a host whose trunk interface is attached. */
const TRUNK = 'ecs.awsvpc-trunk-id';

/** What ECS and its agent say of a host; a task definition asks for it without its author. */
const OF_ECS = /^(?:com\.amazonaws\.ecs\.capability\.|ecs\.capability\.|ecs\.(?:os-type|os-family|cpu-architecture)$)/;

/**
 * The type of host that the next one is expected to be: the configured one, else the commonest among the cluster's hosts.
 *
 * Hosts of one type register slightly different amounts, so the least of each is expected, and the attributes that all of them have:
 * without a value where theirs differ, as that of `ecs.awsvpc-trunk-id`, which tells by its name how many `awsvpc` tasks a host takes.
 *
 * A configured one has these attributes as well, where it names none of them: those of hosts of its type, or else of the commonest.
 * Of a cluster without hosts it has what the sizes ask for of what ECS and its agent say, or nothing would ever be added.
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
  const seen = seenHostType(hosts, configured?.name);
  if (configured === undefined) return seen;
  const { attributes = [] } = configured;
  const named = new Set(attributes.map(({ name }) => name));
  const expected = seen === undefined ? askedOfEcs(sizes) : othersThanType(seen, configured);
  return { ...configured, attributes: [...attributes, ...expected.filter(({ name }) => !named.has(name))] };
}

/** What hosts of the type have in common, or else those of the commonest type; `undefined` without hosts. */
function seenHostType(hosts: readonly Host[], wanted: string | undefined): HostType | undefined {
  const byType = new Map<string, Host[]>();
  for (const host of hosts.filter(isRegistered)) {
    const type = typeOf(host);
    const known = byType.get(type);
    if (known === undefined) byType.set(type, [host]);
    else known.push(host);
  }
  const [commonest] = [...byType].sort(
    ([a, ofA], [b, ofB]) => Number(b === wanted) - Number(a === wanted) || ofB.length - ofA.length || (a < b ? -1 : 1),
  );
  if (commonest === undefined) return undefined;
  const [name, [first, ...others]] = commonest;
  return first === undefined ? undefined : { name, ...[first, ...others].map(asType).reduce(least) };
}

/** The attributes of a type, without those that tell of its size where it is another than the one configured, and of its capacity provider. */
function othersThanType({ name: seen, attributes = [] }: HostType, { name: configured }: HostType): readonly Attribute[] {
  const ofType = seen === configured ? [] : [INSTANCE_TYPE, TRUNK];
  // What `providerRules` adds has a bracket, which no name that ECS knows has.
  return attributes.filter(({ name }) => !ofType.includes(name) && !name.startsWith('('));
}

function askedOfEcs(sizes: readonly TaskSize[]): readonly Attribute[] {
  return sizes.flatMap((size) => size.requiredAttributes.filter(({ name }) => OF_ECS.test(name)));
}

/** The instance type; a host that does not tell is of a type with those that registered as much. */
function typeOf({ attributes, registered }: Host): string {
  const named = attributes.find(({ name }) => name === INSTANCE_TYPE)?.value;
  return named ?? `${registered.cpuUnits} CPU units, ${registered.memoryMiB} MiB`;
}

type Traits = Omit<HostType, 'name'>;

function asType({ registered, attributes }: Host): Traits {
  return { resources: registered, attributes };
}

function least(a: Traits, b: Traits): Traits {
  const others = new Map(b.attributes?.map(({ name, value }) => [name, value]));
  return {
    resources: {
      ...a.resources,
      cpuUnits: Math.min(a.resources.cpuUnits, b.resources.cpuUnits),
      memoryMiB: Math.min(a.resources.memoryMiB, b.resources.memoryMiB),
      gpus: Math.min(a.resources.gpus, b.resources.gpus),
    },
    attributes: (a.attributes ?? []).flatMap((attribute) => {
      const { name, value } = attribute;
      if (!others.has(name)) return [];
      return others.get(name) === value ? [attribute] : [{ name }];
    }),
  };
}
