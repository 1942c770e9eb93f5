/** A promise of the demo, and whether it was seen to hold. */
export interface Check {
  /** The promise, as a sentence. */
  readonly promise: string;
  readonly holds: boolean;
  /** What was seen. */
  readonly seen: string;
}

/** Whether every promise holds; nothing checked is nothing kept. */
export function allHold(checks: readonly Check[]): boolean {
  return checks.length > 0 && checks.every(({ holds }) => holds);
}

/** The promises as lines of text. */
export function renderChecks(checks: readonly Check[]): string {
  return checks.map(({ promise, holds, seen }) => `${holds ? '✓' : '✗'} ${promise}\n    ${seen}`).join('\n');
}
