import { RemovalPolicy } from 'aws-cdk-lib';
import { type IRole, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type FunctionProps, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { BUNDLE_RUNTIME, type BundledFunction, bundledCode } from './function-asset.js';

/** What the log of a function is made with. */
export interface FunctionLogOptions {
  /** How long it is kept; a month by default. */
  readonly logRetention: RetentionDays | undefined;
  /** Key that encrypts it. */
  readonly encryptionKey: IKey | undefined;
}

/** The log group of a function, and a role that may write to it and do nothing else yet. */
export interface FunctionGround {
  readonly logGroup: LogGroup;
  readonly role: IRole;
}

/** Makes the log group and role that bundled functions of one construct share. */
export function functionGround(scope: Construct, { logRetention, encryptionKey }: FunctionLogOptions): FunctionGround {
  const logGroup = new LogGroup(scope, 'Log', {
    retention: logRetention ?? RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
    ...(encryptionKey && { encryptionKey }),
  });
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    // The AWS managed policy for this would let the function write to every log group of the account.
    inlinePolicies: {
      Log: new PolicyDocument({
        statements: [new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] })],
      }),
    },
  });
  return { logGroup, role };
}

/** What one bundled function is made with, beside its ground. */
export interface BundledFunctionOptions extends Pick<FunctionProps, 'description' | 'environment' | 'memorySize' | 'timeout'> {
  readonly bundle: BundledFunction;
  readonly ground: FunctionGround;
  readonly encryptionKey: IKey | undefined;
}

/** Makes a function out of a bundle. */
export function bundledFunction(
  scope: Construct,
  id: string,
  { bundle, ground, encryptionKey, ...options }: BundledFunctionOptions,
): LambdaFunction {
  return new LambdaFunction(scope, id, {
    ...BUNDLE_RUNTIME,
    ...options,
    code: bundledCode(bundle),
    logGroup: ground.logGroup,
    role: ground.role,
    ...(encryptionKey && { environmentEncryption: encryptionKey }),
  });
}
