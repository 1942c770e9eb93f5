import { Validations } from 'aws-cdk-lib';
import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** A statement of a policy, and why its resources could not be named one by one. */
export interface ReasonedStatement extends PolicyStatementProps {
  /**
   * Why a wildcard is in the resources.
   *
   * @default - there is none
   */
  readonly wildcardReason?: string;
}

/** The policy statement of each; the reasons are acknowledged for cdk-nag on the construct that holds the policy. */
export function reasonedStatements(holder: IConstruct, statements: readonly ReasonedStatement[]): PolicyStatement[] {
  const reasons = statements.flatMap(({ actions = [], wildcardReason }) =>
    wildcardReason === undefined ? [] : [`${actions.join(', ')}: ${wildcardReason}`],
  );
  if (reasons.length > 0) acknowledge(holder, 'AwsSolutions-IAM5', reasons.join('; '));
  return statements.map(({ wildcardReason: _, ...statement }) => new PolicyStatement(statement));
}

/** Gives the reason why a rule of cdk-nag is not followed, for whoever runs it over an app that uses the construct. */
export function acknowledge(holder: IConstruct, id: string, reason: string): void {
  Validations.of(holder).acknowledge({ id, reason });
}
