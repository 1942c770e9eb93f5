import { spawnSync } from 'node:child_process';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { CommandLine } from './command-line.js';
import type { Sights, StackSight } from './judge.js';

/** Longest wait for an answer of AWS or of the container engine, in milliseconds. */
const PATIENCE_MILLISECONDS = 20_000;

/** Error codes of AWS for credentials that are none, or no more: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html */
const REFUSED = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** Looks at the account and at this machine, changing nothing. */
export async function look({ verb, toolkitStackName }: CommandLine, stackName: string): Promise<Sights> {
  const client = new CloudFormationClient({ maxAttempts: 2 });
  try {
    const toolkit = await sightOf(client, toolkitStackName);
    // Asked once whether AWS answers at all.
    const stack = toolkit.kind === 'unasked' ? toolkit : await sightOf(client, stackName);
    return { toolkit, stack, engine: verb === 'deploy' ? engine() : undefined };
  } finally {
    client.destroy();
  }
}

async function sightOf(client: CloudFormationClient, StackName: string): Promise<StackSight> {
  try {
    const abortSignal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }), { abortSignal });
    const [, , , region = '', account = ''] = stack?.StackId?.split(':') ?? [];
    return {
      kind: 'there',
      account,
      region,
      status: stack?.StackStatus ?? '',
      terminationProtection: stack?.EnableTerminationProtection ?? false,
    };
  } catch (error) {
    return sightOfError(error instanceof Error ? error : new TypeError(String(error)));
  }
}

function sightOfError({ name, message }: Error): StackSight {
  if (name === 'ValidationError' && message.includes('does not exist')) return { kind: 'absent' };
  if (name === 'AccessDenied' || name === 'AccessDeniedException') return { kind: 'forbidden' };
  if (/region is missing/i.test(message)) return { kind: 'unasked', code: 'NO_REGION', reason: message };
  if (REFUSED.has(name)) return { kind: 'unasked', code: 'REFUSED_CREDENTIALS', reason: name };
  // Of the SDK itself: none found, or a sign-in that has run out, which its message tells.
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError')
    return /could not load credentials from any providers/i.test(message)
      ? { kind: 'unasked', code: 'NO_CREDENTIALS', reason: message }
      : { kind: 'unasked', code: 'REFUSED_CREDENTIALS', reason: message };
  return { kind: 'unasked', code: 'FAILED', reason: message || name };
}

/** Whether the program that the CDK builds images with reaches its engine. */
function engine(): Sights['engine'] {
  const program = process.env.CDK_DOCKER ?? 'docker';
  const { error, status, stderr } = spawnSync(program, ['info'], { encoding: 'utf8', timeout: PATIENCE_MILLISECONDS });
  if (error === undefined && status === 0) return { ok: true };
  const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  return { ok: false, program, reason: reason || `exit status ${status}` };
}
