import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  callFunction,
  createStackDriver,
  type LocalEndpoint,
  machineScheduler,
  startLambdaPool,
  startLocalEndpoint,
  startResponseServer,
} from '@plimsoll/simulator';

/** How one deployment with a migration ended. */
export interface Migration {
  /** What it is. */
  readonly title: string;
  /** Status of the stack, as CloudFormation shows it. */
  readonly status: string;
  /** Reason of the failure that a user reads first; empty if there was none. */
  readonly reason: string;
  /** Migrations that the database itself lists afterwards. */
  readonly applied: readonly string[];
  /** Calls of AWS that the function made. */
  readonly calls: number;
}

const CLUSTER = 'demo';
const FAMILY = 'todobackend-migrate';

/**
 * Deploys a stack whose custom resource migrates the sample service's database, twice: once well, once against a database that is
 * broken. Every part is real but AWS: the shipped bundle of the task runner in processes of its own, the service's own `migrate` as the
 * task's process, and its SQLite file.
 */
export async function playMigrations(onProgress: (title: string) => void): Promise<readonly Migration[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-demo-'));
  try {
    const file = join(folder, 'todobackend.sqlite');
    onProgress('a deployment migrates the database');
    const well = await deploy('a migration of an empty database', file);
    onProgress('a deployment meets a database of another release');
    diverge(file);
    const badly = await deploy('a migration of a database with another history', file);
    return [well, badly];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function deploy(title: string, file: string): Promise<Migration> {
  const endpoint = await startLocalEndpoint({ containers: { processes: true } });
  try {
    prepare(endpoint, file);
    const outcome = await runStack(endpoint);
    return { title, ...outcome, applied: appliedTo(file), calls: endpoint.calls().length };
  } finally {
    await endpoint.close();
  }
}

/** A cluster with one host, and a task definition whose image is the sample service. */
function prepare(endpoint: LocalEndpoint, file: string): void {
  const program = join(dirname(require.resolve('@plimsoll/todobackend/package.json')), 'bin', 'todobackend.js');
  endpoint.ecs('CreateCluster', { clusterName: CLUSTER });
  endpoint.ecs('RegisterContainerInstance', {
    cluster: CLUSTER,
    totalResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 993 },
    ],
  });
  endpoint.ecs('RegisterTaskDefinition', {
    family: FAMILY,
    containerDefinitions: [
      {
        name: 'migrate',
        image: 'todobackend',
        cpu: 5,
        memory: 64,
        entryPoint: [process.execPath, '--disable-warning=ExperimentalWarning', program],
        command: ['migrate'],
        environment: [{ name: 'SQLITE_FILE', value: file }],
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/demo', 'awslogs-stream-prefix': 'migrate' } },
      },
    ],
  });
}

/** Creates the stack, as CloudFormation does. */
async function runStack(endpoint: LocalEndpoint): Promise<{ readonly status: string; readonly reason: string }> {
  const scheduler = machineScheduler();
  const answers = await startResponseServer({ scheduler, newId: randomUUID });
  const taskRunner = await startLambdaPool({
    codePath: require.resolve('@plimsoll/task-runner-lambda/bundle'),
    functionName: 'demo-task-runner',
    region: endpoint.region,
    timeoutSeconds: 120,
    environment: { AWS_ENDPOINT_URL: endpoint.url },
  });
  try {
    const driver = createStackDriver({
      scheduler,
      newId: randomUUID,
      bucket: answers,
      target: (event) => callFunction(taskRunner, event),
      onStatus: endpoint.stacks.set,
      stackName: 'todobackend',
      logicalResourceId: 'Migrate',
    });
    const outcome = await driver.deploy({ Cluster: CLUSTER, TaskDefinition: FAMILY, Timeout: 60, LogTailLines: 3 });
    await driver.idle();
    return outcome;
  } finally {
    await Promise.all([answers.close(), taskRunner.close()]);
  }
}

/** Makes the database one that a release has migrated whose history this release does not share. */
function diverge(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("UPDATE schema_migrations SET name = 'create-tasks'");
  database.close();
}

function appliedTo(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database
      .prepare('SELECT version, name FROM schema_migrations ORDER BY version')
      .all()
      .map(({ version, name }) => `${version} ${name}`);
  } finally {
    database.close();
  }
}

/** The deployments as text. */
export function renderMigrations(migrations: readonly Migration[]): string {
  return migrations
    .map(({ title, status, reason, applied, calls }) =>
      [
        `${title}: ${status}, after ${calls} calls of AWS`,
        `  the database lists: ${applied.join(', ') || 'nothing'}`,
        ...(reason === '' ? [] : ['  what CloudFormation shows:', ...reason.split('\n').map((line) => `    ${line}`)]),
      ].join('\n'),
    )
    .join('\n\n');
}

/** Whether the first deployment succeeded, and the second failed with a reason that names its exit code. */
export function isAsExpected([well, badly]: readonly Migration[]): boolean {
  const succeeded = well?.status === 'CREATE_COMPLETE' && well.applied.length > 0;
  return succeeded && badly?.status === 'ROLLBACK_COMPLETE' && /exited with code [1-9]/.test(badly.reason);
}
