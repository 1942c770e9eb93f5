import type { LogsPort } from '../src/ports.js';
import { readProperties } from '../src/read-properties.js';
import { type RunTaskOnceOptions, runTaskOnce } from '../src/run-task-once.js';
import { FakeEcs, type FakeEcsOptions } from './helpers/fake-ecs.js';
import { VirtualClock } from './helpers/virtual-clock.js';

function setUp(options: FakeEcsOptions = {}) {
  const clock = new VirtualClock();
  const ecs = new FakeEcs(clock, options);
  const start = clock.now();
  /** Says a line every five seconds while a task runs. */
  const logs: LogsPort = {
    getLogEvents: async ({ nextToken }) => {
      const [task] = ecs.tasks;
      const until = task === undefined ? start : Math.min(clock.now(), ecs.endOf(task));
      const lines = Math.floor((until - start) / 5_000);
      const from = Number(nextToken ?? 0);
      return {
        events: Array.from({ length: lines - from }, (_, index) => ({ message: `line ${from + index + 1}` })),
        nextForwardToken: String(lines),
      };
    },
  };
  const run = (more: Partial<RunTaskOnceOptions> = {}, given: object = {}, log = logs) => {
    const read = readProperties({ Cluster: 'demo', TaskDefinition: 'migrate', ...given }, { longestSeconds: 3_600 });
    if (!read.ok) throw new RangeError(read.message);
    return runTaskOnce({ ecs, logs: log, clock, random: () => 0.5 }, { properties: read.value, runId: 'run-1', ...more });
  };
  return { clock, ecs, run };
}

test('runs a task, with its log as it comes, each line once', async () => {
  const { clock, run } = setUp();
  const lines: string[] = [];
  const phases = new Set<string>();
  const onProgress: RunTaskOnceOptions['onProgress'] = ({ state }) => phases.add(state.phase);
  const report = await clock.run(run({ onLogLine: (line) => lines.push(line), onProgress }));
  expect(report).toMatchObject({
    answer: { kind: 'succeeded', outcome: { exitCode: 0 } },
    container: 'migrate',
    logPlace: { stream: 'run/migrate/00000001' },
  });
  expect(lines).toEqual(['line 1', 'line 2', 'line 3', 'line 4']);
  expect([...phases]).toEqual(['preparing', 'clearing', 'placing', 'watching', 'answered']);
});

/** A log of a number of lines, in pages as CloudWatch Logs gives them. */
function longLog(lines: number, fault: (call: number) => unknown = () => undefined): LogsPort {
  let calls = 0;
  return {
    getLogEvents: async ({ nextToken, limit }) => {
      calls += 1;
      const thrown = fault(calls);
      if (thrown !== undefined) throw thrown;
      const from = Number(nextToken ?? 0);
      const to = Math.min(lines, from + (limit ?? 10_000));
      return {
        events: Array.from({ length: to - from }, (_, index) => ({ message: `${from + index + 1}` })),
        nextForwardToken: String(to),
      };
    },
  };
}

const named = (name: string) => ({ name, message: 'no', $metadata: { httpStatusCode: 400 } });

test('a log is read to its end, however long it is', async () => {
  const { clock, run } = setUp();
  const lines: string[] = [];
  const report = await clock.run(run({ onLogLine: (line) => lines.push(line) }, {}, longLog(450_000)));
  expect([lines.length, lines.at(-1)]).toEqual([450_000, '450000']);
  expect(report.logFault).toBeUndefined();
});

test('a log that is throttled at the end of its task is read all the same', async () => {
  const { clock, run } = setUp();
  const lines: string[] = [];
  const throttled = (call: number) => (call > 1 && call < 30 ? named('ThrottlingException') : undefined);
  const report = await clock.run(run({ onLogLine: (line) => lines.push(line) }, {}, longLog(30_000, throttled)));
  expect([lines.length, report.logFault]).toEqual([30_000, undefined]);
});

test.each([
  ['must not be read', 'AccessDeniedException', 'AccessDeniedException: no'],
  ['is refused', 'InvalidParameterException', 'InvalidParameterException: no'],
  ['is throttled for ever', 'ThrottlingException', 'ThrottlingException: no'],
  ['is not there', 'ResourceNotFoundException', undefined],
])('of a log that %s is told why', async (_, name, logFault) => {
  const { clock, run } = setUp();
  const report = await clock.run(
    run(
      { onLogLine: () => undefined },
      {},
      longLog(1, () => named(name)),
    ),
  );
  expect(report).toMatchObject({ answer: { kind: 'succeeded' } });
  expect(report.logFault).toBe(logFault);
});

test('an interrupt stops the task and waits for its end', async () => {
  const { clock, ecs, run } = setUp({ script: () => ({ startMs: 1_000, runMs: 900_000, exitCodes: { migrate: 0 } }) });
  const controller = new AbortController();
  clock.after(12_000, () => controller.abort());
  const report = await clock.run(run({ signal: controller.signal }));
  expect(report.answer).toMatchObject({ kind: 'task failed', ending: { kind: 'interrupted' }, outcome: { exitCode: 143 } });
  expect(ecs.tasks[0]?.toldToStop?.reason).toContain('interrupted');
});

test('an interrupt while there is no room leaves nothing behind', async () => {
  const { clock, ecs, run } = setUp({ room: () => [{ reason: 'RESOURCE:CPU' }] });
  const controller = new AbortController();
  clock.after(30_000, () => controller.abort());
  const report = await clock.run(run({ signal: controller.signal }));
  expect(report.answer).toMatchObject({ kind: 'failed', code: 'CANCELLED' });
  expect(ecs.tasks).toEqual([]);
});

test('the deadline holds here too', async () => {
  const { clock, run } = setUp({ script: () => ({ startMs: 1_000, runMs: 900_000, exitCodes: { migrate: 0 } }) });
  const report = await clock.run(run({}, { Timeout: 60 }));
  expect(report.answer).toMatchObject({ kind: 'task failed', ending: { kind: 'deadline' } });
});

test('the same run again finds the task of the first', async () => {
  const { clock, ecs, run } = setUp();
  await clock.run(Promise.all([run(), clock.sleep(10_000).then(() => run())]));
  expect(ecs.tasks).toHaveLength(1);
});
