export { type CloudWatch, type CloudWatchOptions, createCloudWatch } from './cloudwatch/cloudwatch.js';
export type { Dimension, MetricIdentity } from './cloudwatch/metric.js';
export type { DataPoint, MetricStore, PublishedMetric, StoredMetric } from './cloudwatch/metric-store.js';
export type { StatisticSet } from './cloudwatch/statistics.js';
export type { StandardUnit } from './cloudwatch/unit.js';
export type { Service, ServiceRequest, ServiceResponse } from './endpoint/service.js';
