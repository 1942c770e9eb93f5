import type { EventEnvelope } from './envelope.js';
import type { ParseResult } from './parse-result.js';
import { eventParser } from './private/event-parser.js';
import { flagOrName, identifier, natural, text, whole } from './private/fields.js';
import { list, optional, record } from './private/structures.js';

/** The `detail-type` of the event; its `source` is `aws.ecs`. */
export const TASK_STATE_CHANGE = 'ECS Task State Change';

/** One port of a container on its host. */
export interface TaskNetworkBinding {
  /** Address of the host the port is bound to. */
  readonly bindIP?: string;
  /** Port inside the container, at least 0. */
  readonly containerPort?: number;
  /** Port on the host, at least 0. */
  readonly hostPort?: number;
  /** `tcp` or `udp`; other strings pass. */
  readonly protocol?: string;
}

/** One network interface of a container. */
export interface TaskNetworkInterface {
  /** Id of the attachment that describes it. */
  readonly attachmentId?: string;
  /** Private IPv4 address. */
  readonly privateIpv4Address?: string;
  /** IPv6 address. */
  readonly ipv6Address?: string;
}

/**
 * One container of a task; those that ECS adds are in no task definition.
 *
 * Fields: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Container.html.
 */
export interface TaskContainer {
  /** Name in the task definition. */
  readonly name: string;
  /** ARN of the container. */
  readonly containerArn?: string;
  /** ARN of its task. */
  readonly taskArn?: string;
  /** `PENDING`, `RUNNING` or `STOPPED`; other strings pass. */
  readonly lastStatus?: string;
  /** Exit code. Missing while it runs, and also where it never started: missing is no success. */
  readonly exitCode?: number;
  /** Why it stopped or did not start. */
  readonly reason?: string;
  /** Image as the task definition has it. */
  readonly image?: string;
  /** Digest of the image. */
  readonly imageDigest?: string;
  /** Id the container runtime gave it. */
  readonly runtimeId?: string;
  /** CPU units, as a string: read it with `numberFromString` of `task-values`. */
  readonly cpu?: string;
  /** Hard limit of memory in MiB, as a string. */
  readonly memory?: string;
  /** Soft limit of memory in MiB, as a string. */
  readonly memoryReservation?: string;
  /** Ids of its GPUs. */
  readonly gpuIds?: readonly string[];
  /** Network interfaces, in mode `awsvpc`. */
  readonly networkInterfaces?: readonly TaskNetworkInterface[];
  /** Ports on the host, in the other network modes. */
  readonly networkBindings?: readonly TaskNetworkBinding[];
}

/** One name and its value. */
export interface TaskKeyValue {
  /** Name: `privateIPv4Address`. */
  readonly name?: string;
  /** Value. */
  readonly value?: string;
}

/**
 * Something attached to a task, such as its network interface.
 *
 * Fields: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attachment.html.
 */
export interface TaskAttachment {
  /** Id of the attachment. */
  readonly id?: string;
  /** `eni` and others. */
  readonly type?: string;
  /** `PRECREATED`, `ATTACHING`, `ATTACHED`, `DETACHED`, `DELETED` and others. */
  readonly status?: string;
  /** What it is. */
  readonly details?: readonly TaskKeyValue[];
}

/**
 * A task as ECS describes it in the event.
 *
 * Named here is what the parser checks and, as `unknown`, what ECS is known to
 * send besides; other fields pass as well and stay in the value.
 * Fields: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 * and https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html.
 */
