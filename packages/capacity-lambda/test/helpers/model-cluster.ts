import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs';
import { host } from './hosts.js';
import { pageOf } from './page.js';
import { definition, definitionArn, service, task } from './tasks.js';

/** A cluster at one moment; a change makes another. */
export interface ModelCluster {
  readonly hosts: readonly ContainerInstance[];
  readonly tasks: readonly Task[];
  readonly services: readonly Service[];
  /** Numbers given so far to hosts and tasks. */
  readonly given: number;
}

/** Services of every cluster of a model that has any, and the CPU units that their tasks take. */
export const SERVICES = { web: 512, api: 1024 } as const;

/** The first state of a cluster: one host, and services of one task each that has none yet. */
export function firstCluster(name: string, withServices: boolean): ModelCluster {
  const services = withServices ? Object.keys(SERVICES).map((family) => service(family)) : [];
  return { hosts: [host(1, { cluster: name })], tasks: [], services, given: 1 };
}

/** A host comes, goes or changes; the record that an event tells of, too. */
export function changeHost(
  name: string,
  cluster: ModelCluster,
  choice: number,
): { readonly cluster: ModelCluster; readonly told: ContainerInstance } {
  const { hosts, given } = cluster;
  const index = choice % (hosts.length + 1);
  const old = hosts[index];
  if (old === undefined) {
    const told = host(given + 1, { cluster: name });
    return { cluster: { ...cluster, hosts: [...hosts, told], given: given + 1 }, told };
  }
  const options = [{ cpuUnits: (choice * 512) % 2048 }, { status: 'DRAINING' }, { agentConnected: false }, { status: 'INACTIVE' }, {}];
  const told = again(name, old, options[Math.floor(choice / 7) % options.length]);
  const rest = hosts.filter((_, at) => at !== index);
  if (told.status !== 'INACTIVE') return { cluster: { ...cluster, hosts: [...rest, told] }, told };
  const tasks = cluster.tasks.filter(({ containerInstanceArn }) => containerInstanceArn !== told.containerInstanceArn);
  return { cluster: { ...cluster, hosts: rest, tasks }, told };
}

/** A task comes, is placed, is told to stop or has stopped, or a service wants another number or size: ECS tells no event of a host. */
export function changeTasks(cluster: ModelCluster, choice: number): ModelCluster {
  const { tasks, services, hosts, given } = cluster;
  const families = Object.keys(SERVICES) as (keyof typeof SERVICES)[];
  const family = families[choice % families.length] ?? 'web';
  const on = hosts[choice % (hosts.length + 1)]?.containerInstanceArn;
  const at = choice % Math.max(1, tasks.length);
  const replaced = (changed: Partial<Task>): readonly Task[] => tasks.map((old, index) => (index === at ? { ...old, ...changed } : old));
  switch (Math.floor(choice / 5) % 6) {
    case 0: {
      const placed = on === undefined ? {} : { containerInstanceArn: on };
      const one = task(`task-${given + 1}`, { group: `service:${family}`, cpu: String(SERVICES[family]), ...placed });
      return { ...cluster, tasks: [...tasks, one], given: given + 1 };
    }
    case 1:
      return { ...cluster, tasks: replaced({ desiredStatus: 'STOPPED' }) };
    case 2:
      return { ...cluster, tasks: tasks.filter((_, index) => index !== at) };
    case 3:
      return on === undefined ? cluster : { ...cluster, tasks: replaced({ containerInstanceArn: on, lastStatus: 'RUNNING' }) };
    case 4:
      return { ...cluster, services: services.map((one) => (one.serviceName === family ? { ...one, desiredCount: choice % 4 } : one)) };
    default: {
      const taskDefinition = definitionArn(`${family}-${choice % 3}`);
      return { ...cluster, services: services.map((one) => (one.serviceName === family ? { ...one, taskDefinition } : one)) };
    }
  }
}

/** A task definition of a family: `api-2` is a later one of `api`, and takes more. */
export function definitionOf(arn: string) {
  const [family = '', more = '0'] = (arn.split('/').at(-1)?.split(':')[0] ?? '').split('-');
  const cpu = SERVICES[family as keyof typeof SERVICES] ?? 256;
  return { ...definition(family, cpu + 256 * Number(more)), taskDefinitionArn: arn };
}

/** A request of ECS, as far as the model answers. */
export interface ModelInput {
  readonly nextToken?: string;
  readonly desiredStatus?: string;
  readonly containerInstances?: readonly string[];
  readonly tasks?: readonly string[];
  readonly services?: readonly string[];
  readonly taskDefinition?: string;
}

/** What ECS answers about the cluster. */
export function answerOf(cluster: ModelCluster, operation: string, input: ModelInput): unknown {
  const page = (field: string, arns: ReadonlyArray<string | undefined>) => {
    const { items, nextToken } = pageOf(arns, { ...input, maxResults: 100 });
    return { [field]: items, nextToken };
  };
  switch (operation) {
    case 'ListContainerInstances':
      return page('containerInstanceArns', cluster.hosts.map(hostArn));
    case 'DescribeContainerInstances':
      return described('containerInstances', input.containerInstances, { items: cluster.hosts, arnOf: hostArn });
    case 'ListTasks':
      return page('taskArns', cluster.tasks.filter(({ desiredStatus }) => desiredStatus === input.desiredStatus).map(taskArn));
    case 'DescribeTasks':
      return described('tasks', input.tasks, { items: cluster.tasks, arnOf: taskArn });
    case 'ListServices':
      return page('serviceArns', cluster.services.map(serviceArn));
    case 'DescribeServices':
      return described('services', input.services, { items: cluster.services, arnOf: serviceArn });
    case 'DescribeTaskDefinition':
      return { taskDefinition: definitionOf(input.taskDefinition ?? '') };
    default:
      return {};
  }
}

const hostArn = ({ containerInstanceArn = '' }: ContainerInstance): string => containerInstanceArn;
const taskArn = ({ taskArn: arn = '' }: Task): string => arn;
const serviceArn = ({ serviceArn: arn = '' }: Service): string => arn;

function described<Item>(
  field: string,
  asked: readonly string[] = [],
  { items, arnOf }: { readonly items: readonly Item[]; readonly arnOf: (item: Item) => string },
): unknown {
  const found = items.filter((item) => asked.includes(arnOf(item)));
  const gone = asked.filter((arn) => !found.some((item) => arnOf(item) === arn));
  return { [field]: found, failures: gone.map((arn) => ({ arn, reason: 'MISSING' })) };
}

function again(cluster: string, old: ContainerInstance, changed: object = {}): ContainerInstance {
  const number = Number.parseInt(old.containerInstanceArn?.split('/').at(-1) ?? '', 16);
  return host(number, { cluster, version: (old.version ?? 0) + 1, ...changed });
}
