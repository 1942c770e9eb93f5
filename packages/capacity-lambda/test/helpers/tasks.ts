import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';

/** A task that runs on a host, or waits where there is none. */
export function task(id: string, changed: Partial<Task> = {}): Task {
  return {
    taskArn: `arn:aws:ecs:eu-west-1:111122223333:task/demo/${id}`,
    group: 'service:web',
    lastStatus: changed.containerInstanceArn === undefined ? 'PROVISIONING' : 'RUNNING',
    desiredStatus: 'RUNNING',
    launchType: 'EC2',
    cpu: '1024',
    memory: '1000',
    containers: [],
    attachments: [],
    version: 1,
    ...changed,
  };
}

/** An active service on the cluster's hosts. */
export function service(serviceName: string, changed: Partial<Service> = {}): Service {
  return {
    serviceArn: `arn:aws:ecs:eu-west-1:111122223333:service/demo/${serviceName}`,
    serviceName,
    status: 'ACTIVE',
    schedulingStrategy: 'REPLICA',
    launchType: 'EC2',
    taskDefinition: definitionArn(serviceName),
    desiredCount: 1,
    ...changed,
  };
}

/** ARN of the first revision of a family. */
export function definitionArn(family: string): string {
  return `arn:aws:ecs:eu-west-1:111122223333:task-definition/${family}:1`;
}

/** A task definition of one container. */
export function definition(family: string, cpu: number, memory = 1000): TaskDefinition {
  return {
    taskDefinitionArn: definitionArn(family),
    family,
    revision: 1,
    status: 'ACTIVE',
    networkMode: 'bridge',
    containerDefinitions: [{ name: 'main', image: 'example', cpu, memory, essential: true }],
  };
}
