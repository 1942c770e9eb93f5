import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AddressCheck } from './address-check.js';

/** Properties of `CheckStack`. */
export interface CheckStackProps extends StackProps {
  /** Address that is checked. */
  readonly url: string;
  /** Text that its body must hold, if any. */
  readonly text?: string;
}

/** A stack that is there to check one address; in an app of yours the check stands beside the service. */
export class CheckStack extends Stack {
  public constructor(scope: Construct, id: string, { url, text, ...props }: CheckStackProps) {
    super(scope, id, props);
    const check = new AddressCheck(this, 'Check', { url, ...(text !== undefined && { expectedText: text }) });
    new CfnOutput(this, 'Attempts', { value: check.attempts, description: 'Tries that it took' });
  }
}
