import type { Attribute, HostType, Task, TaskSize } from '@plimsoll/capacity-core';
import { groupOf, isOnHosts, type ServiceRecord } from './services.js';

/** What tells which host takes whose tasks. */
export interface ProviderSources {
  /** Container instances as DescribeContainerInstances returned them. */
  readonly records: readonly unknown[];
  /** Tasks as DescribeTasks returned them. */
  readonly tasks: readonly unknown[];
  /** The services. */
  readonly services: readonly ServiceRecord[];
  /** The provider whose hosts are added; by default a host that is added takes any task. */
  readonly own?: string | undefined;
}

/**
 * Which hosts take the tasks of which capacity providers, told to the core as attributes of hosts that sizes require.
 *
 * Nothing is told where every host takes them all, as in a cluster of one group.
 */
export interface ProviderRules {
  /** A record, or an event's detail, with what its host takes. */
  readonly record: (record: unknown) => unknown;
  /** A task size with what its service asks for. */
  readonly size: (size: TaskSize) => TaskSize;
  /** A task, by its record, with what it asks for while it waits. */
  readonly task: (task: Task) => Task;
  /** A type of host that is to be added, with what it takes. */
  readonly hostType: (hostType: HostType) => HostType;
  /** Whether a host that is added could take tasks of the size. */
  readonly isOwn: (size: TaskSize) => boolean;
  /** Whether a task waits, or is on a host in this set, and no host that is added could take it. */
  readonly waitsElsewhere: (task: Task, draining: ReadonlySet<string>) => boolean;
}

/** A task with a capacity provider strategy is placed on the hosts of one of its providers alone; no name of an attribute has a bracket. */
const attributeOf = (providers: readonly string[]): Attribute => ({ name: `(${providers.join(' or ')})` });

/**
 * Finds the rules of a cluster. Pure.
 *
 * A host whose record names no provider is taken to take any task. Of a strategy over several providers, ECS chooses by base and weight:
 * that there is room on one of them is then an upper bound.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html (`capacityProviderName`)
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html (`capacityProviderName`)
 */
export function providerRules({ records, tasks, services, own: ownName }: ProviderSources): ProviderRules {
  const own = ownName === undefined ? undefined : shortName(ownName);
  const ofHost = new Map(records.map((record) => [textOf(record, 'containerInstanceArn'), providerOf(record)]));
  const named = new Set([...ofHost.values(), own].flatMap((provider) => provider ?? []));
  /** Only what keeps some host from taking a task. */
  const binds = (providers: readonly string[]) => providers.length > 0 && [...named].some((provider) => !providers.includes(provider));
  const ofGroup = new Map(
    services
      .filter(isOnHosts)
      .map((service) => [groupOf(service), providersOf(service)] as const)
      .filter(([, providers]) => binds(providers)),
  );
  const ofTask = new Map(
    tasks.flatMap((task) => {
      const providers = [providerOf(task) ?? []].flat();
      return binds(providers) && !providers.some(isFargate) ? [[textOf(task, 'taskArn'), providers] as const] : [];
    }),
  );
  const all = new Map([...ofGroup.values(), ...ofTask.values()].map((providers) => [attributeOf(providers).name, providers]));
  const taken = (provider: string | undefined): readonly Attribute[] =>
    [...all.values()].filter((providers) => provider === undefined || providers.includes(provider)).map(attributeOf);
  const requiring = (size: TaskSize, providers: readonly string[] | undefined): TaskSize =>
    providers === undefined ? size : { ...size, requiredAttributes: [...size.requiredAttributes, attributeOf(providers)] };
  if (all.size === 0) return NO_RULES;
  const isOwn = (providers: readonly string[] | undefined): boolean =>
    own === undefined || providers === undefined || providers.includes(own);
  const groupsOwn = (group: string | undefined): boolean => isOwn(group === undefined ? undefined : ofGroup.get(group));
  return {
    record: (record) => withAttributes(record, taken(ofHost.get(textOf(record, 'containerInstanceArn')))),
    size: (size) => requiring(size, size.group === undefined ? undefined : ofGroup.get(size.group)),
    task: (task) => (task.containerInstanceArn === undefined ? { ...task, size: requiring(task.size, ofTask.get(task.taskArn)) } : task),
    hostType: (hostType) => ({ ...hostType, attributes: [...(hostType.attributes ?? []), ...taken(own)] }),
    isOwn: ({ group }) => groupsOwn(group),
    waitsElsewhere: ({ taskArn, group, containerInstanceArn: host }, draining) =>
      (host === undefined || draining.has(host)) && !(isOwn(ofTask.get(taskArn)) && groupsOwn(group)),
  };
}

/** ARNs of the hosts that other capacity providers have than the one that is scaled; none where that one is not known. */
export function hostsOfOthers(records: readonly unknown[], own: string | undefined): readonly string[] {
  if (own === undefined) return [];
  return records.flatMap((record) => {
    const provider = providerOf(record);
    return provider === undefined || provider === shortName(own) ? [] : (textOf(record, 'containerInstanceArn') ?? []);
  });
}

const NO_RULES: ProviderRules = {
  record: (record) => record,
  size: (size) => size,
  task: (task) => task,
  hostType: (hostType) => hostType,
  isOwn: () => true,
  waitsElsewhere: () => false,
};

/** The providers of a service that its tasks may be placed by; none where it has no strategy. */
function providersOf({ capacityProviderStrategy = [] }: ServiceRecord): readonly string[] {
  const used = capacityProviderStrategy.filter(({ base = 0, weight = 0 }) => base > 0 || weight > 0);
  const names = (used.length === 0 ? capacityProviderStrategy : used).flatMap(({ capacityProvider }) =>
    capacityProvider === undefined ? [] : shortName(capacityProvider),
  );
  return names.some(isFargate) ? [] : [...new Set(names)].sort();
}

function providerOf(record: unknown): string | undefined {
  const name = textOf(record, 'capacityProviderName');
  return name === undefined ? undefined : shortName(name);
}

/** A name is the short one as a rule, and of an ARN its end. */
function shortName(provider: string): string {
  return provider.replace(/^.*\//, '');
}

function isFargate(provider: string): boolean {
  return provider.startsWith('FARGATE');
}

function textOf(record: unknown, field: string): string | undefined {
  const value = (record as Readonly<Record<string, unknown>> | null | undefined)?.[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What is no record, or has attributes that are none, is left for the core to refuse. */
function withAttributes(record: unknown, more: readonly Attribute[]): unknown {
  if (typeof record !== 'object' || record === null) return record;
  const { attributes = [] } = record as { readonly attributes?: unknown };
  return Array.isArray(attributes) ? { ...record, attributes: [...attributes, ...more] } : record;
}
