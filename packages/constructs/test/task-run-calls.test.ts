import type { StackDriver } from '@plimsoll/simulator';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Cluster, Compatibility, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { TaskRun } from '../src/index.js';
import { allows, deployed, HERE, type Permission } from './helpers/allows.js';
import { plain, type Statement, statementsOf, taskRunProperties } from './helpers/policy.js';
import { callsOfRuns } from './helpers/run-in-stack.js';

const place = `${HERE.region}:${HERE.account}`;
const FUNCTION_ARN = `arn:aws:lambda:${place}:function:local-function`;
/** The function that answers when every attempt has died: Lambda invokes it, in the role's name. */
const ON_FAILURE_ARN = `arn:aws:lambda:${place}:function:on-failure`;

/** The construct as it is once deployed: what it grants, and what it asks CloudFormation for. */
function deployedRun(timeout: Duration) {
  const stack = new Stack(new App(), 'Example', { env: HERE });
  const taskDefinition = TaskDefinition.fromTaskDefinitionAttributes(stack, 'Job', {
    taskDefinitionArn: `arn:aws:ecs:${place}:task-definition/job:1`,
    compatibility: Compatibility.EC2,
    taskRole: Role.fromRoleArn(stack, 'TaskRole', `arn:aws:iam::${HERE.account}:role/task`),
    executionRole: Role.fromRoleArn(stack, 'ExecutionRole', `arn:aws:iam::${HERE.account}:role/execution`),
  });
  const cluster = Cluster.fromClusterArn(stack, 'Cluster', `arn:aws:ecs:${place}:cluster/harbour`);
  const logGroups = [LogGroup.fromLogGroupName(stack, 'Log', 'job')];
  new TaskRun(stack, 'Run', { cluster, taskDefinition, logGroups, timeout, taskTags: { kind: 'migration' } });
  const template = Template.fromStack(stack);
  const [handler] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) => id.startsWith('RunFunctionsHandler'));
  const { ServiceToken: _, ...properties } = taskRunProperties(template);
  return {
    granted: statementsOf(template, 'RunPolicy').map((statement) => plain(statement) as Statement),
    environment: handler?.[1].Properties.Environment.Variables as Record<string, string>,
    properties: deployed(properties),
  };
}

/** What IAM is asked, each resource by itself. */
async function permissionsOf(
  run: ReturnType<typeof deployedRun>,
  how: { readonly script: string; readonly functionSeconds: number },
  use: (driver: StackDriver) => Promise<void>,
): Promise<{ needed: Permission[]; stackId: string }> {
  let stackId = '';
  const calls = await callsOfRuns({ ...how, environment: run.environment }, async (driver) => {
    stackId = driver.stackId;
    await use(driver);
  });
  const needed = calls.flatMap(({ iamActions }) =>
    iamActions.flatMap(({ action, resources, conditionKeys }) =>
      // A task is asked for by its starter, and so of no host in particular.
      resources.map((resource) => ({ action, resource: action === 'ecs:ListTasks' ? '*' : resource, keys: conditionKeys })),
    ),
  );
  return { needed, stackId };
}

function statementsIn(granted: readonly Statement[], stackId: string): Statement[] {
  const text = JSON.stringify(granted)
    .replaceAll(/\$\{AWS::StackId\}/g, stackId)
    .replaceAll(/\$\{RunFunctionsHandler\w+\.Arn\}/g, FUNCTION_ARN)
    .replaceAll(/\$\{RunFunctionsOnFailure\w+\.Arn\}/g, ON_FAILURE_ARN);
  return deployed(JSON.parse(text) as Statement[]);
}

const missing = (needed: readonly Permission[], granted: readonly Statement[]) =>
  needed.filter((permission) => !granted.some((statement) => allows(statement, permission)));
const actionsIn = (needed: readonly Permission[]) => [...new Set(needed.map(({ action }) => action))].sort();

test('a run that fails, and one that is rolled back while it runs, need what is granted', async () => {
  const run = deployedRun(Duration.minutes(10));
  const failed = await permissionsOf(run, { script: 'echo no such table; exit 3', functionSeconds: 60 }, async (driver) => {
    const { status, reason } = await driver.deploy(run.properties as never);
    expect([status, reason]).toEqual(['ROLLBACK_COMPLETE', expect.stringMatching(/3.*no such table/s)]);
  });
  expect(missing(failed.needed, statementsIn(run.granted, failed.stackId))).toEqual([]);
  expect(actionsIn(failed.needed)).toEqual(expect.arrayContaining(['ecs:RunTask', 'ecs:TagResource', 'iam:PassRole', 'logs:GetLogEvents']));
  const stopped = await permissionsOf(run, { script: 'sleep 60', functionSeconds: 60 }, async (driver) => {
    await driver.deploy(run.properties as never, { otherResourceFailsAfterMs: 3000 });
  });
  expect(missing(stopped.needed, statementsIn(run.granted, stopped.stackId))).toEqual([]);
  // Nothing is granted that neither of them needed, but for Lambda's own call of the other function.
  const needed = [...failed.needed, ...stopped.needed];
  const granted = [...statementsIn(run.granted, failed.stackId), ...statementsIn(run.granted, stopped.stackId)];
  const spare = granted.filter((statement) => !needed.some((permission) => allows(statement, permission)));
  expect(new Set(spare.map(({ Action }) => Action))).toEqual(new Set(['lambda:InvokeFunction']));
});

test('a run that outlives its invocation may invoke its own function', async () => {
  const run = deployedRun(Duration.minutes(30));
  const { needed, stackId } = await permissionsOf(run, { script: 'sleep 7', functionSeconds: 6 }, async (driver) => {
    expect(await driver.deploy(run.properties as never)).toMatchObject({ status: 'CREATE_COMPLETE' });
  });
  expect(actionsIn(needed)).toContain('lambda:InvokeFunction');
  expect(missing(needed, statementsIn(run.granted, stackId))).toEqual([]);
});
