import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says why rules of cdk-nag are not followed: rule to reason. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([rule, reason]) => ({ id: `AwsSolutions-${rule}`, reason })));
}
