import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalEndpoint } from '@plimsoll/simulator';
import { ApiClient } from '@plimsoll/todobackend/lib/specification/api-client.js';
import { runSpecification, type SpecificationOutcome } from '@plimsoll/todobackend/lib/specification/specification.js';
import { type Resource, type Template, theResource } from '../template/template.js';
import { appliedMigrations, divergeHistory } from './database-file.js';
import { LocalCluster } from './local-cluster.js';
import { localDefinition, type TaskDefinition } from './local-definition.js';
import { driveMigration, type MigrationDriver, type MigrationOutcome, migrationResources } from './migration.js';
import { isRunning, type ServiceTask, startServiceTask, stopTask } from './running-service.js';
import { serviceImage } from './service-image.js';

/** A deployment of the stack. */
export interface Deployment extends MigrationOutcome {
  /** Command of the migration's container, from the template. */
  readonly command: string;
  /** Revision of the task definition that was run. */
  readonly taskDefinition: string;
  /** Migrations that the database lists afterwards. */
  readonly applied: readonly string[];
}

/** The service after the first deployment. */
export interface ServedRelease {
  readonly task: ServiceTask;
  /** HTTP status of its page. */
  readonly pageStatus: number;
  /** Files that `collectstatic` left in the volume. */
  readonly pageFiles: number;
  readonly specification: readonly SpecificationOutcome[];
}

/** The service after a deployment that failed. */
export interface UntouchedService {
  /** Whether the very task that ran before still runs. */
  readonly sameTaskRuns: boolean;
  /** HTTP status of its health; undefined where nothing answers. */
  readonly healthStatus: number | undefined;
  /** Whether the todo that was posted before the deployment is answered unchanged. */
  readonly todoIsThere: boolean;
}

/** Everything that came of deploying. */
export interface Deployed {
  /** What was replaced for this machine. */
  readonly changes: readonly string[];
  readonly first: Deployment;
  readonly served: ServedRelease | undefined;
  readonly second: (Deployment & { readonly service: UntouchedService }) | undefined;
}

/** How it is deployed. */
export interface DeployOptions {
  readonly template: Template;
  /** Folder for database and volumes. */
  readonly folder: string;
  /** Whether a second release follows whose migration fails. */
  readonly failMigration: boolean;
  readonly onProgress: (what: string) => void;
}

/** Deploys the stack to a local endpoint whose tasks are processes: the migration as CloudFormation runs it, then the service. */
export async function deploy(options: DeployOptions): Promise<Deployed> {
  const { template, folder, onProgress } = options;
  const images = new Set<string>();
  const endpoint = await startLocalEndpoint({ containers: { processes: serviceImage(images) } });
  try {
    const cluster = new LocalCluster(endpoint, template);
    for (const { image } of cluster.definitionOf(webDefinition(template)).containerDefinitions) images.add(image);
    cluster.registerHost({ instanceId: FIRST_HOST, zone: cluster.zones[0] ?? '' });
    const migration = await driveMigration(cluster, (status) => onProgress(`  stack: ${status}${REMARKS[status] ?? ''}`));
    try {
      return await new Releases(cluster, migration, { ...options, databaseFile: join(folder, 'todobackend.sqlite') }).play();
    } finally {
      await migration.close();
    }
  } finally {
    await endpoint.close();
  }
}

/** What is said with a status of the stack. */
const REMARKS: Readonly<Record<string, string>> = {
  UPDATE_ROLLBACK_IN_PROGRESS: '; the task runner waits 20 s for a task that might be starting yet',
};

/** EC2 instance id of the one host: the least that the stack's group has. */
const FIRST_HOST = 'i-00000000000000001';

/** The task definition of the stack's service. */
export function webDefinition(template: Template): Resource {
  return definitionNamedBy(template, theResource(template, 'AWS::ECS::Service'));
}

function definitionNamedBy(template: Template, { properties }: Resource): Resource {
  const { Ref } = properties.TaskDefinition as { readonly Ref: string };
  return theResource(template, 'AWS::ECS::TaskDefinition', ({ id }) => id === Ref);
}

/** The releases, one after the other. */
class Releases {
  private readonly changes = new Set<string>();

  public constructor(
    private readonly cluster: LocalCluster,
    private readonly migration: MigrationDriver,
    private readonly options: DeployOptions & { readonly databaseFile: string },
  ) {}

  public async play(): Promise<Deployed> {
    const { failMigration, onProgress } = this.options;
    onProgress('CloudFormation runs the migration through the task runner');
    const first = await this.migrate();
    if (first.status !== 'CREATE_COMPLETE') return { changes: [...this.changes], first, served: undefined, second: undefined };
    onProgress('the service starts');
    const started = await this.serve();
    const served = { ...started, specification: await this.ask(started.task) };
    const second = failMigration ? await this.failSecond(served.task) : undefined;
    return { changes: [...this.changes], first, served, second };
  }

  private async migrate(): Promise<Deployment> {
    const { template } = this.cluster;
    const resource = definitionNamedBy(template, migrationResources(template).run);
    const definition = this.localOf(resource);
    const taskDefinition = this.cluster.register(resource, definition);
    const outcome = await this.migration.deploy();
    const command = definition.containerDefinitions.map(({ name, command: words }) => `${name}: ${words.join(' ')}`).join(', ');
    return { ...outcome, command, taskDefinition, applied: appliedMigrations(this.options.databaseFile) };
  }

  private async serve(): Promise<Omit<ServedRelease, 'specification'>> {
    const resource = webDefinition(this.cluster.template);
    const definition = this.localOf(resource);
    const task = await startServiceTask(this.cluster, definition, this.cluster.register(resource, definition));
    const page = await fetch(`${task.url}/`);
    await page.arrayBuffer();
    return { task, pageStatus: page.status, pageFiles: filesIn(this.volumesFolder) };
  }

  private async ask({ url }: ServiceTask): Promise<readonly SpecificationOutcome[]> {
    this.options.onProgress(`its API is asked at ${url}`);
    return runSpecification(new ApiClient(url));
  }

  private async failSecond(task: ServiceTask): Promise<Deployment & { readonly service: UntouchedService }> {
    const api = new ApiClient(task.url);
    const todo = await api.create({ title: 'still here after the next release' });
    this.options.onProgress('somebody renames a migration in the database by hand; the next release is deployed');
    divergeHistory(this.options.databaseFile);
    const deployment = await this.migrate();
    // CloudFormation would go on with what depends on the migration: the service's next release.
    if (deployment.status === 'UPDATE_COMPLETE') {
      await this.serve();
      stopTask(this.cluster, task.taskArn);
    }
    // A task that is gone answers nothing.
    const answerTo = (url: string) => api.send('GET', url).catch(() => undefined);
    const service = {
      sameTaskRuns: isRunning(this.cluster, task.taskArn),
      healthStatus: (await answerTo('/health'))?.status,
      todoIsThere: JSON.stringify((await answerTo(todo.url))?.body) === JSON.stringify(todo),
    };
    return { ...deployment, service };
  }

  private get volumesFolder(): string {
    return join(this.options.folder, 'volumes');
  }

  private localOf(resource: Resource): TaskDefinition {
    const { databaseFile } = this.options;
    const local = localDefinition(this.cluster.definitionOf(resource), { databaseFile, volumesFolder: this.volumesFolder });
    for (const change of local.changes) this.changes.add(change);
    return local.definition;
  }
}

function filesIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}
