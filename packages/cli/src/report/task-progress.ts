import type { RunProgress } from '@plimsoll/task-runner-lambda';

/** Tells of a run's progress, each piece of news once. */
export function taskProgress(say: (line: string) => void): (progress: RunProgress) => void {
  let last = '';
  return (progress) => {
    const news = newsOf(progress);
    if (news === undefined || news === last) return;
    last = news;
    say(news);
  };
}

function newsOf({ state, action, observation }: RunProgress): string | undefined {
  const task = state.taskArn === undefined ? '' : `task ${state.taskArn.slice(state.taskArn.lastIndexOf('/') + 1)}`;
  if (action.kind === 'stop task') return `${action.reason.replace(/^plimsoll: | \(attempt .*$/g, '')}: stopping ${task || 'the task'}`;
  // What ends the run is told with its end.
  if (action.kind === 'answer') return undefined;
  if (state.phase === 'checking' && state.want !== undefined) return `no room yet: ${state.want}`;
  if (observation.kind === 'failed') return `a call failed, trying again: ${observation.fault.name}: ${observation.fault.message}`;
  if (observation.kind === 'placed') return `${task} is placed`;
  if (observation.kind === 'described') return `${task} is ${observation.task.lastStatus ?? 'unknown'}`;
  return undefined;
}
