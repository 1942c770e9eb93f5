import {
  CONTAINER_INSTANCE_STATE_CHANGE,
  type ContainerInstanceHealthChange,
  type ContainerInstanceStateChange,
  type CustomResourceCreateRequest,
  type CustomResourceProperties,
  type CustomResourceRequest,
  type CustomResourceUpdateRequest,
  type DeploymentStateChange,
  type EcsEvent,
  type EventEnvelope,
  type EventParseError,
  type ParseResult,
  type parseContainerInstanceStateChange,
  type parseCustomResourceRequest,
  type parseEcsEvent,
  type readBoolean,
  type readInteger,
  type ServiceAction,
  type TASK_STATE_CHANGE,
  type TaskStateChange,
  type TaskStateChangeDetail,
  type UnwrapError,
  type UnwrapResult,
  type unwrapEvents,
} from '@plimsoll/event-schemas';
import type { Equal, Expect } from './expect';

type Variant<T extends EcsEvent['detailType']> = Extract<EcsEvent, { detailType: T }>['event'];
type Failure<T> = Extract<T, { ok: false }>;

/** What each parser answers, and that its error is typed. */
export type Results = [
  Expect<Equal<ReturnType<typeof parseEcsEvent>, ParseResult<EcsEvent>>>,
  Expect<Equal<ReturnType<typeof parseCustomResourceRequest>, ParseResult<CustomResourceRequest>>>,
  Expect<Equal<ReturnType<typeof parseContainerInstanceStateChange>, ParseResult<ContainerInstanceStateChange>>>,
  Expect<Equal<ReturnType<typeof unwrapEvents>, readonly UnwrapResult[]>>,
  Expect<Equal<Failure<ParseResult<EcsEvent>>['error'], EventParseError>>,
  Expect<Equal<Failure<UnwrapResult>['error'], UnwrapError>>,
  Expect<Equal<EventParseError['code'], 'INVALID_EVENT'>>,
  Expect<Equal<ReturnType<typeof readBoolean>, ParseResult<boolean | undefined>>>,
  Expect<Equal<ReturnType<typeof readInteger>, ParseResult<number | undefined>>>,
];

/** The union tells every event apart, and leaves the unknown its envelope. */
export type Variants = [
  Expect<Equal<Variant<typeof CONTAINER_INSTANCE_STATE_CHANGE>, ContainerInstanceStateChange>>,
  Expect<Equal<Variant<'ECS Container Instance Health Change'>, ContainerInstanceHealthChange>>,
  Expect<Equal<Variant<typeof TASK_STATE_CHANGE>, TaskStateChange>>,
  Expect<Equal<Variant<'ECS Service Action'>, ServiceAction>>,
  Expect<Equal<Variant<'ECS Deployment State Change'>, DeploymentStateChange>>,
  Expect<Equal<Variant<'unknown'>, EventEnvelope<unknown, string>>>,
  Expect<Equal<Variant<'unknown'>['detail'], unknown>>,
  Expect<Equal<TaskStateChange['detail-type'], 'ECS Task State Change'>>,
];

/** Numbers in strings stay strings, and what can be missing says so. */
export type Fields = [
  Expect<Equal<TaskStateChangeDetail['version'], number>>,
  Expect<Equal<TaskStateChangeDetail['cpu'], string | undefined>>,
  Expect<Equal<TaskStateChangeDetail['enableExecuteCommand'], boolean | 'true' | 'false' | undefined>>,
  Expect<Equal<TaskStateChangeDetail['containers'][0]['exitCode'], number | undefined>>,
  Expect<Equal<ContainerInstanceHealthChange['detail']['capacityProviderName'], string | null | undefined>>,
  Expect<Equal<CustomResourceUpdateRequest['OldResourceProperties'], CustomResourceProperties | null | undefined>>,
  Expect<Equal<CustomResourceProperties[string], unknown>>,
];

/** A switch over `detailType` narrows, and is exhaustive. */
export function subject(value: EcsEvent): string | undefined {
  switch (value.detailType) {
    case CONTAINER_INSTANCE_STATE_CHANGE:
    case 'ECS Container Instance Health Change':
      return value.event.detail.containerInstanceArn;
    case 'ECS Task State Change':
      // @ts-expect-error a value is not to be changed
      value.event.detail.lastStatus = 'RUNNING';
      return value.event.detail.taskArn;
    case 'ECS Service Action':
      return value.event.resources?.[0];
    case 'ECS Deployment State Change':
      // @ts-expect-error deployments name no cluster
      return value.event.detail.clusterArn;
    case 'unknown':
      // @ts-expect-error the detail of an unknown event has no known fields
      return value.event.detail.taskArn;
  }
}

/** The physical id is there exactly where CloudFormation sends it. */
export function physicalId(request: CustomResourceRequest): string {
  if (request.RequestType !== 'Create') return request.PhysicalResourceId;
  const create: CustomResourceCreateRequest = request;
  // @ts-expect-error a Create has none
  return create.PhysicalResourceId;
}
