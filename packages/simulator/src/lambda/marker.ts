/**
 * Line the bootstrap writes to standard output when an invocation is over.
 *
 * The answer comes over HTTP and the log over a pipe: only when this line has come is the log whole.
 * It begins with NUL, so that no text line is taken for it.
 */
export function endOfInvocation(requestId: string): string {
  return `\0end of ${requestId}\0`;
}
