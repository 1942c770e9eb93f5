import type { EcsState } from '../ecs/ecs-state.js';
import { findTaskDefinition } from '../ecs/task-definition-operations.js';
import type { RecordedCall } from '../endpoint/injected-fault.js';
import type { IamAction, IamContext } from './iam-action.js';

/** A call with the permissions it needs, for comparison with a policy. */
export interface AuthorizedCall extends RecordedCall {
  /** Permissions, the call's own first. */
  readonly iamActions: readonly IamAction[];
}

/** Looks task definitions and stacks up where they are kept. */
export function iamContextOf(state: EcsState, stackId: (nameOrId: string) => string | undefined): IamContext {
  return {
    region: state.settings.region,
    accountId: state.settings.accountId,
    stackId,
    taskDefinition: (name) => {
      const definition = findTaskDefinition(state, name);
      return definition === undefined
        ? undefined
        : {
            arn: definition.arn,
            roleArns: [definition.content.taskRoleArn, definition.content.executionRoleArn].filter((role) => role !== undefined),
          };
    },
  };
}
