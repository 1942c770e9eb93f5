import type { ContainerDefinition } from '../ecs/request-schemas.js';

/** Where a container's lines go. */
export interface LogTarget {
  /** Log group. */
  readonly logGroupName: string;
  /** Log stream. */
  readonly logStreamName: string;
}

/**
 * The log stream of a container with the `awslogs` driver: `prefix/container/task`.
 *
 * Without a prefix, on a host, the container's own id is the name
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html).
 */
export function logTargetOf(container: {
  readonly definition: ContainerDefinition;
  readonly containerArn: string;
  readonly taskId: string;
}): LogTarget | undefined {
  const { logDriver, options } = container.definition.logConfiguration ?? {};
  const logGroupName = options?.['awslogs-group'];
  if (logDriver !== 'awslogs' || logGroupName === undefined) {
    return undefined;
  }
  const prefix = options?.['awslogs-stream-prefix'];
  const logStreamName =
    prefix === undefined
      ? container.containerArn.slice(container.containerArn.lastIndexOf('/') + 1)
      : `${prefix}/${container.definition.name}/${container.taskId}`;
  return { logGroupName, logStreamName };
}
