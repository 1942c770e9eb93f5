import { type EcsEvent, parseEcsEvent } from '@plimsoll/event-schemas';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { foldEvents } from './helpers/fold-events';
import { describeRecorded, recorded, recordedStreams } from './helpers/recorded';

describeRecorded('streams recorded elsewhere (PLIMSOLL_SAMPLES)', () => {
  const streams = recordedStreams();

  const replay = (files: readonly string[]): EcsEvent[] =>
    files.map((name) => {
      const result = parseEcsEvent(recorded('events', name));
      if (!result.ok) throw new TypeError(`${name}: ${result.error.message}`);
      return result.value;
    });

  test('there are two, with tasks that change several times', () => {
    expect(streams).toHaveLength(2);
    for (const [, files] of streams) {
      const tasks = replay(files).flatMap((value) => (value.detailType === 'ECS Task State Change' ? [value.event.detail.taskArn] : []));
      expect(new Set(tasks).size).toBeGreaterThan(1);
      expect(tasks.length).toBeGreaterThan(3 * new Set(tasks).size);
    }
  });

  test.each(streams)('%s ends in the state of each task’s largest version, in order, shuffled and doubled', (_, files) => {
    const events = replay(files);
    const end = foldEvents(events);
    const largest = new Map<string, number>();
    for (const value of events) {
      if (value.detailType !== 'ECS Task State Change') continue;
      const { taskArn, version } = value.event.detail;
      largest.set(taskArn, Math.max(version, largest.get(taskArn) ?? 0));
    }
    for (const [arn, version] of largest) expect(end.get(arn)).toMatchObject({ version, record: { taskArn: arn, version } });

    const order = fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length });
    fc.assert(
      fc.property(order, (shuffled) => {
        expect(foldEvents(shuffled)).toEqual(end);
      }),
      propertyParameters(100),
    );
    expect(foldEvents(events.toReversed())).toEqual(end);
    expect(foldEvents(events.flatMap((event) => [event, event]))).toEqual(end);
  });
});
