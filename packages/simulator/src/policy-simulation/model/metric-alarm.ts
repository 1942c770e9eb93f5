/** How a CloudWatch alarm judges its metric. */
export interface AlarmSettings {
  /** What breaches. */
  readonly comparison: '<' | '<=' | '>' | '>=';
  /** In the metric's unit. */
  readonly threshold: number;
  /** N: periods that are looked at. Integer, at least 1. */
  readonly evaluationPeriods: number;
  /**
   * M: how many of them must breach. Integer, 1 to N.
   *
   * @default N
   */
  readonly datapointsToAlarm?: number;
  /**
   * What a period without a data point is taken for.
   *
   * @default 'missing'
   */
  readonly treatMissingData?: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
}

/** Periods beyond N that are looked back at where data points are missing. */
const FURTHER_PERIODS = 2;

/**
 * A CloudWatch alarm, told its metric once a period.
 *
 * Looks at the data points of the evaluation range, which is wider than N where some are missing. `breaching` and `notBreaching` fill in
 * for what is missing only where the data points there are do not suffice; `ignore` keeps the state, `missing` ends in INSUFFICIENT_DATA.
 * How wide the range is, AWS does not say; two periods more are taken here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export class MetricAlarm {
  #state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' = 'INSUFFICIENT_DATA';
  readonly #settings: Required<AlarmSettings>;
  /** Whether each of the last periods breached, oldest first; `undefined` where there was no data point. */
  readonly #periods: Array<boolean | undefined> = [];

  public constructor(settings: AlarmSettings) {
    this.#settings = { datapointsToAlarm: settings.evaluationPeriods, treatMissingData: 'missing', ...settings };
  }

  public get state(): 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' {
    return this.#state;
  }

  /**
   * Ends a period.
   *
   * @param value - the period's data point, if there is one
   * @returns the state; in ALARM an Auto Scaling action is repeated each period
   */
  public period(value: number | undefined): 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' {
    this.#periods.push(value === undefined ? undefined : this.#breaches(value));
    if (this.#periods.length > this.#settings.evaluationPeriods + FURTHER_PERIODS) this.#periods.shift();
    this.#state = this.#evaluate();
    return this.#state;
  }

  #breaches(value: number): boolean {
    const { comparison, threshold } = this.#settings;
    if (comparison === '<') return value < threshold;
    if (comparison === '<=') return value <= threshold;
    return comparison === '>' ? value > threshold : value >= threshold;
  }

  #evaluate(): 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' {
    const { evaluationPeriods, datapointsToAlarm, treatMissingData } = this.#settings;
    const known = this.#periods.filter((breaches) => breaches !== undefined).slice(-evaluationPeriods);
    if (known.length === 0 && treatMissingData === 'ignore') return this.#state;
    if (known.length === 0 && treatMissingData === 'missing') return 'INSUFFICIENT_DATA';
    const absent = evaluationPeriods - known.length;
    const breaching = known.filter((breaches) => breaches).length + (treatMissingData === 'breaching' ? absent : 0);
    if (breaching >= datapointsToAlarm) return 'ALARM';
    // A data point still to come could make it ALARM, where nothing stands in for those that are missing.
    if (absent > 0 && treatMissingData === 'ignore' && breaching + absent >= datapointsToAlarm) return this.#state;
    return 'OK';
  }
}
