import * as v from 'valibot';
import { containerDefinition, overrideOfContainer, tag } from './container-schemas.js';

const text = v.exactOptional(v.string());
const flag = v.exactOptional(v.boolean());
const whole = v.exactOptional(v.pipe(v.number(), v.integer()));
const texts = v.exactOptional(v.array(v.string()));
const tags = v.exactOptional(v.array(tag));
/** A structure that is kept and given back, its members unread. */
const opaque = v.record(v.string(), v.unknown());

const resource = v.object({
  name: text,
  type: text,
  doubleValue: v.exactOptional(v.number()),
  longValue: whole,
  integerValue: whole,
  stringSetValue: texts,
});

const strategy = v.exactOptional(v.array(v.object({ capacityProvider: text, weight: whole, base: whole })));

const placementConstraint = v.object({ type: text, expression: text });

/** Requests by operation: kinds of values only; what must be there and in which range is the operation's to say. */
export const requestSchemas = {
  CreateCluster: v.object({
    clusterName: text,
    tags,
    settings: v.exactOptional(v.array(v.object({ name: text, value: text }))),
    capacityProviders: texts,
    defaultCapacityProviderStrategy: strategy,
  }),
  DescribeClusters: v.object({ clusters: texts, include: texts }),
  RegisterTaskDefinition: v.object({
    family: text,
    containerDefinitions: v.exactOptional(v.array(containerDefinition)),
    taskRoleArn: text,
    executionRoleArn: text,
    networkMode: text,
    volumes: v.exactOptional(
      v.array(v.object({ name: text, host: v.exactOptional(v.object({ sourcePath: text })), configuredAtLaunch: flag })),
    ),
    placementConstraints: v.exactOptional(v.array(placementConstraint)),
    requiresCompatibilities: texts,
    cpu: text,
    memory: text,
    tags,
    pidMode: text,
    ipcMode: text,
    ephemeralStorage: v.exactOptional(v.object({ sizeInGiB: v.pipe(v.number(), v.integer()) })),
    runtimePlatform: v.exactOptional(v.object({ cpuArchitecture: text, operatingSystemFamily: text })),
    enableFaultInjection: flag,
  }),
  DescribeTaskDefinition: v.object({ taskDefinition: text, include: texts }),
  RegisterContainerInstance: v.object({
    cluster: text,
    instanceIdentityDocument: text,
    instanceIdentityDocumentSignature: text,
    totalResources: v.exactOptional(v.array(resource)),
    versionInfo: v.exactOptional(v.object({ agentVersion: text, agentHash: text, dockerVersion: text })),
    containerInstanceArn: text,
    attributes: v.exactOptional(v.array(v.object({ name: text, value: text, targetType: text, targetId: text }))),
    platformDevices: v.exactOptional(v.array(v.object({ id: text, type: text }))),
    tags,
  }),
  DeregisterContainerInstance: v.object({ cluster: text, containerInstance: text, force: flag }),
  UpdateContainerInstancesState: v.object({ cluster: text, containerInstances: texts, status: text }),
  ListContainerInstances: v.object({ cluster: text, filter: text, nextToken: text, maxResults: whole, status: text }),
  DescribeContainerInstances: v.object({ cluster: text, containerInstances: texts, include: texts }),
  RunTask: v.object({
    cluster: text,
    taskDefinition: text,
    count: whole,
    group: text,
    startedBy: text,
    launchType: text,
    clientToken: text,
    enableExecuteCommand: flag,
    enableECSManagedTags: flag,
    propagateTags: text,
    platformVersion: text,
    referenceId: text,
    tags,
    capacityProviderStrategy: strategy,
    networkConfiguration: v.exactOptional(
      v.object({
        awsvpcConfiguration: v.exactOptional(v.object({ subnets: texts, securityGroups: texts, assignPublicIp: text })),
      }),
    ),
    overrides: v.exactOptional(
      v.object({
        containerOverrides: v.exactOptional(v.array(overrideOfContainer)),
        cpu: text,
        memory: text,
        executionRoleArn: text,
        taskRoleArn: text,
      }),
    ),
    placementConstraints: v.exactOptional(v.array(placementConstraint)),
    placementStrategy: v.exactOptional(v.array(v.object({ type: text, field: text }))),
    volumeConfigurations: v.exactOptional(v.array(opaque)),
  }),
  StopTask: v.object({ cluster: text, task: text, reason: text }),
  ListTasks: v.object({
    cluster: text,
    containerInstance: text,
    family: text,
    nextToken: text,
    maxResults: whole,
    startedBy: text,
    serviceName: text,
    desiredStatus: text,
    launchType: text,
    daemonName: text,
  }),
  DescribeTasks: v.object({ cluster: text, tasks: texts, include: texts }),
  ListServices: v.object({
    cluster: text,
    nextToken: text,
    maxResults: whole,
    launchType: text,
    schedulingStrategy: text,
    resourceManagementType: text,
  }),
  DescribeServices: v.object({ cluster: text, services: texts, include: texts }),
};

/** Names of the operations the model has. */
export type EcsOperationName = keyof typeof requestSchemas;

/** The request of an operation, as read. */
export type EcsRequest<Name extends EcsOperationName> = v.InferOutput<(typeof requestSchemas)[Name]>;

/** One container of a task definition. */
export type ContainerDefinition = v.InferOutput<typeof containerDefinition>;

/** Request of RegisterTaskDefinition. */
export type RegisterTaskDefinitionRequest = EcsRequest<'RegisterTaskDefinition'>;

/** Request of RunTask. */
export type RunTaskRequest = EcsRequest<'RunTask'>;

/** One resource as a request carries it. */
export type RequestedResource = v.InferOutput<typeof resource>;
