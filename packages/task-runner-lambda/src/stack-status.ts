/** What the status of a stack says about a request of one of its resources. */
export type StackVerdict =
  /** CloudFormation waits for the answer. */
  | 'wanted'
  /** The request is an Update that rolls a change back. */
  | 'rollback'
  /** The stack has turned away from what the request asked for; whatever runs for it should stop. */
  | 'void';

/**
 * Reads a stack's status for a request.
 *
 * Nothing in a request marks a rollback ({@link https://github.com/aws-cloudformation/custom-resource-helper/issues/71}); only the stack
 * tells. A forward Update that is delivered again once the rollback has begun reads as the rollback's own: either way nothing is to run.
 *
 * @param status `StackStatus` of DescribeStacks; unknown ones count as wanted
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export function readStackStatus(status: string | undefined, request: 'Create' | 'Update'): StackVerdict {
  if (status === undefined) return 'wanted';
  if (/^DELETE_/.test(status)) return 'void';
  // A rollback of a failed update can make again what the update had removed: not so for a custom resource that is being created.
  if (request === 'Create') return /ROLLBACK/.test(status) ? 'void' : 'wanted';
  return /ROLLBACK/.test(status) ? 'rollback' : 'wanted';
}

/** A status that is older than the request is held to lag behind it for so long, in milliseconds. */
const LAG_MS = 30_000;

/**
 * Whether a stack has come to the end of its operation, so that CloudFormation waits for no Create and no Update.
 *
 * A request that finds the operation before its own has come early: the status is believed once that cannot be any more.
 *
 * @param ageMs since the request was issued, in milliseconds
 */
export function isOver(status: string | undefined, ageMs: number): boolean {
  return ageMs >= LAG_MS && /_COMPLETE(?:_CLEANUP_IN_PROGRESS)?$/.test(status ?? '');
}
