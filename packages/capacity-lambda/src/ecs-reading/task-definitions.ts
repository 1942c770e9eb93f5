import { DescribeTaskDefinitionCommand, type ECSClient, type TaskDefinition } from '@aws-sdk/client-ecs';
import { ClusterReadError } from '../fault.js';
import { callEcs } from './ecs-call.js';

/** Reads task definitions, and remembers them as long as they can be true. */
export interface TaskDefinitions {
  /**
   * The task definition by ARN, `family:revision` or family.
   *
   * @throws ClusterReadError when it cannot be read
   */
  describe(taskDefinition: string, abortSignal?: AbortSignal): Promise<TaskDefinition>;
}

/** How long a family's newest revision is taken for the newest, in milliseconds: one period of the schedule. */
const FAMILY_MILLIS = 60_000;
/** Most task definitions remembered: those of 50 task sizes and of 50 daemons, each in several revisions. */
const MAX_REMEMBERED = 1_000;

interface Remembered {
  readonly definition: TaskDefinition;
  readonly untilMillis: number;
}

/**
 * Makes a reader of task definitions. A revision never changes and is read once; a family's newest is read anew each minute.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definitions.html (revisions)
 */
export function createTaskDefinitions(ecs: Pick<ECSClient, 'send'>, clock: () => Date): TaskDefinitions {
  const remembered = new Map<string, Remembered>();
  return {
    describe: async (taskDefinition, abortSignal) => {
      const now = clock().getTime();
      const known = remembered.get(taskDefinition);
      if (known !== undefined && now < known.untilMillis) return known.definition;
      const { output } = await callEcs({ cluster: taskDefinition, abortSignal }, 'DescribeTaskDefinition', (http) =>
        ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }), http),
      );
      const { taskDefinition: definition } = output;
      if (definition === undefined) {
        throw new ClusterReadError(`DescribeTaskDefinition of ${taskDefinition} answered without taskDefinition: is it Amazon ECS?`);
      }
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      const untilMillis = isRevision(taskDefinition) ? Number.POSITIVE_INFINITY : now + FAMILY_MILLIS;
      remembered.set(taskDefinition, { definition, untilMillis });
      return definition;
    },
  };
}

function isRevision(taskDefinition: string): boolean {
  return /:\d+$/.test(taskDefinition);
}
