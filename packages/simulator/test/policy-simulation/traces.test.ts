import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { EcsEventStream } from '../../src/policy-simulation/ecs-event-stream.js';
import { capacityProviderPolicy } from '../../src/policy-simulation/policies/capacity-provider.js';
import { simulate } from '../../src/policy-simulation/simulate.js';
import { EventTraceRecorder } from '../../src/policy-simulation/traces/event-trace.js';
import { generateWorkload } from '../../src/policy-simulation/traces/generated.js';
import { jitterArrivals } from '../../src/policy-simulation/traces/jitter.js';
import { parseOpenbTrace } from '../../src/policy-simulation/traces/openb-trace.js';
import { overlayCopies } from '../../src/policy-simulation/traces/overlay.js';
import { formatPlainTrace, parsePlainTrace } from '../../src/policy-simulation/traces/plain-trace.js';
import { workloadOf } from '../../src/policy-simulation/workload.js';
import { minutes, SETTINGS } from '../helpers/policy-simulation.js';
import { workloads } from '../helpers/random-workloads.js';

const OPENB = 'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time';

describe('the openb format', () => {
  test('a pod comes when it was created, runs from when it was scheduled, and rounds up', () => {
    const read = parseOpenbTrace(`${OPENB}\r\nlate,1001,3,0,0,,LS,Running,20,90,30\r\nfirst,12000,16384,8,1000,,BE,Failed,5,6,5\r\n`);
    expect(read).toMatchObject({
      ok: true,
      value: {
        sizes: [
          { name: 'cpu-1026-memory-3', cpuUnits: 1026, memoryMiB: 3, gpus: 0 },
          { name: 'cpu-12288-memory-16384-gpu-8', cpuUnits: 12_288, memoryMiB: 16_384, gpus: 8 },
        ],
        arrivals: [
          { atMillis: 5000, durationMillis: 1000, size: 1 },
          { atMillis: 20_000, durationMillis: 60_000, size: 0 },
        ],
        endMillis: 80_000,
        notes: [],
      },
    });
  });

  test.each([
    ['a,b\n', { code: 'NO_HEADER', line: 1 }],
    [`${OPENB}\n`, { code: 'EMPTY' }],
    [`${OPENB}\nx,1,1,0,0,,LS,Running,0,5,9\n`, { code: 'WRONG_VALUE', line: 2 }],
    [`${OPENB}\nx,some,1,0,0,,LS,Running,0,5,1\n`, { code: 'WRONG_VALUE', line: 2 }],
  ])('%j is refused', (text, error) => {
    expect(parseOpenbTrace(text)).toMatchObject({ ok: false, error });
  });
});

describe('the plain format', () => {
  test('what is written is read again', () => {
    fc.assert(
      fc.property(workloads, ({ sizes, arrivals }) => {
        fc.pre(arrivals.length > 0);
        const read = parsePlainTrace(formatPlainTrace({ sizes, arrivals }));
        if (!read.ok) throw new TypeError(read.error.message);
        const amounts = (work: Pick<typeof read.value, 'sizes' | 'arrivals'>) =>
          work.arrivals.map(({ size, ...times }) => [times, work.sizes[size]?.cpuUnits, work.sizes[size]?.memoryMiB]);
        const start = Math.floor((arrivals[0]?.atMillis ?? 0) / minutes(1)) * minutes(1);
        const shifted = arrivals.map((arrival) => ({ ...arrival, atMillis: arrival.atMillis - start }));
        expect(amounts(read.value)).toEqual(amounts({ sizes, arrivals: shifted }));
      }),
      propertyParameters(50),
    );
  });

  test.each(['0,-1,1,1,1', '0,1,1.5,1,1', '0,1,1,x,1', '0,1,1,1,1000001', ',1,1,1,1'])('the line %j is refused by its number', (line) => {
    const read = parsePlainTrace(`time,duration,cpu,memory,count\n0,1,1,1,1\n${line}\n`);
    expect(read).toMatchObject({ ok: false, error: { code: 'WRONG_VALUE', line: 3 } });
  });
});

