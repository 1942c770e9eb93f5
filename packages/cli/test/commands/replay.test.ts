import { capacityAnswer, replayAnswers } from '../helpers/answers.js';
import { runProgram } from '../helpers/program.js';
import { event, hostArn, taskEvent } from '../helpers/records.js';

const replay = (stdin: string, ...more: string[]) =>
  runProgram(['replay', '--events', '-', '--task-size', 'web=250:400', ...more], { stdin });
const lines = (...values: unknown[]): string =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');

const empty = event({ id: 'a', version: 1 }, '2026-01-01T00:00:01Z');
const fuller = event({ id: 'a', version: 2, cpu: 774, memory: 593 }, '2026-01-01T00:00:02Z');
const second = event({ id: 'b', version: 1 }, '2026-01-01T00:00:03Z');
const elsewhere = event({ id: 'c', cluster: 'other', version: 1 }, '2026-01-01T00:00:04Z');

describe('replay --json', () => {
  it('prints the state after each event', async () => {
    const ran = await replay(lines(empty, fuller, second), '--json');
    expect(ran).toMatchObject({ status: 0, stderr: 'plimsoll: 3 events, 3 applied, 0 stale or duplicate, 0 unreadable\n' });
    expect(
      replayAnswers(ran).map(({ event: place, time, version, applied, containerCapacity }) => [
        place,
        time,
        version,
        applied,
        containerCapacity,
      ]),
    ).toEqual([
      [1, '2026-01-01T00:00:01Z', 1, true, 2],
      [2, '2026-01-01T00:00:02Z', 2, true, 1],
      [3, '2026-01-01T00:00:03Z', 1, true, 3],
    ]);
  });

  it('reads events printed over several lines with the first member beside the brace, as capacity --snapshot does', async () => {
    const text = lines(...[empty, second].map((value) => JSON.stringify(value, undefined, 2).replace(/^\{\n\s*/, '{ ')));
    const ran = await replay(text, '--json');
    expect(ran).toMatchObject({ status: 0, stderr: 'plimsoll: 2 events, 2 applied, 0 stale or duplicate, 0 unreadable\n' });
    const counted = await runProgram(['capacity', '--snapshot', '-', '--task-size', 'web=250:400', '--json'], { stdin: text });
    expect(replayAnswers(ran).at(-1)?.containerCapacity).toBe(capacityAnswer(counted).containerCapacity);
  });

  it('keeps the documented order of keys', async () => {
    const ran = await replay(lines(empty), '--json');
    expect(Object.keys(JSON.parse(ran.stdout))).toEqual([
      'event',
      'time',
      'containerInstanceArn',
      'version',
      'applied',
      'cluster',
      'method',
      'hosts',
      'containerCapacity',
      'idleHostCapacity',
      'taskSizes',
    ]);
  });

  it('changes nothing for repeated and late events', async () => {
    const ran = await replay(lines(fuller, fuller, empty), '--json');
    expect(replayAnswers(ran).map(({ applied, version, containerCapacity }) => [applied, version, containerCapacity])).toEqual([
      [true, 2, 1],
      [false, 2, 1],
      [false, 1, 1],
    ]);
    expect(ran.stderr).toBe('plimsoll: 3 events, 1 applied, 2 stale or duplicate, 0 unreadable\n');
  });

  it('keeps clusters apart', async () => {
    const ran = await replay(lines(empty, elsewhere, fuller), '--json');
    expect(replayAnswers(ran).map(({ cluster, hosts, containerCapacity }) => [cluster, hosts.registered, containerCapacity])).toEqual([
      ['demo', 1, 2],
      ['other', 1, 2],
      ['demo', 1, 1],
    ]);
  });

  it('keeps clusters of one name in two regions apart', async () => {
    const abroad = JSON.parse(JSON.stringify(second).replaceAll('us-east-1', 'eu-west-1')) as unknown;
    const answers = replayAnswers(await replay(lines(empty, abroad), '--json'));
    expect(answers.map(({ cluster, hosts }) => [cluster, hosts.registered])).toEqual([
      ['demo', 1],
      ['demo', 1],
    ]);
  });

  it('forgets a host that went inactive, and does not believe a late event of it', async () => {
    const gone = event({ id: 'a', version: 3, status: 'INACTIVE' });
    const ran = await replay(lines(empty, gone, fuller), '--json');
    expect(replayAnswers(ran).map(({ applied, hosts }) => [applied, hosts.registered])).toEqual([
      [true, 1],
      [true, 0],
      [false, 0],
    ]);
  });

  it('goes on behind unreadable lines, and names them', async () => {
    const { clusterArn: _, ...detail } = empty.detail as Record<string, unknown>;
    const negative = event({ id: 'a', cpu: -1 });
    const ran = await replay(lines(empty, 'oops', '', { ...empty, detail }, negative, '{"detail-type":', second), '--json');
    expect(ran.status).toBe(0);
    expect(replayAnswers(ran).map((answer) => [answer.event, answer.containerCapacity])).toEqual([
      [1, 2],
      [6, 4],
    ]);
    const [syntax, missing, range, cut, summary, ...rest] = ran.stderr.trimEnd().split('\n');
    expect(syntax).toBe('plimsoll: standard input:2:1: unexpected "o": write JSON');
    expect(missing).toMatch(/^plimsoll: standard input:4: .*detail\.clusterArn/);
    expect(range).toBe(
      `plimsoll: standard input:5: container instance ${hostArn({ id: 'a' })}: remainingResources[CPU].integerValue is -1: expected a number, 0 to 2147483647`,
    );
    expect(cut).toBe('plimsoll: standard input:6:16: the JSON ends within a value: the input is cut off');
    expect(summary).toBe('plimsoll: 6 events, 2 applied, 0 stale or duplicate, 4 unreadable');
    expect(rest).toEqual([]);
  });

  it('skips events about something else', async () => {
    const ran = await replay(lines(taskEvent(), empty), '--json');
    expect(replayAnswers(ran).map((answer) => answer.event)).toEqual([2]);
    expect(ran.stderr).toBe('plimsoll: 2 events, 1 applied, 0 stale or duplicate, 0 unreadable, 1 about something other than a host\n');
  });

  it('says null where an event has no time', async () => {
    const { time: _, ...timeless } = empty;
    expect(replayAnswers(await replay(lines(timeless), '--json'))[0]?.time).toBeNull();
  });

  it.each([
    ['nothing at all', '', 0],
    ['only events about something else', lines(taskEvent()), 0],
    ['only unreadable lines', 'a\nb\n', 2],
    ['one readable line among unreadable ones', lines('a', empty, 'b'), 0],
  ])('ends with its status after %s', async (_, text, status) => {
    expect((await replay(text, '--json')).status).toBe(status);
  });

  it.each([
    ['an array', JSON.stringify([empty, fuller])],
    ['an array over several lines', JSON.stringify([empty, fuller], undefined, 2)],
    ['events over several lines', [empty, fuller].map((one) => JSON.stringify(one, undefined, 2)).join('\n')],
  ])('reads %s', async (_, text) => {
    expect(replayAnswers(await replay(text, '--json')).map((answer) => answer.containerCapacity)).toEqual([2, 1]);
  });
});

describe('replay for people', () => {
  it('prints a line an event with a mark a task', async () => {
    const ran = await replay(lines(empty, fuller, fuller));
    expect(ran.stdout.split('\n')).toEqual([
      '1  2026-01-01T00:00:01Z  demo/a v1  applied  web 2 (1.00 idle)  ##',
      '2  2026-01-01T00:00:02Z  demo/a v2  applied  web 1 (0.50 idle)  #',
      '3  2026-01-01T00:00:02Z  demo/a v2  stale  web 1 (0.50 idle)  #',
      '',
    ]);
  });

  it('cuts a long bar', async () => {
    const large = event({ id: 'large', registeredCpu: 100_000, registeredMemory: 100_000 });
    expect((await replay(lines(large))).stdout).toContain(`web 250 (1.00 idle)  ${'#'.repeat(40)}…\n`);
  });
});
