import {
  booleanProperty,
  integerProperty,
  listProperty,
  oneOfProperty,
  optionalProperty,
  type PropertyKind,
  type PropertyShape,
  stringProperty,
} from '@plimsoll/cfn-response';
import { strictObject } from './strict-object.js';

const text = (): PropertyKind<string | undefined> => optionalProperty(stringProperty());
const anyText = (): PropertyKind<string | undefined> => optionalProperty(stringProperty({ minLength: 0 }));
const whole = (): PropertyKind<number | undefined> => optionalProperty(integerProperty({ minimum: 0 }));
const texts = (): PropertyKind<readonly string[] | undefined> => optionalProperty(listProperty(stringProperty({ minLength: 0 })));
const list = <S extends PropertyShape>(shape: S) => optionalProperty(listProperty(strictObject(shape)));

/** A string, or a number, which the API wants as one: `cpu` and `memory` of a task. */
const numeral = (): PropertyKind<string | undefined> => ({
  read: (value, property) => text().read(typeof value === 'number' ? String(value) : value, property),
});

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerOverride.html */
const containerOverride = {
  name: stringProperty(),
  command: texts(),
  environment: list({ name: stringProperty(), value: anyText() }),
  environmentFiles: list({ value: stringProperty(), type: stringProperty() }),
  cpu: whole(),
  memory: whole(),
  memoryReservation: whole(),
  resourceRequirements: list({ value: stringProperty(), type: stringProperty() }),
};

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html */
const taskOverride = {
  containerOverrides: list(containerOverride),
  cpu: numeral(),
  memory: numeral(),
  taskRoleArn: text(),
  executionRoleArn: text(),
  ephemeralStorage: optionalProperty(strictObject({ sizeInGiB: integerProperty({ minimum: 20, maximum: 200 }) })),
};

/**
 * The properties that RunTask is given as they are, and what each must be.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export const runTaskShape = {
  Cluster: text(),
  TaskDefinition: stringProperty(),
  Overrides: optionalProperty(strictObject(taskOverride)),
  LaunchType: optionalProperty(oneOfProperty(['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'])),
  CapacityProviderStrategy: list({ capacityProvider: stringProperty(), weight: whole(), base: whole() }),
  NetworkConfiguration: optionalProperty(
    strictObject({
      awsvpcConfiguration: strictObject({
        subnets: listProperty(stringProperty()),
        securityGroups: texts(),
        assignPublicIp: optionalProperty(oneOfProperty(['ENABLED', 'DISABLED'])),
      }),
    }),
  ),
  PlatformVersion: text(),
  PlacementConstraints: list({ type: oneOfProperty(['distinctInstance', 'memberOf']), expression: text() }),
  PlacementStrategy: list({ type: oneOfProperty(['random', 'spread', 'binpack']), field: text() }),
  Group: text(),
  Tags: list({ key: stringProperty({ maxLength: 128 }), value: anyText() }),
  EnableExecuteCommand: optionalProperty(booleanProperty()),
} as const;
