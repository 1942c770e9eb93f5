import type { Check } from '../check.js';
import type { Removal, ScalingMoment, ScalingPlay } from './moment.js';

/** What scaling promises. */
export function scalingChecks(play: ScalingPlay): readonly Check[] {
  const { moments, removals } = play;
  return [
    added(play),
    {
      promise: 'the host that goes is the one that the function names',
      holds: removals.length > 0 && removals.every(isTheNamedOne),
      seen: removals.map(({ named, minute }) => `minute ${minute}: ${named.instanceId || 'none named'}`).join('; ') || 'no host went',
    },
    wasDrainable(play),
    homeless(moments, removals),
    withinBounds(play),
    comesBack(moments),
  ];
}

function added({ moments, additions, settings }: ScalingPlay): Check {
  const { alarm } = settings.hostPolicy;
  const isDue = ({ minute }: { readonly minute: number }) => moments[minute]?.alarms.includes(alarm.AlarmName) === true;
  return {
    promise: "load adds hosts, by the stack's own alarm and steps",
    holds: additions.length > 0 && additions.every(isDue),
    seen:
      additions.map(({ minute, hosts }) => `minute ${minute}: ${alarm.AlarmName} in ALARM, +${hosts}`).join('; ') || 'no host was added',
  };
}

function isTheNamedOne({ named, terminated, drained }: Removal): boolean {
  return terminated !== '' && named.instanceId === terminated && named.containerInstanceArn === drained;
}

/** The alarm looks at whole periods before: what was published in them must be enough for it. */
function wasDrainable({ moments, removals, settings }: ScalingPlay): Check {
  const { Threshold, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, Period } = settings.drainableAlarm;
  const length = Period / 60;
  const counts = removals.map(({ minute }) => {
    const end = Math.floor(minute / length) * length;
    const periods = Array.from({ length: EvaluationPeriods }, (_, index) =>
      moments.slice(Math.max(0, end - (index + 1) * length), Math.max(0, end - index * length)),
    );
    return periods.filter((period) => period.length > 0 && period.every(({ published }) => published.drainableHosts >= Threshold)).length;
  });
  return {
    promise: `a host was drainable in ${DatapointsToAlarm} of the ${EvaluationPeriods} periods of ${Period} s before`,
    holds: counts.length > 0 && counts.every((count) => count >= DatapointsToAlarm),
    seen: counts.map((count) => `${count} of ${EvaluationPeriods}`).join('; ') || 'no host went',
  };
}

function homeless(moments: readonly ScalingMoment[], removals: readonly Removal[]): Check {
  const waited = moments.filter(({ tasks }) => tasks.waiting > 0 || tasks.running < tasks.desired);
  const moved = removals.reduce((sum, { replaced }) => sum + replaced, 0);
  const toMove = removals.reduce((sum, { taskArns }) => sum + taskArns.length, 0);
  const isGone = removals.every(({ goneMinute }) => goneMinute !== undefined);
  return {
    promise: 'no task is ever without a host, and those of a host that goes start elsewhere first',
    holds: moments.length > 0 && waited.length === 0 && toMove > 0 && moved === toMove && isGone,
    seen: `${moved} of ${toMove} tasks moved; ${waited.length} of ${moments.length} minutes with a task that waits`,
  };
}

function withinBounds({ moments, settings }: ScalingPlay): Check {
  const { minimum, maximum } = settings.hosts;
  const counts = moments.map(({ hosts }) => hosts.active + hosts.booting);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return {
    promise: `there are ${minimum} to ${maximum} hosts at any time`,
    holds: counts.length > 0 && least >= minimum && most <= maximum,
    seen: `${least} to ${most}`,
  };
}

function comesBack(moments: readonly ScalingMoment[]): Check {
  const [first, last] = [moments.at(0), moments.at(-1)];
  const most = Math.max(...moments.map(({ hosts }) => hosts.active));
  const isBack =
    first !== undefined && last !== undefined && first.hosts.active === last.hosts.active && first.tasks.desired === last.tasks.desired;
  return {
    promise: 'when the load has gone, so have the hosts',
    holds: isBack && most > first.hosts.active,
    seen: `${first?.hosts.active} host, then ${most}, at last ${last?.hosts.active}; ${last?.tasks.running} task`,
  };
}
