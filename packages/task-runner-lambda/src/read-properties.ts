import {
  booleanProperty,
  coerceProperties,
  integerProperty,
  listProperty,
  oneOfProperty,
  optionalProperty,
  type PropertyKind,
  type PropertyValues,
  type ResourceProperties,
  stringProperty,
} from '@plimsoll/cfn-response';
import { ATTEMPT_VARIABLE } from './attempt.js';
import type { RunTaskParameters } from './ports.js';
import { runTaskShape } from './run-task-parameters.js';
import { present } from './strict-object.js';

/**
 * Longest JSON of `overrides`, in characters.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html "8192 characters"
 */
export const MAX_OVERRIDES_CHARACTERS = 8192;

/** What the attempt's variable adds to `overrides` at most, in characters, beside the name of its container. */
const VARIABLE_CHARACTERS = 120;

/** Events read of a log, at most. */
const MAX_LOG_TAIL_LINES = 1000;

/** A task run, as its custom resource asks for it. */
export interface TaskRunProperties {
  /** Name or ARN; undefined means the cluster `default`. */
  readonly cluster: string | undefined;
  /** Family, family:revision or ARN. */
  readonly taskDefinition: string;
  /** `overrides` of RunTask, in the API's names. */
  readonly overrides: Overrides;
  /** Every other parameter of RunTask that was given, in the API's names. */
  readonly parameters: RunTaskParameters;
  /** Time from the request until the task is stopped, in seconds. */
  readonly timeoutSeconds: number;
  /** Requests that run the task. */
  readonly runOn: 'create' | 'update' | 'both';
  readonly runOnRollback: boolean;
  readonly containerName: string | undefined;
  readonly allowedExitCodes: readonly number[];
  readonly logTailLines: number;
  readonly redact: readonly RegExp[];
  readonly stopOnDelete: boolean;
}

/** What overrides a task definition, in the API's names; members that are not read here are passed on. */
export interface Overrides {
  readonly containerOverrides?: ReadonlyArray<{
    readonly name: string;
    readonly environment?: ReadonlyArray<{ readonly name: string; readonly value?: string | undefined }> | undefined;
  }>;
  readonly [member: string]: unknown;
}

/** Properties, or everything that is wrong with them in one line that holds none of their values. */
export type ReadProperties = { readonly ok: true; readonly value: TaskRunProperties } | { readonly ok: false; readonly message: string };

/** What the properties may ask for at most. */
export interface PropertyLimits {
  /** Longest `Timeout`, which is its default too, in seconds. */
  readonly longestSeconds: number;
}

/** A regular expression, applied everywhere in a text; `^` and `$` are the ends of its lines. */
function patternProperty(): PropertyKind<RegExp> {
  const inner = stringProperty();
  return {
    read: (value, property) => {
      const read = inner.read(value, property);
      if (!read.ok) return read;
      try {
        return { ok: true, value: new RegExp(read.value, 'gmu') };
      } catch {
        return { ok: false, issues: [{ property, expected: 'a regular expression of JavaScript', found: 'another string' }] };
      }
    },
  };
}

/** A map, which is compared and not read. */
function mapProperty(): PropertyKind<unknown> {
  return {
    read: (value, property) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? { ok: true, value }
        : { ok: false, issues: [{ property, expected: 'a map', found: Array.isArray(value) ? 'array' : typeof value }] },
  };
}

function shapeFor(longestSeconds: number) {
  return {
    ...runTaskShape,
    Timeout: optionalProperty(integerProperty({ minimum: 1, maximum: longestSeconds }), longestSeconds),
    RunOn: optionalProperty(oneOfProperty(['create', 'update', 'both']), 'both' as const),
    RunOnRollback: optionalProperty(booleanProperty(), false),
    Triggers: optionalProperty(mapProperty()),
    ContainerName: optionalProperty(stringProperty()),
    AllowedExitCodes: optionalProperty(listProperty(integerProperty({ minimum: 0, maximum: 255 })), [0]),
    LogTailLines: optionalProperty(integerProperty({ minimum: 0, maximum: MAX_LOG_TAIL_LINES }), 20),
    Redact: optionalProperty(listProperty(patternProperty()), []),
    StopOnDelete: optionalProperty(booleanProperty(), true),
  };
}

/** Properties that CloudFormation itself puts beside the template's. */
const ADMITTED: readonly string[] = ['ServiceToken', 'ServiceTimeout'];

/**
 * Reads the properties of a task run: strings coerced, defaults filled in, what is unknown or contradicts itself refused.
 *
 * @example
 * readProperties({ TaskDefinition: 'migrate', Timeout: '60' }, { longestSeconds: 840 });
 */
