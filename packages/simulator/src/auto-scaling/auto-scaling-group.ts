/** An Auto Scaling group, as far as hosts are removed from it by name. */
export interface AutoScalingGroup {
  /** Its name. */
  readonly autoScalingGroupName: string;
  /** Fewest instances. Integer, at least 0. */
  readonly minSize: number;
  /** Instances it wants. Integer, at least `minSize`. */
  readonly desiredCapacity: number;
  /** EC2 ids of the instances in service. */
  readonly instanceIds: readonly string[];
  /** EC2 ids of those among them that are protected from scale-in; told, and nothing else. @default none */
  readonly protectedInstanceIds?: readonly string[];
}

/** Why Auto Scaling refuses. */
export interface AutoScalingError {
  /** Name of the error. */
  readonly code: string;
  /** Text. */
  readonly message: string;
}

/** What comes of the wish to terminate an instance. */
export type Termination =
  | { readonly ok: true; readonly group: AutoScalingGroup; readonly before: AutoScalingGroup }
  | { readonly ok: false; readonly error: AutoScalingError };

/**
 * Takes an instance out of its group. Pure.
 *
 * Without a lower desired capacity the group would start another instance; which one is not modelled, so that the group then has
 * one less than it wants.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html
 */
export function terminateInstance(
  groups: readonly AutoScalingGroup[],
  { instanceId, decrement }: { readonly instanceId: string; readonly decrement: boolean },
): Termination {
  const before = groups.find(({ instanceIds }) => instanceIds.includes(instanceId));
  // Both texts as reported in https://github.com/yaybu/touchdown/issues/51 and https://github.com/hashicorp/nomad-autoscaler/pull/1290
  if (before === undefined) return refused(`Instance Id not found - No managed instance found for instance ID: ${instanceId}`);
  const { desiredCapacity, minSize } = before;
  if (decrement && desiredCapacity <= minSize) {
    return refused(
      `Currently, desiredSize equals minSize (${minSize}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
    );
  }
  const group = {
    ...before,
    desiredCapacity: desiredCapacity - (decrement ? 1 : 0),
    instanceIds: before.instanceIds.filter((id) => id !== instanceId),
  };
  return { ok: true, group, before };
}

function refused(message: string): Termination {
  return { ok: false, error: { code: 'ValidationError', message } };
}
