import type { Statement } from './policy.js';
import { actionsOf } from './policy.js';

/** One call as IAM sees it. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  /** Values of the condition keys that are there. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Whether a statement allows the call; it knows the operators that this package uses. */
export function allows(statement: Statement, { action, resource, keys }: Permission): boolean {
  const resources = [statement.Resource].flat() as string[];
  if (!actionsOf(statement).includes(action) || !resources.some((pattern) => matches(pattern, resource))) return false;
  const conditions = Object.entries((statement.Condition ?? {}) as Record<string, Record<string, string>>);
  return conditions.every(([operator, wanted]) => {
    if (!['ArnEquals', 'StringEquals'].includes(operator)) return false;
    return Object.entries(wanted).every(([key, value]) => keys[key] === value);
  });
}

function matches(pattern: string, resource: string): boolean {
  const expression = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${expression.join('.*')}$`).test(resource);
}

/** The account and Region that everything in these tests is in. */
export const HERE = { account: '111122223333', region: 'us-east-1' } as const;

/** A value of a template with the pseudo parameters put in. */
export function deployed<T>(value: T): T {
  const text = JSON.stringify(value)
    .replaceAll(/\$\{AWS::Partition\}/g, 'aws')
    .replaceAll(/\$\{AWS::Region\}/g, HERE.region)
    .replaceAll(/\$\{AWS::AccountId\}/g, HERE.account);
  return JSON.parse(text) as T;
}
