import { ContainerDefinition, type ITaskDefinition, NetworkMode, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { TaskRunProps } from './task-run-props.js';

/** The containers of a task definition of this app; undefined of an imported one, about which nothing is known. */
export function containersOf(taskDefinition: ITaskDefinition): readonly ContainerDefinition[] | undefined {
  if (!(taskDefinition instanceof TaskDefinition)) return undefined;
  return taskDefinition.node.children.filter((child) => child instanceof ContainerDefinition);
}

/** Network mode, as far as it is known. */
export function networkModeOf(taskDefinition: ITaskDefinition): NetworkMode | undefined {
  return known(() => taskDefinition.networkMode);
}

/** Role that the containers act as, as far as it is known. */
export function taskRoleOf(taskDefinition: ITaskDefinition): IRole | undefined {
  return known(() => taskDefinition.taskRole);
}

/** Roles that running the definition passes on, as far as they are known. */
export function rolesOf(taskDefinition: ITaskDefinition): IRole[] {
  return [taskRoleOf(taskDefinition), taskDefinition.executionRole].filter((role) => role !== undefined);
}

/** Roles that a run passes on: those of the definition, and what overrides them. */
export function passedRoles({ taskDefinition, overrides }: Pick<TaskRunProps, 'taskDefinition' | 'overrides'>): IRole[] {
  return [...rolesOf(taskDefinition), overrides?.taskRole, overrides?.executionRole].filter((role) => role !== undefined);
}

/** Whether the definition can run on AWS Fargate and nowhere else. */
export function isFargateOnly(taskDefinition: ITaskDefinition): boolean {
  const { isFargateCompatible, isEc2Compatible, isExternalCompatible, isManagedInstancesCompatible } = taskDefinition;
  return isFargateCompatible && !isEc2Compatible && !isExternalCompatible && !isManagedInstancesCompatible;
}

/** Whether tasks of the definition get a network interface of their own. */
export function usesOwnInterface(taskDefinition: ITaskDefinition): boolean {
  return networkModeOf(taskDefinition) === NetworkMode.AWS_VPC;
}

/** An imported task definition throws when asked for what it was not told. */
function known<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
