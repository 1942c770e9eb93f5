import { drainableHosts, type Host, parsePlacementExpression, type Task, type TaskSize } from '../../src/index.js';
import { clusterWork } from '../../src/rebalance/cluster-work.js';
import { placementProblem } from '../../src/rebalance/placement-problem.js';
import { SimulatedProver } from '../../src/rebalance/simulated-prover.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const STRATEGIES = ['binpackCpu', 'binpackMemory', 'spreadZone'] as const;
const ROOM = resources(10, 10);
const size = (name: string, cpuUnits: number, memoryMiB: number, others: Partial<TaskSize> = {}): TaskSize =>
  taskSize(cpuUnits, memoryMiB, { name, group: `service:${name}`, ...others });
const on = (name: string, one: TaskSize): Task => ({
  taskArn: `${one.name} on ${name}`,
  containerInstanceArn: arnOf(name),
  lastStatus: 'RUNNING',
  daemon: false,
  size: one,
  group: one.group ?? '',
});
const empty = (name: string): Host => host(name, { registered: ROOM });
const using = (name: string, cpuUnits: number, memoryMiB: number): Host =>
  host(name, { registered: ROOM, remaining: resources(10 - cpuUnits, 10 - memoryMiB) });

describe.each(STRATEGIES)('%s', (assumes) => {
  const kept = (hosts: readonly Host[], options: Parameters<typeof drainableHosts>[1]): readonly string[] =>
    drainableHosts(hosts, { assumes, ...options }).kept.map(({ reason, taskSize: name }) => [reason, name].join(' ').trim());

  it('promises nothing of tasks whose constraints ask for other tasks', () => {
    const parsed = parsePlacementExpression('runningTasksCount < 5');
    if (!parsed.ok) throw new TypeError(parsed.error.message);
    const near = size('near', 1, 1, { placementConstraints: [{ type: 'memberOf', expression: parsed.value }] });
    const web = size('web', 1, 1);
    expect(kept([empty('a'), empty('b')], { tasks: [], waiting: [{ size: near, tasks: 1 }] })).toEqual([
      'UNPLACED_FIRST near',
      'UNPLACED_FIRST near',
    ]);
    // b runs only web, and can go; a cannot.
    expect(kept([using('a', 1, 1), using('b', 1, 1)], { tasks: [on('a', near), on('b', web)] })).toEqual(['NO_ROOM near']);
  });

  it('promises nothing before what runs on hosts that leave, of which only the sum is known', () => {
    const leaving = { ...using('a', 1, 1), status: 'DRAINING' };
    expect(kept([leaving, empty('b'), empty('c')], {})).toEqual(['UNPLACED_FIRST', 'UNPLACED_FIRST']);
    expect(kept([using('a', 1, 1), empty('b'), empty('c')], {})).toEqual(['UNKNOWN_TASKS']);
  });

  it('names the size that does not fit: one that waits, one of headroom, or one that moves', () => {
    const [large, spare, web] = [size('large', 11, 1), size('spare', 6, 6, { headroom: 2 }), size('web', 5, 5)];
    expect(kept([empty('a')], { tasks: [], waiting: [{ size: large, tasks: 1 }] })).toEqual(['UNPLACED_FIRST large']);
    expect(kept([empty('a')], { tasks: [], taskSizes: [spare] })).toEqual(['UNPLACED_FIRST spare']);
    const staying = new Set([arnOf('b'), arnOf('c')]);
    const tasks = [on('a', web)];
    expect(kept([using('a', 5, 5), empty('b'), empty('c')], { tasks, taskSizes: [spare], staying })).toEqual([
      'NO_ROOM spare',
      'STAYING',
      'STAYING',
    ]);
    expect(kept([using('a', 5, 5), using('b', 6, 6)], { tasks: [...tasks, on('b', size('b', 6, 6))], staying })).toEqual([
      'NO_ROOM web',
      'STAYING',
    ]);
    // d has nothing to move and goes first; with it, a could go.
    expect(kept([using('a', 5, 5), empty('b'), empty('c'), empty('d')], { tasks, taskSizes: [spare], staying })).toEqual([
      'NO_ROOM spare',
      'STAYING',
      'STAYING',
    ]);
    const more = new Set([...staying, arnOf('d')]);
    expect(kept([using('a', 5, 5), empty('b'), empty('c'), empty('d')], { tasks, taskSizes: [spare], staying: more })).toEqual([
      'STAYING',
      'STAYING',
      'STAYING',
    ]);
  });

  it('drains no further host once it looked as often as it may, and leaves all as it was', () => {
    const web = size('web', 1, 1);
    const hosts = [using('a', 1, 1), using('b', 1, 1), empty('c')];
    const work = clusterWork(hosts, { tasks: [on('a', web), on('b', web)] });
    const problem = placementProblem(work, [], false);
    const drainedWith = (mostLooks: number): readonly unknown[] => {
      const prover = new SimulatedProver(problem, assumes, mostLooks);
      const answers: unknown[] = [prover.start(), prover.isSpent];
      for (const candidate of problem.hosts.slice(0, 2)) answers.push(prover.drain(candidate), prover.isSpent);
      return answers;
    };
    // Each drained host has one task, for which three hosts are looked at.
    expect(drainedWith(6)).toEqual([undefined, false, undefined, false, undefined, false]);
    expect(drainedWith(5)).toEqual([undefined, false, undefined, false, { kind: 0 }, true]);
    expect(drainedWith(2)).toEqual([undefined, false, { kind: 0 }, true, { kind: 0 }, true]);
  });
});
