/** The stack cannot be put together: a fault of this program, not of its configuration. */
export class TodobackendStackError extends Error {
  public readonly code = 'TODOBACKEND_STACK';
  public override readonly name = 'TodobackendStackError';

  /**
   * @param problem what is wrong, and the remedy
   */
  public constructor(problem: string) {
    super(problem);
  }
}
