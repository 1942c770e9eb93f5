import { accepted, type EcsResult, invalidParameter } from './ecs-error.js';
import type { TaskDefinition } from './ecs-state.js';
import { DEFAULT_STRATEGY, type PlacementRule } from './placement.js';
import type { RunTaskRequest } from './request-schemas.js';
import { readOverrides } from './run-task-overrides.js';

/** Most tasks of one RunTask (SDK model, `RunTaskRequest.count`). */
const MOST_TASKS = 10;
/** Most rules of a placement strategy (SDK model, `RunTaskRequest.placementStrategy`). */
const MOST_RULES = 5;
/** Most characters of `startedBy` and its form (SDK model, `RunTaskRequest.startedBy`). */
const STARTED_BY = /^[A-Za-z0-9_/-]{0,128}$/;
/** Form of a client token (SDK model, `RunTaskRequest.clientToken`). */
const CLIENT_TOKEN = /^[!-~]{1,64}$/;

/** What a run asks for, once checked. */
export interface RunPlan {
  /** Number of tasks, 1 to 10. */
  readonly count: number;
  /** Task group. */
  readonly group: string;
  /** Whether a host may carry one task of the group only. */
  readonly distinctInstance: boolean;
  /** Rules in order of weight. */
  readonly strategy: readonly PlacementRule[];
  /** Overrides, CPU and memory as integers. */
  readonly overrides: RunTaskRequest['overrides'];
}

/** Checks a run against its task definition; refuses what the model lacks, rather than to ignore it. */
export function planRun(request: RunTaskRequest, definition: TaskDefinition): EcsResult<RunPlan> {
  const fault = limitFault(request) ?? networkFault(request, definition);
  if (fault !== undefined) {
    return invalidParameter(fault);
  }
  const constraints = [...(definition.content.placementConstraints ?? []), ...(request.placementConstraints ?? [])];
  const foreign = constraints.find(({ type }) => type !== 'distinctInstance');
  if (foreign !== undefined) {
    return invalidParameter(
      `placement constraint ${foreign.type ?? 'without type'} is not modelled by this endpoint; use distinctInstance or none`,
    );
  }
  const strategy = readStrategy(request.placementStrategy ?? []);
  if (!strategy.ok) {
    return strategy;
  }
  const overrides = readOverrides(request.overrides, definition);
  if (!overrides.ok) {
    return overrides;
  }
  return accepted({
    count: request.count ?? 1,
    group: request.group ?? `family:${definition.family}`,
    distinctInstance: constraints.length > 0,
    strategy: strategy.value,
    overrides: overrides.value,
  });
}

function limitFault(request: RunTaskRequest): string | undefined {
  const count = request.count ?? 1;
  if (count < 1 || count > MOST_TASKS) {
    return `count is ${count}; use a number from 1 to ${MOST_TASKS}`;
  }
  if (!STARTED_BY.test(request.startedBy ?? '')) {
    return 'startedBy must be at most 128 letters, digits, hyphens, slashes or underscores';
  }
  if (request.clientToken !== undefined && !CLIENT_TOKEN.test(request.clientToken)) {
    return 'clientToken must be 1 to 64 printable ASCII characters without spaces';
  }
  return undefined;
}

function networkFault(request: RunTaskRequest, definition: TaskDefinition): string | undefined {
  const awsvpc = definition.content.networkMode === 'awsvpc';
  const configured = request.networkConfiguration?.awsvpcConfiguration !== undefined;
  if (awsvpc && !configured) {
    return "Network Configuration must be provided when networkMode 'awsvpc' is specified.";
  }
  return !awsvpc && configured ? 'Network Configuration is not valid for the given networkMode of this task definition.' : undefined;
}

function readStrategy(requested: NonNullable<RunTaskRequest['placementStrategy']>): EcsResult<readonly PlacementRule[]> {
  if (requested.length > MOST_RULES) {
    return invalidParameter(`placementStrategy has ${requested.length} rules; give at most ${MOST_RULES}`);
  }
  const rules: PlacementRule[] = [];
  for (const { type, field } of requested) {
    const rule = readRule(type, field ?? '');
    if (rule === undefined) {
      return invalidParameter(
        `placement strategy ${type ?? 'without type'} by ${field ?? 'nothing'} is not known; use random, binpack by cpu or memory, spread by instanceId or attribute:…`,
      );
    }
    rules.push(rule);
  }
  return accepted(rules.length === 0 ? DEFAULT_STRATEGY : rules);
}

function readRule(type: string | undefined, field: string): PlacementRule | undefined {
  if (type === 'random') {
    return { type };
  }
  if (type === 'binpack') {
    const resource = field.toUpperCase();
    return resource === 'CPU' || resource === 'MEMORY' ? { type, resource } : undefined;
  }
  if (type !== 'spread') {
    return undefined;
  }
  if (field === 'instanceId' || field === 'host') {
    return { type, by: 'instance' };
  }
  const attribute = /^attribute:(.+)$/.exec(field)?.[1];
  return attribute === undefined ? undefined : { type, by: 'attribute', attribute };
}
