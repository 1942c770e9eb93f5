import { malformed, type Outcome, parameterFault } from '../cloudwatch/fault.js';
import type { Decoded, Shape } from '../cloudwatch/input-shape.js';
import type { MetricStore } from '../cloudwatch/metric-store.js';
import type { Call } from '../cloudwatch/protocols/call.js';
import { openCborCall } from '../cloudwatch/protocols/cbor.js';
import { openJsonCall } from '../cloudwatch/protocols/json.js';
import { openQueryCall } from '../cloudwatch/protocols/query.js';
import type { DescribingService } from '../endpoint/call-identity.js';
import type { ServiceRequest, ServiceResponse } from '../endpoint/service.js';
import { type Alarm, type AlarmState, evaluateAlarm } from './alarm.js';
import { PUT_METRIC_ALARM, readAlarm } from './read-alarm.js';

/** Options of {@link createCloudWatchAlarms}. */
export interface CloudWatchAlarmsOptions {
  /** The metrics that alarms watch: `store` of `createCloudWatch`. */
  readonly store: MetricStore;
  /** Present time. @default the machine's clock */
  readonly clock?: () => Date;
}

/** A change of an alarm's state. */
export interface AlarmTransition {
  /** Name of the alarm. */
  readonly alarmName: string;
  /** Before. */
  readonly from: AlarmState;
  /** Since. */
  readonly to: AlarmState;
}

/** Alarms of CloudWatch, as a service of the local endpoint. */
export interface CloudWatchAlarms extends DescribingService {
  /** Looks at every alarm's last periods, as CloudWatch does each period; gives back what changed. Nothing is looked at between. */
  evaluate(): readonly AlarmTransition[];
  /** State of an alarm; `undefined` if there is none of the name. */
  stateOf(alarmName: string): AlarmState | undefined;
}

interface Entry {
  readonly alarm: Alarm;
  readonly state: AlarmState;
  readonly reason: string;
  readonly updated: Date;
}

const DESCRIBE_ALARMS = { structure: { AlarmNames: { list: 'string' }, AlarmNamePrefix: 'string' } } as const;
const SET_ALARM_STATE = { structure: { AlarmName: 'string', StateValue: 'string', StateReason: 'string' } } as const;
const STATES: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] satisfies readonly AlarmState[];
const PROTOCOLS = [openCborCall, openJsonCall, openQueryCall];

/**
 * Alarms on metrics, for `PutMetricAlarm`, `DescribeAlarms` and `SetAlarmState`; other operations are left to `createCloudWatch`,
 * so give it to the endpoint before that one.
 *
 * @example
 * const cloudWatch = createCloudWatch();
 * const alarms = createCloudWatchAlarms({ store: cloudWatch.store });
 * await startLocalEndpoint({ services: [alarms, cloudWatch] });
 */
export function createCloudWatchAlarms({ store, clock = () => new Date() }: CloudWatchAlarmsOptions): CloudWatchAlarms {
  const entries = new Map<string, Entry>();
  const operations = new Map<string, (call: Call) => Outcome<object | undefined>>([
    [
      'PutMetricAlarm',
      withInput(PUT_METRIC_ALARM, (input) => {
        const alarm = readAlarm(input);
        if (!alarm.ok) return alarm;
        // An alarm that is updated keeps its state (API_PutMetricAlarm).
        const { state = 'INSUFFICIENT_DATA', reason = 'Unchecked: Initial alarm creation' } = entries.get(alarm.value.name) ?? {};
        entries.set(alarm.value.name, { alarm: alarm.value, state, reason, updated: clock() });
        return { ok: true, value: undefined };
      }),
    ],
    [
      'SetAlarmState',
      withInput(SET_ALARM_STATE, ({ AlarmName = '', StateValue = '', StateReason = '' }) => {
        const entry = entries.get(AlarmName);
        if (entry === undefined) return notFound(AlarmName);
        if (!STATES.includes(StateValue)) {
          return { ok: false, error: parameterFault('ValidationError', `StateValue must be one of ${STATES.join(', ')}.`) };
        }
        entries.set(AlarmName, { ...entry, state: StateValue as AlarmState, reason: StateReason, updated: clock() });
        return { ok: true, value: undefined };
      }),
    ],
    [
      'DescribeAlarms',
      withInput(DESCRIBE_ALARMS, ({ AlarmNames, AlarmNamePrefix = '' }) => ({
        ok: true,
        value: {
          CompositeAlarms: [],
          MetricAlarms: [...entries.values()]
            .filter(({ alarm: { name } }) => (AlarmNames?.includes(name) ?? true) && name.startsWith(AlarmNamePrefix))
            .map(describe),
        },
      })),
    ],
  ]);
  const open = (request: ServiceRequest): Call | undefined => {
    for (const protocol of PROTOCOLS) {
      const call = protocol(request, 'local');
      if (call !== undefined) return operations.has(call.operation) ? call : undefined;
    }
    return undefined;
  };

  return {
    signingName: 'monitoring',
    accepts: (request) => open(request) !== undefined,
    describeCall: (request) => ({ operation: open(request)?.operation ?? '', input: undefined }),
    handle: (request): ServiceResponse => {
      const call = open(request);
      const outcome = call && operations.get(call.operation)?.(call);
      if (call === undefined || outcome === undefined) return { status: 404, headers: {}, body: 'not an operation on alarms' };
      return outcome.ok ? call.succeed(outcome.value) : call.fail(outcome.error);
    },
    evaluate: () => {
      const now = clock();
      return [...entries.values()].flatMap((entry) => {
        const state = evaluateAlarm(entry.alarm, store.points(entry.alarm.metric), now.getTime());
        if (state === undefined || state === entry.state) return [];
        entries.set(entry.alarm.name, { ...entry, state, reason: 'Threshold Crossed', updated: now });
        return [{ alarmName: entry.alarm.name, from: entry.state, to: state }];
      });
    },
    stateOf: (alarmName) => entries.get(alarmName)?.state,
  };
}

function withInput<const S extends Shape>(shape: S, operation: (input: Decoded<S>) => Outcome<object | undefined>) {
  return (call: Call): Outcome<object | undefined> => {
    const input = call.input(shape);
    return input.ok ? operation(input.value) : { ok: false, error: malformed(input.message) };
  };
}

/** The error that the model names for SetAlarmState (`ResourceNotFound`). */
function notFound(name: string): Outcome<undefined> {
  return {
    ok: false,
    error: { code: 'ResourceNotFound', shape: 'com.amazonaws.cloudwatch#ResourceNotFound', message: `no alarm is named ${name}` },
  };
}

function describe({ alarm, state, reason, updated }: Entry): object {
  const { metric } = alarm;
  return {
    AlarmName: alarm.name,
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: updated,
    Namespace: metric.namespace,
    MetricName: metric.name,
    Dimensions: metric.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
    Statistic: alarm.statistic,
    Period: alarm.periodSeconds,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.treatMissingData,
  };
}
