import { playScaling } from '../../src/scaling/play-scaling.js';
import { scalingChecks } from '../../src/scaling/scaling-checks.js';
import { templateWith } from '../helpers/template.js';

test('what the template says decides: alarms, steps and bounds', async () => {
  const told: number[] = [];
  const template = templateWith({
    // A host goes sooner.
    CapacityHostsDrainable: { Period: 60, EvaluationPeriods: 4, DatapointsToAlarm: 3 },
    // Two hosts come at once, and no more than three there are.
    CapacityScaleOutPolicy: { StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 2 }] },
    HostsASG: { MaxSize: '3' },
    // The service grows by two.
    ServiceTaskCountTargetCpuUpperPolicy: {
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ChangeInCapacity',
        Cooldown: 120,
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 2 }],
      },
    },
  });
  const play = await playScaling(template, (minute) => told.push(minute));
  expect(told).toHaveLength(play.moments.length);
  expect(play.invocations).toBe(play.moments.length);
  const desired = play.moments.map(({ tasks }) => tasks.desired);
  expect(desired.find((count) => count !== 1)).toBe(3);
  expect(Math.max(...desired)).toBe(4);
  expect(play.additions[0]).toMatchObject({ hosts: 2 });
  const [removal] = play.removals;
  const firstDrainable = play.moments.findIndex(({ published }) => published.drainableHosts >= 1);
  expect((removal?.minute ?? 0) - firstDrainable).toBe(3);
  // Whatever it says, no task is without a host, and only named hosts go.
  const broken = scalingChecks(play).filter(({ holds }) => !holds);
  expect(broken.map(({ promise }) => promise).filter((promise) => !/^no task/.test(promise))).toEqual([]);
  expect(play.moments.filter(({ tasks }) => tasks.waiting > 0 || tasks.running < tasks.desired)).toEqual([]);
}, 120_000);
