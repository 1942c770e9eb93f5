/** Something that stopped the demo. */
export class DemoError extends Error {
  public override readonly name = 'DemoError' as const;

  public constructor(
    /**
     * - `FUNCTION_FAILED`: an invocation of the capacity function ended in an error.
     * - `SYNTHESIS_FAILED`: the stack could not be synthesised, or AWS's validator refuses its template.
     * - `TEMPLATE`: the template has something that the demo cannot bring to this machine.
     * - `SERVICE_FAILED`: the service did not come up.
     * - `ECS_REFUSED`: the local endpoint refused a call.
     * - `OLD_NODE`: this Node.js cannot run the sample service.
     * - `REPORT_NOT_WRITTEN`: the file system refused the report.
     */
    public readonly code:
      | 'FUNCTION_FAILED'
      | 'SYNTHESIS_FAILED'
      | 'TEMPLATE'
      | 'SERVICE_FAILED'
      | 'ECS_REFUSED'
      | 'OLD_NODE'
      | 'REPORT_NOT_WRITTEN',
    message: string,
    /** Log lines of what failed. */
    public readonly logs: readonly string[] = [],
  ) {
    super(message);
  }
}
