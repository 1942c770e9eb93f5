import type { CommandLine } from './command-line.js';

/** One stack of the account: what is known of it, that there is none, or why it is not known. */
export type StackSight =
  | {
      readonly kind: 'there';
      /** Account, 12 digits, and Region, out of its ARN. */
      readonly account: string;
      readonly region: string;
      /** Status, such as `UPDATE_COMPLETE`. */
      readonly status: string;
      /** Whether CloudFormation refuses to delete it. */
      readonly terminationProtection: boolean;
    }
  | { readonly kind: 'absent' }
  /** The caller may not look, which says nothing about what the CDK's own roles may. */
  | { readonly kind: 'forbidden' }
  /** AWS could not be asked: no credentials, no Region, no network. */
  | { readonly kind: 'unasked'; readonly code: 'NO_CREDENTIALS' | 'REFUSED_CREDENTIALS' | 'NO_REGION' | 'FAILED'; readonly reason: string };

/** What was found out before anything starts. */
export interface Sights {
  /** The stack that bootstrapping makes. */
  readonly toolkit: StackSight;
  /** The stack itself. */
  readonly stack: StackSight;
  /** Whether a container engine answers; undefined where none is needed. */
  readonly engine: { readonly ok: true } | { readonly ok: false; readonly program: string; readonly reason: string } | undefined;
}

/** Why nothing can start: one sentence each, with the remedy. */
export function hindrances({ verb, toolkitStackName }: CommandLine, { toolkit, stack, engine }: Sights): string[] {
  const problems = [...engineHindrances(engine)];
  if (toolkit.kind === 'unasked') return [...problems, accountHindrance(toolkit)];
  if (verb === 'deploy' && toolkit.kind === 'absent') {
    problems.push(`there is no stack ${toolkitStackName} in this account and Region: bootstrap them once, with npx cdk bootstrap`);
  }
  if (stack.kind === 'unasked') problems.push(accountHindrance(stack));
  if (verb === 'destroy' && stack.kind === 'absent')
    problems.push('there is no stack Todobackend in this account and Region: nothing to destroy');
  if (stack.kind !== 'there') return problems;
  if (stack.status.endsWith('_IN_PROGRESS')) problems.push(`the stack is ${stack.status}: wait until it is done`);
  if (verb === 'destroy' && stack.terminationProtection) {
    problems.push(
      'the stack is protected from deletion, with its database and load balancer: deploy it with -c deletionProtection=false first, its other options as they were',
    );
  }
  return problems;
}

function engineHindrances(engine: Sights['engine']): string[] {
  if (engine === undefined || engine.ok) return [];
  return [`${engine.program} does not answer (${engine.reason}): start it, or name another one in CDK_DOCKER; the image is built with it`];
}

function accountHindrance({ code, reason }: Extract<StackSight, { kind: 'unasked' }>): string {
  switch (code) {
    case 'NO_CREDENTIALS':
      return 'there are no AWS credentials: sign in, with aws sso login or aws login, name a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
    case 'REFUSED_CREDENTIALS':
      return `AWS refuses the credentials (${reason}): sign in again`;
    case 'NO_REGION':
      return 'there is no AWS Region: name one with --region, in AWS_REGION or in the profile';
    case 'FAILED':
      return `AWS does not answer (${reason}): see to the network and the Region's name`;
  }
}
