import {
  CreateClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  ECSClient,
  ListContainerInstancesCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import type { LocalEndpoint } from '@plimsoll/simulator';
import { type Action, HOST_RESOURCES, TASK_DEFINITIONS } from './scenario.js';

/** Name of the demo's cluster. */
export const CLUSTER = 'demo';

/** The demo's cluster, driven through the ECS API like any other. */
export class DemoCluster {
  private readonly ecs: ECSClient;
  private readonly hostArns = new Map<string, string>();
  private readonly taskArns = new Map<string, string[]>();

  public constructor(endpoint: LocalEndpoint) {
    this.ecs = new ECSClient({
      endpoint: endpoint.url,
      region: endpoint.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  }

  /** Creates the cluster and registers the task definitions. */
  public async create(): Promise<void> {
    await this.ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
    for (const definition of TASK_DEFINITIONS) await this.ecs.send(new RegisterTaskDefinitionCommand(definition));
  }

  /**
   * Does one thing to the cluster.
   *
   * @returns what ECS said where it could not do it, such as `RESOURCE:MEMORY`
   */
  public async perform(action: Action): Promise<readonly string[]> {
    switch (action.kind) {
      case 'register':
        return this.register(action.host);
      case 'run':
        return this.run(action.family, action.count);
      case 'stop':
        return this.stop(action.family);
      case 'deregister':
        return this.deregister(action.host);
    }
  }

  /** The container-instance records as ECS describes them now, for the check against the core. */
  public async describe(): Promise<readonly unknown[]> {
    const { containerInstanceArns = [] } = await this.ecs.send(new ListContainerInstancesCommand({ cluster: CLUSTER }));
    if (containerInstanceArns.length === 0) return [];
    const described = await this.ecs.send(
      new DescribeContainerInstancesCommand({ cluster: CLUSTER, containerInstances: containerInstanceArns }),
    );
    return described.containerInstances ?? [];
  }

  /** Closes the client's connections. */
  public close(): void {
    this.ecs.destroy();
  }

  private async register(host: string): Promise<readonly string[]> {
    const { containerInstance } = await this.ecs.send(
      new RegisterContainerInstanceCommand({ cluster: CLUSTER, totalResources: HOST_RESOURCES }),
    );
    this.hostArns.set(host, containerInstance?.containerInstanceArn ?? '');
    return [];
  }

  private async run(family: string, count: number): Promise<readonly string[]> {
    const { tasks = [], failures = [] } = await this.ecs.send(new RunTaskCommand({ cluster: CLUSTER, taskDefinition: family, count }));
    this.taskArns.set(family, [...(this.taskArns.get(family) ?? []), ...tasks.map((task) => task.taskArn ?? '')]);
    return [...new Set(failures.map((failure) => failure.reason ?? 'unknown'))].sort();
  }

  private async stop(family: string): Promise<readonly string[]> {
    for (const task of this.taskArns.get(family) ?? []) await this.ecs.send(new StopTaskCommand({ cluster: CLUSTER, task }));
    this.taskArns.delete(family);
    return [];
  }

  private async deregister(host: string): Promise<readonly string[]> {
    await this.ecs.send(new DeregisterContainerInstanceCommand({ cluster: CLUSTER, containerInstance: this.hostArn(host) }));
    return [];
  }

  private hostArn(host: string): string {
    return this.hostArns.get(host) ?? '';
  }
}
