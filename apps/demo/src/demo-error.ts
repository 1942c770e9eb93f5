/** Something that stopped the demo. */
export class DemoError extends Error {
  public override readonly name = 'DemoError' as const;

  public constructor(
    /**
     * - `FUNCTION_FAILED`: an invocation of the capacity function ended in an error.
     * - `USAGE`: the command line was wrong.
     */
    public readonly code: 'FUNCTION_FAILED' | 'USAGE',
    message: string,
    /** Log lines of the failed invocation. */
    public readonly logs: readonly string[] = [],
  ) {
    super(message);
  }
}