export interface TaskStateChangeDetail {
  /** ARN of the cluster; not empty. */
  readonly clusterArn: string;
  /** ARN of the task; not empty. */
  readonly taskArn: string;
  /** `PROVISIONING`, `PENDING`, `ACTIVATING`, `RUNNING`, `DEACTIVATING`, `STOPPING`, `DEPROVISIONING`, `STOPPED`; others pass. Steps can be skipped. */
  readonly lastStatus: string;
  /** `RUNNING` or `STOPPED`; other strings pass. */
  readonly desiredStatus: string;
  /** Rises with each change of this task: the larger one is newer, equal ones are copies. From 0 to 2^53 - 1. */
  readonly version: number;
  /** Its containers. */
  readonly containers: readonly TaskContainer[];
  /** ARN of the container instance it runs on; missing on Fargate and before placement. */
  readonly containerInstanceArn?: string;
  /** ARN of its task definition. */
  readonly taskDefinitionArn?: string;
  /** `service:<name>`, `family:<family>` or the caller's own. */
  readonly group?: string;
  /** Who started it: `ecs-svc/…` for a service. */
  readonly startedBy?: string;
  /** `EC2`, `FARGATE` or `EXTERNAL`; other strings pass. */
  readonly launchType?: string;
  /** Capacity provider it was placed by. */
  readonly capacityProviderName?: string;
  /** Zone it runs in: `us-east-1a`. */
  readonly availabilityZone?: string;
  /** CPU units of the task as a string, `0` or even `null` if only its containers have any: see `taskCpuUnits`. */
  readonly cpu?: string;
  /** Memory of the task in MiB as a string: see `taskMemoryMiB`. */
  readonly memory?: string;
  /** Whether ECS Exec is on, as a boolean or its name: see `executeCommandEnabled`. */
  readonly enableExecuteCommand?: boolean | 'true' | 'false';
  /** `TaskFailedToStart`, `EssentialContainerExited`, `UserInitiated` and others; missing while it runs, and in older events. */
  readonly stopCode?: string;
  /** Why it stopped, in words. */
  readonly stoppedReason?: string;
  /** What is attached to it. */
  readonly attachments?: readonly TaskAttachment[];
  /** Attributes such as its CPU architecture; not checked. */
  readonly attributes?: unknown;
  /** What the caller of RunTask overrode; can hold secrets; not checked. */
  readonly overrides?: unknown;
  /** ISO 8601 with 0 to 3 fraction digits; not checked, as are the other times. */
  readonly createdAt?: unknown;
  /** Time of this change. */
  readonly updatedAt?: unknown;
  /** When it reached RUNNING; missing if it never did. */
  readonly startedAt?: unknown;
  /** When its desired status became STOPPED. */
  readonly stoppingAt?: unknown;
  /** When its last container ended. */
  readonly executionStoppedAt?: unknown;
  /** When it reached STOPPED. */
  readonly stoppedAt?: unknown;
}

/** The event ECS sends when a task or one of its containers changes. */
export type TaskStateChange = EventEnvelope<TaskStateChangeDetail, typeof TASK_STATE_CHANGE>;

const optionalText = optional(text);

const container = record({
  name: text,
  containerArn: optionalText,
  taskArn: optionalText,
  lastStatus: optionalText,
  exitCode: optional(whole),
  reason: optionalText,
  image: optionalText,
  imageDigest: optionalText,
  runtimeId: optionalText,
  cpu: optionalText,
  memory: optionalText,
  memoryReservation: optionalText,
  gpuIds: optional(list(text)),
  networkInterfaces: optional(list(record({ attachmentId: optionalText, privateIpv4Address: optionalText, ipv6Address: optionalText }))),
  networkBindings: optional(
    list(
      record({
        bindIP: optionalText,
        containerPort: optional(natural),
        hostPort: optional(natural),
        protocol: optionalText,
      }),
    ),
  ),
});

const attachment = record({
  id: optionalText,
  type: optionalText,
  status: optionalText,
  details: optional(list(record({ name: optionalText, value: optionalText }))),
});

const detail = record({
  clusterArn: identifier,
  taskArn: identifier,
  lastStatus: text,
  desiredStatus: text,
  version: natural,
  containers: list(container),
  containerInstanceArn: optionalText,
  taskDefinitionArn: optionalText,
  group: optionalText,
  startedBy: optionalText,
  launchType: optionalText,
  capacityProviderName: optionalText,
  availabilityZone: optionalText,
  cpu: optionalText,
  memory: optionalText,
  enableExecuteCommand: optional(flagOrName),
  stopCode: optionalText,
  stoppedReason: optionalText,
  attachments: optional(list(attachment)),
});

const parse = eventParser<TaskStateChangeDetail, typeof TASK_STATE_CHANGE>({
  name: 'task-state-change',
  detailType: TASK_STATE_CHANGE,
  source: 'aws.ecs',
  detail,
});

/**
 * Checks an ECS Task State Change event, as EventBridge delivers it.
 *
 * Strict about the fields named with a type in {@link TaskStateChangeDetail},
 * blind to all others. The value is the input itself, neither copied nor
 * changed: numbers in strings stay strings. Never throws.
 */
export function parseTaskStateChange(input: unknown): ParseResult<TaskStateChange> {
  return parse(input);
}
