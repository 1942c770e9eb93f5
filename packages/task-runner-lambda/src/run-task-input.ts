import { ATTEMPT_VARIABLE, type Attempt, clientToken, type Placement } from './attempt.js';
import type { RunTaskParameters } from './ports.js';
import type { Overrides, TaskRunProperties } from './read-properties.js';

/** Which call of RunTask is made. */
export interface RunTaskCall extends Placement {
  readonly attempt: Attempt;
  /** Container that is told the attempt. */
  readonly container: string;
}

/** The parameters of RunTask. The same call always gives the same, or ECS would answer its token with a conflict. */
export function runTaskInput(properties: TaskRunProperties, { attempt, window, contest, container }: RunTaskCall): RunTaskParameters {
  const { cluster, taskDefinition, overrides, parameters } = properties;
  return {
    ...(cluster === undefined ? {} : { cluster }),
    taskDefinition,
    ...parameters,
    overrides: withAttempt(overrides, container, attempt.tag),
    count: 1,
    startedBy: attempt.startedBy,
    clientToken: clientToken(attempt, { window, contest }),
  };
}

function withAttempt(overrides: Overrides, container: string, tag: string): Overrides {
  const variable = { name: ATTEMPT_VARIABLE, value: tag };
  const given = overrides.containerOverrides ?? [];
  const own = given.find(({ name }) => name === container);
  const rest = given.filter((override) => override !== own);
  const environment = [...(own?.environment ?? []), variable];
  return { ...overrides, containerOverrides: [...rest, { ...own, name: container, environment }] } as Overrides;
}
