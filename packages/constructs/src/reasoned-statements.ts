import { Stack, Validations } from 'aws-cdk-lib';
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
  // cdk-nag wants the resources as the template will name them: those of another stack have their names only by now.
  holder.node.addValidation({
    validate: () => {
      acknowledge(holder, statements);
      return [];
    },
  });
  return statements.map(({ wildcardReason: _, ...statement }) => new PolicyStatement(statement));
}

function acknowledge(holder: IConstruct, statements: readonly ReasonedStatement[]): void {
  const reasons = new Map<string, string[]>();
  for (const { actions = [], resources = [], wildcardReason } of statements) {
    if (wildcardReason === undefined) continue;
    for (const resource of resources) {
      const finding = `AwsSolutions-IAM5[Resource::${asCdkNagWritesIt(Stack.of(holder).resolve(resource))}]`;
      reasons.set(finding, [...(reasons.get(finding) ?? []), `${actions.join(', ')}: ${wildcardReason}`]);
    }
  }
  Validations.of(holder).acknowledge(...[...reasons].map(([id, texts]) => ({ id, reason: texts.join('; ') })));
}

/** A resolved value in one line, references in angle brackets, which is how cdk-nag tells its findings apart. */
function asCdkNagWritesIt(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[intrinsic, argument] = ['', undefined]] = Object.entries(value);
  if (intrinsic === 'Ref') return `<${argument}>`;
  if (intrinsic === 'Fn::GetAtt') return `<${argument.join('.')}>`;
  if (intrinsic === 'Fn::Join') return argument[1].map(asCdkNagWritesIt).join(argument[0]);
  if (intrinsic === 'Fn::ImportValue') return asCdkNagWritesIt(argument);
  return JSON.stringify(value);
}
