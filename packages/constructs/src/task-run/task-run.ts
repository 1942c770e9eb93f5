import { Annotations, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { LaunchType } from 'aws-cdk-lib/aws-ecs';
import { type IGrantable, type IPrincipal, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { elsewhere } from '../cluster-arn.js';
import { InvalidTaskRunError } from '../construct-error.js';
import { functionGround } from '../function-with-log.js';
import { reasonedStatements } from '../reasoned-statements.js';
import { whenComplete } from '../when-complete.js';
import { containerProblems, propProblems } from './checks.js';
import { isFargateOnly, rolesOf, taskRoleOf } from './definition-facts.js';
import { taskRunGrants } from './grants.js';
import { needsBefore } from './needs-before.js';
import { taskNetwork } from './network.js';
import { requestProperties } from './request-properties.js';
import { TaskRunFunctions } from './task-run-functions.js';
import type { TaskRunProps, WaitMode } from './task-run-props.js';
import { unreferencedNeeds } from './unreferenced-needs.js';
import { modeFor, serviceTimeout } from './wait-times.js';

/**
 * Runs a task once, in the middle of a deployment, which goes on only if the task succeeded.
 *
 * A custom resource: whatever depends on it waits for it. It runs when it is created, and again when its task
 * definition, cluster, overrides or a trigger changes. It has a function and a role of its own, so that the role may run this one task.
 *
 * @example
 * const migration = new TaskRun(this, 'Migration', { cluster, taskDefinition });
 * migration.executeAfter(database);
 * migration.executeBefore(service);
 */
export class TaskRun extends Construct implements IConnectable, IGrantable {
  /** The task's security groups; those of the cluster's hosts when the task has no network interface of its own. */
  public readonly connections: Connections;
  /** What the function acts as. Not what the task acts as: that is the task definition's task role. */
  public readonly grantPrincipal: IPrincipal;
  /** The function that runs the task and waits for it. */
  public readonly handler: IFunction;
  /** Log of the function; the task's own log is where its task definition says. */
  public readonly logGroup: ILogGroup;
  /** How the function waits. */
  public readonly waitMode: WaitMode;
  private readonly resource: CustomResource;
  private readonly earlier: IConstruct[] = [];
  private readonly later: IConstruct[] = [];

  public constructor(scope: Construct, id: string, props: TaskRunProps) {
    super(scope, id);
    const timeout = props.timeout ?? Duration.minutes(10);
    this.waitMode = props.waitMode ?? modeFor(timeout);
    const place = elsewhere(Stack.of(this), props.cluster);
    const [problem] = [
      ...propProblems(props, this.waitMode, timeout.toSeconds()),
      ...(place === undefined ? [] : [`the cluster is in ${place}: the function runs no task there; put this beside it`]),
    ];
    if (problem !== undefined) throw new InvalidTaskRunError(this, problem);
    this.node.addValidation({ validate: () => containerProblems(props) });
    warnOfUnknownRoles(this, props);

    const launchType = props.launchType ?? defaultLaunchType(props);
    const network = taskNetwork(this, props, launchType);
    this.connections = network.connections;
    const ground = functionGround(this, { logRetention: props.logRetention, encryptionKey: props.encryptionKey });
    this.grantPrincipal = ground.role.grantPrincipal;
    this.logGroup = ground.logGroup;
    const policy = new Policy(this, 'Policy', { roles: [ground.role] });
    const functions = new TaskRunFunctions(this, 'Functions', {
      ground,
      policy,
      waitMode: this.waitMode,
      encryptionKey: props.encryptionKey,
    });
    this.handler = functions.handler;
    this.resource = new CustomResource(this, 'Resource', {
      serviceToken: functions.handler.functionArn,
      resourceType: 'Custom::PlimsollTaskRun',
      serviceTimeout: serviceTimeout(timeout),
      properties: requestProperties({ props, launchType, network: network.configuration, timeoutSeconds: timeout.toSeconds() }),
    });
    this.resource.node.addDependency(functions, policy, ...network.wayOut);
    if (props.enableExecuteCommand) allowExec(props);
    this.executeAfter(...(props.executeAfter ?? []));
    this.executeBefore(...(props.executeBefore ?? []));
    this.completeWithApp(policy, props);
  }

  /** ARN of the task; empty when none was run. */
  public get taskArn(): string {
    return this.resource.getAttString('TaskArn');
  }

  /** Exit code of the container that decides; empty when no task was run. */
  public get exitCode(): string {
    return this.resource.getAttString('ExitCode');
  }

  /** Why the task stopped, in the words of Amazon ECS. */
  public get stoppedReason(): string {
    return this.resource.getAttString('StoppedReason');
  }

  /** Name of the log stream of the container that decides; empty when it has none. */
  public get logStream(): string {
    return this.resource.getAttString('LogStream');
  }

  /** Whether no task was run, because of `runOn` or a rollback: `true` or `false`. */
  public get skipped(): string {
    return this.resource.getAttString('Skipped');
  }

  /**
   * Lets the task run only after these constructs have been created or updated.
   *
   * @param scopes constructs, each with all that is inside it, but for rules about security groups of what waits for the run
   */
  public executeAfter(...scopes: IConstruct[]): void {
    this.earlier.push(...scopes);
  }

  /**
   * Lets these constructs be created or updated only after the task has succeeded.
   *
   * Not possible with a construct that the run itself refers to, such as its cluster.
   *
   * @param scopes constructs, each with all that is inside it
   */
  public executeBefore(...scopes: IConstruct[]): void {
    this.later.push(...scopes);
    for (const scope of scopes) scope.node.addDependency(this.resource);
  }

  /** Adds what is known only when the app is complete: containers, roles and security group rules may come after the run. */
  private completeWithApp(policy: Policy, props: TaskRunProps): void {
    whenComplete(this, () => {
      policy.addStatements(...reasonedStatements(policy, taskRunGrants(this, props)));
      const { earlier, later } = this;
      const groups = this.connections.securityGroups;
      this.resource.node.addDependency(...needsBefore(this, { earlier, later }), ...unreferencedNeeds(this, { props, groups, later }));
    });
  }
}

/** Says what would otherwise be found out by the deployment. */
function warnOfUnknownRoles(scope: Construct, { taskDefinition }: TaskRunProps): void {
  if (rolesOf(taskDefinition).length > 0) return;
  Annotations.of(scope).addWarningV2(
    'plimsoll:unknownTaskRoles',
    'the imported task definition tells no roles: if it has any, Amazon ECS refuses the run; import it with taskRole and executionRole',
  );
}

function defaultLaunchType({ capacityProviderStrategies, taskDefinition }: TaskRunProps): LaunchType | undefined {
  return capacityProviderStrategies === undefined && isFargateOnly(taskDefinition) ? LaunchType.FARGATE : undefined;
}

/** What the agent of ECS Exec needs: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
function allowExec({ taskDefinition, overrides }: TaskRunProps): void {
  const role = overrides?.taskRole ?? taskRoleOf(taskDefinition);
  role?.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map(
        (action) => `ssmmessages:${action}`,
      ),
      resources: ['*'],
    }),
  );
}
