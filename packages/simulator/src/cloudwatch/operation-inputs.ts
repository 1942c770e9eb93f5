import type { Decoded } from './input-shape.js';

/*
 * Inputs of the operations, as in the model of @aws-sdk/client-cloudwatch 3.1162.0. Members that
 * only narrow what cross-account observability returns are read so that they can be refused.
 */

const DIMENSIONS = { list: { structure: { Name: 'string', Value: 'string' } } } as const;

const METRIC_DATUM = {
  structure: {
    MetricName: 'string',
    Dimensions: DIMENSIONS,
    Timestamp: 'timestamp',
    Value: 'double',
    StatisticValues: { structure: { SampleCount: 'double', Sum: 'double', Minimum: 'double', Maximum: 'double' } },
    Values: { list: 'double' },
    Counts: { list: 'double' },
    Unit: 'string',
    StorageResolution: 'integer',
  },
} as const;

/** Input of `PutMetricData`. */
export const PUT_METRIC_DATA = {
  structure: {
    Namespace: 'string',
    MetricData: { list: METRIC_DATUM },
    EntityMetricData: { list: { structure: { MetricData: { list: METRIC_DATUM } } } },
    StrictEntityValidation: 'boolean',
  },
} as const;

/** Input of `GetMetricStatistics`. */
export const GET_METRIC_STATISTICS = {
  structure: {
    Namespace: 'string',
    MetricName: 'string',
    Dimensions: DIMENSIONS,
    StartTime: 'timestamp',
    EndTime: 'timestamp',
    Period: 'integer',
    Statistics: { list: 'string' },
    ExtendedStatistics: { list: 'string' },
    Unit: 'string',
  },
} as const;

/** Input of `GetMetricData`. */
export const GET_METRIC_DATA = {
  structure: {
    MetricDataQueries: {
      list: {
        structure: {
          Id: 'string',
          MetricStat: {
            structure: {
              Metric: { structure: { Namespace: 'string', MetricName: 'string', Dimensions: DIMENSIONS } },
              Period: 'integer',
              Stat: 'string',
              Unit: 'string',
            },
          },
          Expression: 'string',
          Label: 'string',
          ReturnData: 'boolean',
          Period: 'integer',
          AccountId: 'string',
        },
      },
    },
    StartTime: 'timestamp',
    EndTime: 'timestamp',
    NextToken: 'string',
    ScanBy: 'string',
    MaxDatapoints: 'integer',
  },
} as const;

/** Input of `ListMetrics`. */
export const LIST_METRICS = {
  structure: {
    Namespace: 'string',
    MetricName: 'string',
    Dimensions: DIMENSIONS,
    NextToken: 'string',
    RecentlyActive: 'string',
    IncludeLinkedAccounts: 'boolean',
    OwningAccount: 'string',
  },
} as const;

/** A datum of `PutMetricData` as read. */
export type MetricDatumInput = Decoded<typeof METRIC_DATUM>;
/** Dimensions as read. */
export type DimensionsInput = Decoded<typeof DIMENSIONS>;
/** `PutMetricData` as read. */
export type PutMetricDataInput = Decoded<typeof PUT_METRIC_DATA>;
/** `GetMetricStatistics` as read. */
export type GetMetricStatisticsInput = Decoded<typeof GET_METRIC_STATISTICS>;
/** `GetMetricData` as read. */
export type GetMetricDataInput = Decoded<typeof GET_METRIC_DATA>;
/** `ListMetrics` as read. */
export type ListMetricsInput = Decoded<typeof LIST_METRICS>;
