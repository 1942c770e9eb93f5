import type { HostType } from '@plimsoll/capacity-core';

/**
 * Where a task goes among the hosts with room for it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html
 */
export type PlacementStrategy = 'binpack' | 'spread' | 'random';

/** How the simulated cluster is made. */
export interface ClusterSettings {
  /** Types of host; the group launches them in turn. */
  readonly hostTypes: readonly [HostType, ...HostType[]];
  /**
   * Least hosts of the group. Integer, at least 0.
   *
   * @default 0
   */
  readonly minimum?: number;
  /**
   * Most hosts of the group. Integer, at least `minimum`.
   *
   * @default 5000, which is ECS's quota for a cluster
   */
  readonly maximum?: number;
  /**
   * Availability Zones, over which hosts are kept in balance. Integer, at least 1.
   *
   * @default 1
   */
  readonly zones?: number;
  /**
   * Time from launch until the instance is in service, least and most, in seconds; a host's own is drawn from the seed.
   *
   * @default [45, 75]
   */
  readonly bootSeconds?: readonly [number, number];
  /**
   * Time from then until its agent has registered with ECS, least and most, in seconds.
   *
   * @default [10, 20]
   */
  readonly registrationSeconds?: readonly [number, number];
  /** @default 'binpack' */
  readonly placement?: PlacementStrategy;
  /**
   * Seed of all that is random. Integer, 0 to 4294967295.
   *
   * @default 1
   */
  readonly seed?: number;
  /**
   * How soon after a scale-in a scale-out counts as thrash, in minutes.
   *
   * @default 10
   */
  readonly thrashMinutes?: number;
  /**
   * How long it goes on after the work would have ended, in seconds.
   *
   * @default 3600
   */
  readonly tailSeconds?: number;
}

/** The settings with every default filled in. */
export type CompleteSettings = Required<ClusterSettings>;

/** Fills in the defaults. */
export function completeSettings(settings: ClusterSettings): CompleteSettings {
  return {
    minimum: 0,
    maximum: 5000,
    zones: 1,
    bootSeconds: [45, 75],
    registrationSeconds: [10, 20],
    placement: 'binpack',
    seed: 1,
    thrashMinutes: 10,
    tailSeconds: 3600,
    ...settings,
  };
}
