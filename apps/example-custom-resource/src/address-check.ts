import { join } from 'node:path';
import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Properties of `AddressCheck`. */
export interface AddressCheckProps {
  /** Address to ask; it must be reachable from outside the VPC. */
  readonly url: string;
  /**
   * Status code that is wanted.
   *
   * @default 200
   */
  readonly expectedStatus?: number;
  /**
   * Text that the body must hold.
   *
   * @default - any body will do
   */
  readonly expectedText?: string;
  /**
   * How long the address is asked, 1 s to 14 minutes.
   *
   * @default Duration.minutes(2)
   */
  readonly timeout?: Duration;
  /**
   * A value that makes the check run again when it changes, such as the version that is deployed. So does each other property.
   *
   * @default - none
   */
  readonly trigger?: string;
}

/** Beside the wait: what the function needs to start, and to answer. */
const MARGIN = Duration.seconds(30);

/** A deployment goes on only if an address answers as wanted. What is to wait for it depends on it. */
export class AddressCheck extends Construct {
  /** How many tries it took, as text. */
  public readonly attempts: string;
  /** The beginning of the body. */
  public readonly body: string;

  public constructor(scope: Construct, id: string, props: AddressCheckProps) {
    super(scope, id);
    const { url, expectedStatus, expectedText, trigger, timeout = Duration.minutes(2) } = props;
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY });
    // The function calls nothing of AWS: its role may write its log, and no more.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const functionTimeout = timeout.plus(MARGIN);
    const handler = new NodejsFunction(this, 'Handler', {
      entry: join(__dirname, 'handler.js'),
      depsLockFilePath: join(__dirname, '..', '..', '..', 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: functionTimeout,
      bundling: { minify: true, target: 'node24' },
      logGroup,
      role,
    });
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::AddressCheck',
      serviceToken: handler.functionArn,
      // Should the function die without an answer the stack does not wait an hour, but for one more attempt, which Lambda makes after a
      // minute: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
      serviceTimeout: functionTimeout.plus(functionTimeout).plus(Duration.minutes(1)).plus(MARGIN),
      properties: {
        Url: url,
        ExpectedStatus: expectedStatus,
        ExpectedText: expectedText,
        TimeoutSeconds: timeout.toSeconds(),
        Trigger: trigger,
      },
    });
    this.attempts = resource.getAttString('Attempts');
    this.body = resource.getAttString('Body');
  }
}