export function readProperties(properties: ResourceProperties, { longestSeconds }: PropertyLimits): ReadProperties {
  const shape = shapeFor(longestSeconds);
  const unknown = Object.keys(properties).filter((name) => !Object.hasOwn(shape, name) && !ADMITTED.includes(name));
  if (unknown.length > 0) {
    return refused(
      `invalid properties: ${unknown.join(', ')} ${unknown.length === 1 ? 'is' : 'are'} not known: correct the name, or remove it`,
    );
  }
  const read = coerceProperties(properties, shape);
  if (!read.ok) return refused(read.error.message);
  const contradiction = contradictionIn(read.value);
  return contradiction === undefined ? { ok: true, value: propertiesOf(read.value) } : refused(`invalid properties: ${contradiction}`);
}

type Values = PropertyValues<ReturnType<typeof shapeFor>>;

function contradictionIn(values: Values): string | undefined {
  return whereItRuns(values) ?? howItEnds(values) ?? overridesIn(values);
}

function whereItRuns(values: Values): string | undefined {
  const strategy = values.CapacityProviderStrategy;
  if (values.LaunchType !== undefined && strategy !== undefined)
    return 'LaunchType and CapacityProviderStrategy exclude each other: give one';
  if (strategy !== undefined && (strategy.length === 0 || strategy.length > 20)) {
    return `CapacityProviderStrategy has ${strategy.length} items: give 1 to 20`;
  }
  if (values.LaunchType === 'EC2' && values.PlatformVersion !== undefined)
    return 'PlatformVersion is for Fargate, but LaunchType is EC2: remove one';
  if (values.LaunchType === 'FARGATE' && (values.PlacementConstraints?.length || values.PlacementStrategy?.length)) {
    return 'PlacementConstraints and PlacementStrategy are not for Fargate: remove them';
  }
  if ((values.PlacementConstraints?.length ?? 0) > 10) return 'PlacementConstraints has more than 10 items';
  return (values.PlacementStrategy?.length ?? 0) > 5 ? 'PlacementStrategy has more than 5 items' : undefined;
}

function howItEnds(values: Values): string | undefined {
  if (values.AllowedExitCodes.length === 0) return 'AllowedExitCodes is empty, so that nothing could succeed: leave it out, or name a code';
  return (values.Tags?.length ?? 0) > 50 ? 'Tags has more than 50 items' : undefined;
}

function overridesIn({ Overrides: overrides, ContainerName: containerName }: Values): string | undefined {
  const names = (overrides?.containerOverrides ?? []).map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `Overrides names the container ${twice} twice`;
  const variables = (overrides?.containerOverrides ?? []).flatMap(({ environment }) => (environment ?? []).map(({ name }) => name));
  if (variables.includes(ATTEMPT_VARIABLE)) return `Overrides sets ${ATTEMPT_VARIABLE}, which the task runner sets itself`;
  const characters = JSON.stringify(plain(overrides ?? {})).length + VARIABLE_CHARACTERS + (containerName?.length ?? 0);
  return characters > MAX_OVERRIDES_CHARACTERS
    ? `Overrides has ${characters} characters as JSON with what the task runner adds, more than the ${MAX_OVERRIDES_CHARACTERS} of RunTask`
    : undefined;
}

function propertiesOf(values: Values): TaskRunProperties {
  return {
    cluster: values.Cluster,
    taskDefinition: values.TaskDefinition,
    overrides: plain<Overrides>((values.Overrides ?? {}) as Overrides),
    parameters: plain({
      launchType: values.LaunchType,
      capacityProviderStrategy: values.CapacityProviderStrategy,
      networkConfiguration: values.NetworkConfiguration,
      platformVersion: values.PlatformVersion,
      placementConstraints: values.PlacementConstraints,
      placementStrategy: values.PlacementStrategy,
      group: values.Group,
      tags: values.Tags,
      enableExecuteCommand: values.EnableExecuteCommand,
    }),
    timeoutSeconds: values.Timeout,
    runOn: values.RunOn,
    runOnRollback: values.RunOnRollback,
    containerName: values.ContainerName,
    allowedExitCodes: values.AllowedExitCodes,
    logTailLines: values.LogTailLines,
    redact: values.Redact,
    stopOnDelete: values.StopOnDelete,
  };
}

/** The value without members that are undefined, all the way down. */
function plain<T extends object>(value: T): T {
  const copy = Object.entries(present(value)).map(([key, member]) => [key, plainMember(member)]);
  return Object.fromEntries(copy) as T;
}

function plainMember(member: unknown): unknown {
  if (Array.isArray(member)) return member.map(plainMember);
  return typeof member === 'object' && member !== null ? plain(member) : member;
}

function refused(message: string): ReadProperties {
  return { ok: false, message };
}