describe('a generated workload', () => {
  const spec = 'diurnal:tasks=8,hours=6+bursty:hours=6,size=256:512|512:1024+deployments:hours=6+batch:hours=6+daemon:size=64:128';

  test('is the same for the same seed, and another for another', () => {
    const [one, again, other] = [generateWorkload(spec, 1), generateWorkload(spec, 1), generateWorkload(spec, 2)];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  test('has what its parts ask for', () => {
    const made = generateWorkload('batch:hours=2,tasks=3,every=60,duration=100,size=256:512+deployments:hours=2,every=30,tasks=4', 1);
    if (!made.ok) throw new TypeError(made.error.message);
    const { arrivals, services, sizes } = made.value;
    expect(arrivals.map(({ atMillis }) => atMillis / minutes(1))).toEqual([0, 0, 0, 60, 60, 60]);
    for (const { durationMillis } of arrivals) expect(Math.abs(durationMillis - 100_000)).toBeLessThanOrEqual(20_000);
    expect(sizes).toMatchObject([{ cpuUnits: 256, memoryMiB: 512 }]);
    expect(services).toMatchObject([
      { name: 'deployments-2', desired: [{ value: 4 }], deploymentsAtMillis: [30, 60, 90].map(minutes), maximumPercent: 200 },
    ]);
  });

  test.each([
    ['', 'FORM'],
    ['Batch', 'FORM'],
    ['tidal', 'UNKNOWN_PATTERN'],
    ['batch:tusks=1', 'UNKNOWN_KEY'],
    ['batch:tasks=many', 'WRONG_VALUE'],
    ['batch:every=0', 'WRONG_VALUE'],
    ['batch:size=1', 'WRONG_VALUE'],
    ['batch:size=1:1|2', 'WRONG_VALUE'],
    ['batch+', 'FORM'],
    ['constructor', 'UNKNOWN_PATTERN'],
  ])('%j is refused', (text, code) => {
    expect(generateWorkload(text, 1)).toMatchObject({ ok: false, error: { code } });
  });
});

test('copies are shifted, and carry as many times the work', () => {
  const made = generateWorkload('batch:hours=3+deployments:hours=3+daemon', 1);
  if (!made.ok) throw new TypeError(made.error.message);
  const four = overlayCopies(made.value, 4);
  expect(four.arrivals).toHaveLength(4 * made.value.arrivals.length);
  expect(four.services.map(({ name }) => name)).toEqual([
    'deployments-2',
    'daemon-3',
    'deployments-2-2',
    'deployments-2-3',
    'deployments-2-4',
  ]);
  expect(four.endMillis).toBeGreaterThan(made.value.endMillis);
});

test('jitter moves each task by chance, within bounds, by the seed, and keeps the rest', () => {
  fc.assert(
    fc.property(workloads, fc.integer({ min: 1, max: 900 }), fc.nat(1000), (work, seconds, seed) => {
      const moved = jitterArrivals(work, seconds, seed);
      expect(moved).toEqual(jitterArrivals(work, seconds, seed));
      const kinds = (arrivals: typeof work.arrivals) => arrivals.map(({ durationMillis, size }) => `${durationMillis} ${size}`).sort();
      expect(kinds(moved.arrivals)).toEqual(kinds(work.arrivals));
      const total = (arrivals: typeof work.arrivals) => arrivals.reduce((sum, { atMillis }) => sum + atMillis, 0);
      expect(Math.abs(total(moved.arrivals) - total(work.arrivals))).toBeLessThanOrEqual(seconds * 1000 * work.arrivals.length);
      expect(moved.services).toBe(work.services);
    }),
    propertyParameters(25),
  );
  const one = workloadOf({ sizes: [], arrivals: [{ atMillis: minutes(60), durationMillis: 1, size: 0 }] });
  const at = Array.from({ length: 200 }, (_, seed) => jitterArrivals(one, 600, seed).arrivals[0]?.atMillis ?? 0);
  expect(Math.min(...at)).toBeGreaterThanOrEqual(minutes(50));
  expect(Math.max(...at)).toBeLessThanOrEqual(minutes(70));
  expect(Math.max(...at) - Math.min(...at)).toBeGreaterThan(minutes(15));
  expect(jitterArrivals(one, 0, 1)).toBe(one);
});

test('the events of a simulation become a workload again, doubled and in any order', () => {
  const made = generateWorkload('bursty:hours=2,size=512:1024|1024:2048', 4);
  if (!made.ok) throw new TypeError(made.error.message);
  const events: object[] = [];
  simulate({
    workload: made.value,
    settings: { ...SETTINGS, tailSeconds: 7200 },
    policy: capacityProviderPolicy(),
    listener: ({ now }) => new EcsEventStream({ now, emit: (event) => void events.push(event) }),
  });
  const recorder = new EventTraceRecorder();
  for (const event of [...events, ...events].reverse()) recorder.add(event);
  recorder.add({ 'detail-type': 'ECS Task State Change' });
  const recorded = recorder.workload();
  const [first] = made.value.arrivals;
  const durations = (work: typeof recorded) => work.arrivals.map(({ durationMillis }) => durationMillis).sort((a, b) => a - b);
  expect(durations(recorded)).toEqual(durations(made.value));
  expect(recorded.arrivals.map(({ atMillis }) => atMillis)).toEqual(
    made.value.arrivals.map(({ atMillis }) => atMillis - (first?.atMillis ?? 0)),
  );
  expect(recorded.notes).toEqual(['1 events about tasks could not be read']);
});

const traces = process.env.PLIMSOLL_TRACES;
// The trace is not part of this repository.
(traces === undefined ? describe.skip : describe)('the openb trace', () => {
  test('is read in full', () => {
    const read = parseOpenbTrace(readFileSync(join(traces ?? '', 'openb_pod_list_default.csv'), 'utf8'));
    if (!read.ok) throw new TypeError(read.error.message);
    expect(read.value.arrivals).toHaveLength(8152 - 897);
    expect(read.value.notes).toHaveLength(2);
  });
});
