import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';

/** A statement as the template has it. */
export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Every statement of the policies whose logical id begins with this. */
export function statementsOf(template: Template, prefix: string): Statement[] {
  const policies = template.findResources('AWS::IAM::Policy');
  return Object.entries(policies)
    .filter(([id]) => id.startsWith(prefix))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[]);
}

/** The statement that allows an action; fails unless there is just one. */
export function statementFor(template: Template, prefix: string, action: string): Statement {
  const found = statementsOf(template, prefix).filter((statement) => actionsOf(statement).includes(action));
  expect(found).toHaveLength(1);
  return found[0] as Statement;
}

/** The actions of a statement, as a list. */
export function actionsOf({ Action }: Statement): readonly string[] {
  return typeof Action === 'string' ? [Action] : Action;
}

/** Replaces references by what is easy to read: `${LogicalId}`, `${LogicalId.Attribute}`, and joins by their text. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument] = ['', undefined], ...more] = Object.entries(value as Record<string, unknown>);
  if (more.length === 0) {
    if (key === 'Ref') return `\${${argument}}`;
    if (key === 'Fn::GetAtt') return `\${${(argument as string[]).join('.')}}`;
    if (key === 'Fn::Join') return (plain((argument as [string, unknown[]])[1]) as string[]).join((argument as [string, unknown[]])[0]);
  }
  return Object.fromEntries(Object.entries(value as Record<string, unknown>).map(([name, inner]) => [name, plain(inner)]));
}

/** The one custom resource of the stack: its properties, readable. */
export function taskRunProperties(template: Template): Record<string, unknown> {
  const [resource] = Object.values(template.findResources('Custom::PlimsollTaskRun'));
  return plain(resource?.Properties) as Record<string, unknown>;
}

/** Logical id of a construct's resource. */
export function logicalId(stack: Stack, construct: { readonly node: { readonly defaultChild?: unknown } }): string {
  return stack.resolve((construct.node.defaultChild as { logicalId: string }).logicalId);
}
