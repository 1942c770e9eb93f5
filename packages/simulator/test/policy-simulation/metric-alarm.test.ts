import { type AlarmSettings, MetricAlarm } from '../../src/policy-simulation/model/metric-alarm.js';

const states = (settings: Omit<AlarmSettings, 'comparison' | 'threshold'>, points: ReadonlyArray<number | undefined>) => {
  const alarm = new MetricAlarm({ comparison: '>=', threshold: 1, ...settings });
  return points.map((point) => alarm.period(point)[0]).join('');
};

// A state a period: Ok, Alarm, Insufficient data.
test.each([
  ['one of one', { evaluationPeriods: 1 }, [0, 1, 1, 0], 'OAAO'],
  ['three of three', { evaluationPeriods: 3 }, [1, 1, 1, 0, 1, 1, 1], 'OOAOOOA'],
  ['two of three', { evaluationPeriods: 3, datapointsToAlarm: 2 }, [1, 0, 1, 0, 0], 'OOAOO'],
  ['missing data ends in INSUFFICIENT_DATA once none is left', { evaluationPeriods: 1 }, [1, undefined, undefined, undefined], 'AAAI'],
  [
    'ignore keeps the state',
    { evaluationPeriods: 1, treatMissingData: 'ignore' as const },
    [1, undefined, undefined, undefined, 0],
    'AAAAO',
  ],
  [
    'notBreaching ends the alarm',
    { evaluationPeriods: 1, treatMissingData: 'notBreaching' as const },
    [1, undefined, undefined, undefined],
    'AAAO',
  ],
  ['breaching raises it', { evaluationPeriods: 1, treatMissingData: 'breaching' as const }, [0, undefined, undefined, undefined], 'OOOA'],
  ['nothing was ever published', { evaluationPeriods: 2 }, [undefined, undefined], 'II'],
])('%s', (_, settings, points, expected) => {
  expect(states(settings, points)).toBe(expected);
});

test.each([
  ['<' as const, 0.5, 1],
  ['<=' as const, 1, 1.5],
  ['>' as const, 1.5, 1],
  ['>=' as const, 1, 0.5],
])('%s breaches at %d and not at %d', (comparison, breaching, fine) => {
  const alarm = new MetricAlarm({ comparison, threshold: 1, evaluationPeriods: 1 });
  expect([alarm.period(breaching), alarm.period(fine)]).toEqual(['ALARM', 'OK']);
});
