/** One token bucket. */
export interface Bucket {
  /** Requests at once. At least 1. */
  readonly burst: number;
  /** Requests a second in the long run. Above 0. */
  readonly perSecond: number;
}

/** Operations that share a bucket. */
export interface QuotaGroup extends Bucket {
  /** Names of operations. */
  readonly operations: readonly string[];
}

/** Quotas of an account in a region (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/request-throttling.html). */
export const ECS_QUOTAS: readonly QuotaGroup[] = [
  { operations: ['CreateCluster'], burst: 20, perSecond: 1 },
  { operations: ['DescribeClusters'], burst: 50, perSecond: 20 },
  { operations: ['RegisterTaskDefinition'], burst: 20, perSecond: 1 },
  { operations: ['DescribeTaskDefinition'], burst: 50, perSecond: 20 },
  { operations: ['RunTask', 'StopTask', 'DeregisterContainerInstance', 'UpdateContainerInstancesState'], burst: 100, perSecond: 40 },
  { operations: ['DescribeTasks', 'ListTasks', 'DescribeContainerInstances', 'ListContainerInstances'], burst: 100, perSecond: 20 },
  { operations: ['ListServices', 'DescribeServices'], burst: 100, perSecond: 20 },
  { operations: ['RegisterContainerInstance'], burst: 200, perSecond: 120 },
];

/** Takes tokens out of buckets. */
export interface RequestQuota {
  /** Whether a request may pass; it takes a token if so. */
  admits(operation: string, now: Date): boolean;
}

/** Creates full buckets; an operation of no group always passes. */
export function createRequestQuota(groups: readonly QuotaGroup[]): RequestQuota {
  const levels = new Map<QuotaGroup, { tokens: number; atMs: number }>();
  return {
    admits: (operation, now) => {
      const group = groups.find(({ operations }) => operations.includes(operation));
      if (group === undefined) {
        return true;
      }
      const level = levels.get(group) ?? { tokens: group.burst, atMs: now.getTime() };
      const elapsedSeconds = Math.max(0, now.getTime() - level.atMs) / 1000;
      const tokens = Math.min(group.burst, level.tokens + elapsedSeconds * group.perSecond);
      const admitted = tokens >= 1;
      levels.set(group, { tokens: admitted ? tokens - 1 : tokens, atMs: now.getTime() });
      return admitted;
    },
  };
}
