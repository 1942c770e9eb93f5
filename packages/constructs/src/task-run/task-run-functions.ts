import { Duration } from 'aws-cdk-lib';
import { type Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEventInvokeConfig, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { bundledFunction, type FunctionGround } from '../function-with-log.js';
import { WaitMode } from './task-run-props.js';
import { FUNCTION_TIMEOUT } from './wait-times.js';

/** What the functions of one run are made with. */
export interface TaskRunFunctionsProps {
  readonly ground: FunctionGround;
  /** Policy of the ground's role; the functions depend on nothing in it, so that it may name them. */
  readonly policy: Policy;
  readonly waitMode: WaitMode;
  readonly encryptionKey: IKey | undefined;
}

/**
 * The function that AWS CloudFormation calls, and one that answers in its place when every attempt of it has died.
 *
 * Two functions, since one that is its own failure destination would be called by its failures again and again.
 */
export class TaskRunFunctions extends Construct {
  /** What AWS CloudFormation calls. */
  public readonly handler: LambdaFunction;

  public constructor(scope: Construct, id: string, { ground, policy, waitMode, encryptionKey }: TaskRunFunctionsProps) {
    super(scope, id);
    const environment = { PLIMSOLL_MODE: waitMode };
    const common = { bundle: 'task-runner-lambda', ground, encryptionKey, memorySize: 256, environment } as const;
    this.handler = bundledFunction(this, 'Handler', {
      ...common,
      description: `Runs the task of ${scope.node.path} and waits for it`,
      timeout: FUNCTION_TIMEOUT,
    });
    const onFailure = bundledFunction(this, 'OnFailure', {
      ...common,
      description: `Answers CloudFormation when no attempt at ${scope.node.path} could`,
      timeout: Duration.minutes(5),
    });
    const invoked = waitMode === WaitMode.LONG ? [onFailure, this.handler] : [onFailure];
    policy.addStatements(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: invoked.map((callee) => callee.functionArn) }),
    );
    const retries = new CfnEventInvokeConfig(this, 'Retries', {
      functionName: this.handler.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      // A request that is older than CloudFormation waits for is not worth an attempt.
      maximumEventAgeInSeconds: 3600,
      destinationConfig: { onFailure: { destination: onFailure.functionArn } },
    });
    // Lambda refuses a destination that the role may not invoke.
    retries.node.addDependency(policy);
  }
}
