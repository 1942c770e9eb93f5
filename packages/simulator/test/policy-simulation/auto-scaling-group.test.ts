import { AutoScalingGroup } from '../../src/policy-simulation/model/auto-scaling-group.js';
import { SimulatedCluster } from '../../src/policy-simulation/model/cluster.js';
import { SimulatedTask } from '../../src/policy-simulation/model/simulated-task.js';
import { Timeline } from '../../src/policy-simulation/model/timeline.js';
import { type ClusterSettings, completeSettings } from '../../src/policy-simulation/settings.js';
import { createRandom } from '../../src/virtual-time/seeded-random.js';
import { QUARTER, SETTINGS } from '../helpers/policy-simulation.js';

function groupOf(settings: Partial<ClusterSettings> = {}, drainSeconds = 900) {
  const timeline = new Timeline();
  const cluster = new SimulatedCluster({ timeline, placement: 'binpack', random: createRandom(1), listeners: [] });
  const heard: string[] = [];
  const hear = (what: string) => (host: { readonly id: number }) => void heard.push(`${timeline.now / 1000} ${what} ${host.id}`);
  const group = new AutoScalingGroup({
    timeline,
    cluster,
    settings: completeSettings({ ...SETTINGS, ...settings }),
    listener: { launched: hear('launched'), leaving: hear('leaving'), terminated: hear('terminated') },
    drainMillis: drainSeconds * 1000,
    protectsNew: false,
  });
  const task = (id: number, seconds: number): SimulatedTask => {
    const made = new SimulatedTask(id, 0, QUARTER, seconds * 1000, { group: 'family:quarter' }, 'task/');
    cluster.submit(made);
    return made;
  };
  return { timeline, cluster, group, heard, task, go: (seconds: number) => timeline.runUntil(seconds * 1000) };
}

test('a host is in service after its boot, and takes tasks once it has registered', () => {
  const { group, cluster, go, task } = groupOf();
  group.setDesired(1);
  task(1, 10);
  go(79);
  expect([group.members[0]?.state, cluster.active.length, cluster.waiting.count]).toEqual(['BOOTED', 0, 1]);
  go(80);
  expect([group.members[0]?.state, cluster.active.length, cluster.waiting.count]).toEqual(['ACTIVE', 1, 0]);
});

test('the desired count stays between minimum and maximum', () => {
  const { group } = groupOf({ minimum: 2, maximum: 4 });
  expect(group.desired).toBe(2);
  group.setDesired(9);
  expect([group.desired, group.members.length]).toEqual([4, 4]);
  group.setDesired(0);
  expect([group.desired, group.members.length]).toEqual([2, 2]);
});

test('simple scaling waits for the activity to complete, and then for its cooldown', () => {
  const { group, go } = groupOf();
  expect(group.scaleSimply(1, 600)).toBe(true);
  go(59);
  expect(group.scaleSimply(1, 600)).toBe(false);
  go(659);
  expect(group.scaleSimply(1, 600)).toBe(false);
  go(660);
  expect(group.scaleSimply(1, 600)).toBe(true);
  expect(group.desired).toBe(2);
});

test('step scaling does not count instances that warm up, so that a breach is answered once, and a greater one by the difference', () => {
  const { group, go } = groupOf();
  expect(group.scaleByStep(1, 180)).toBe(true);
  go(60);
  expect(group.scaleByStep(1, 180)).toBe(false);
  go(120);
  expect(group.scaleByStep(3, 180)).toBe(true);
  expect(group.desired).toBe(3);
  // The first is in service since 60 s, and so warm at 240 s.
  go(240);
  expect(group.scaleByStep(2, 180)).toBe(false);
  expect(group.scaleByStep(3, 180)).toBe(true);
  expect(group.desired).toBe(4);
});

test('termination by name lowers the desired count, drains, and is refused below the minimum', () => {
  const { group, cluster, go, task, heard } = groupOf({ minimum: 1 });
  group.setDesired(2);
  task(1, 300);
  go(80);
  const busy = cluster.active.find(({ ownTasks }) => ownTasks > 0);
  expect(group.terminate(busy?.ec2InstanceId ?? '')).toBe(true);
  expect([group.desired, busy?.state]).toEqual([1, 'DRAINING']);
  const waiting = task(2, 10);
  expect(waiting.host).not.toBe(busy);
  // Its task ends 300 s after it was placed at 80 s.
  go(379);
  expect(busy?.state).toBe('DRAINING');
  go(380);
  expect(busy?.state).toBe('GONE');
  expect(heard.at(-1)).toBe(`380 terminated ${busy?.id}`);
  expect(group.terminate(group.members[0]?.ec2InstanceId ?? '')).toBe(false);
  expect(group.terminate('i-unknown')).toBe(false);
});

test('a host that drains too long is terminated with what it runs', () => {
  const { group, cluster, go, task } = groupOf({}, 900);
  const stopped: string[] = [];
  cluster.onStopped = (one, because) => void stopped.push(`${one.id} ${because}`);
  group.setDesired(1);
  task(1, 5000);
  go(80);
  group.setDesired(0);
  go(979);
  expect(stopped).toEqual([]);
  go(980);
  expect([stopped, cluster.registered().length]).toEqual([['1 killed'], 0]);
});

test('hosts are launched where there are fewest, and taken from where there are most', () => {
  const { group, go } = groupOf({ zones: 3 });
  group.setDesired(4);
  go(80);
  expect(group.members.map(({ zone }) => zone.at(-1))).toEqual(['a', 'b', 'c', 'a']);
  group.setDesired(3);
  expect(group.members.map(({ id }) => id)).toEqual([2, 3, 4]);
});

test('of hosts in one zone the one closest to its next billing hour goes', () => {
  const { group, go } = groupOf();
  group.setDesired(1);
  go(1800);
  group.setDesired(2);
  // The first is 200 s into its second hour, the other 2,000 s into its first.
  go(3800);
  group.setDesired(1);
  expect(group.members.map(({ id }) => id)).toEqual([1]);
});

test('a protected host is not taken', () => {
  const { group, go } = groupOf();
  group.setDesired(2);
  go(80);
  for (const host of group.members) host.isProtected = host.id === 1;
  group.setDesired(0);
  expect([group.members.map(({ id }) => id), group.desired]).toEqual([[1], 0]);
});
