/** What is known of a container of a task so far. */
export type ContainerProgress = { readonly kind: 'started' } | { readonly kind: 'ended'; readonly exitCode: number | undefined };

/** A dependency as a container definition has it. */
export interface ContainerDependency {
  readonly containerName?: string;
  readonly condition?: string;
}

/**
 * Whether a container may start, must wait, or never will. Pure.
 *
 * START asks that the other has started, COMPLETE that it has ended, SUCCESS that it has ended with exit code 0. HEALTHY counts as
 * START: health checks are not run.
 *
 * @param progress by name of the container
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
 */
export function mayStart(
  dependencies: readonly ContainerDependency[],
  progress: ReadonlyMap<string, ContainerProgress>,
): 'start' | 'wait' | 'never' {
  const answers = dependencies.map(({ containerName = '', condition }) => isMet(condition, progress.get(containerName)));
  if (answers.includes('never')) return 'never';
  return answers.includes('wait') ? 'wait' : 'start';
}

function isMet(condition: string | undefined, progress: ContainerProgress | undefined): 'start' | 'wait' | 'never' {
  if (progress === undefined) return 'wait';
  if (condition !== 'COMPLETE' && condition !== 'SUCCESS') return 'start';
  if (progress.kind === 'started') return 'wait';
  return condition === 'COMPLETE' || progress.exitCode === 0 ? 'start' : 'never';
}
