import { decideScaling, type ScalingObservation } from '../src/decide-scaling.js';
import { coreHost } from './helpers/core-hosts.js';
import { size } from './helpers/task-sizes.js';

const decide = (changed: Partial<ScalingObservation>) =>
  decideScaling({ hosts: [], placement: { tasks: [] }, taskSizes: [size('web', 1024)], missing: [], ...changed });
const wanting = (headroom: number) => [{ ...size('web', 1024), headroom }];
const hostType = { name: 'large', resources: coreHost(1).registered };

describe('decideScaling', () => {
  test('finds nothing short and every host but none needed drainable where nothing runs', () => {
    const decision = decide({ hosts: [coreHost(1), coreHost(2)] });
    expect(decision).toMatchObject({ hostsShort: 0, activeHosts: 2, drainable: { precision: 'exact' } });
    expect(decision.drainable.containerInstanceArns).toHaveLength(2);
  });

  test('keeps hosts for the headroom', () => {
    // Two copies a host.
    const { hostsShort, drainable } = decide({ hosts: [coreHost(1), coreHost(2)], taskSizes: wanting(2) });
    expect([hostsShort, drainable.containerInstanceArns.length]).toEqual([0, 1]);
  });

  test('counts hosts short by the headroom, and names none as drainable then', () => {
    const { hostsShort, drainable } = decide({ hosts: [coreHost(1), coreHost(2)], taskSizes: wanting(5) });
    expect([hostsShort, drainable.containerInstanceArns]).toEqual([1, []]);
  });

  test('counts what services want and have not', () => {
    const missing = [{ size: size('web', 1024), tasks: 7 }];
    expect(decide({ hosts: [coreHost(1)], missing })).toMatchObject({ hostsShort: 3 });
  });

  test('counts from zero hosts by the type configured', () => {
    expect(decide({ hostType, taskSizes: wanting(5) })).toMatchObject({ hostsShort: 3, hostType: 'large', unplaceable: [] });
  });

  test('counts what a registered task definition asks of ECS for as given by a configured type', () => {
    const awslogs = { name: 'com.amazonaws.ecs.capability.logging-driver.awslogs' };
    const asking = (name: string) => wanting(5).map((web) => ({ ...web, requiredAttributes: [{ name }] }));
    expect(decide({ hostType, taskSizes: asking(awslogs.name) })).toMatchObject({ hostsShort: 3, unplaceable: [] });
    const missing = asking(awslogs.name).map((web) => ({ size: web, tasks: 5 }));
    expect(decide({ hostType, missing })).toMatchObject({ hostsShort: 3, unplaceable: [] });
    const hosts = [{ ...coreHost(1), attributes: [awslogs] }];
    expect(decide({ hosts, hostType, taskSizes: asking(awslogs.name) })).toMatchObject({ hostsShort: 2, unplaceable: [] });
    expect(decide({ hostType, taskSizes: asking('rack') })).toMatchObject({ hostsShort: 0, unplaceable: [{ reasons: ['ATTRIBUTE'] }] });
  });

  test('says one of any number above none where no type is known', () => {
    expect(decide({ taskSizes: wanting(5) })).toMatchObject({ hostsShort: 1, unplaceable: [] });
    expect(decide({ taskSizes: wanting(0) })).toMatchObject({ hostsShort: 0, unplaceable: [] });
    expect(decide({ taskSizes: wanting(5) })).not.toHaveProperty('hostType');
  });

  test('does not ask for hosts that would not help', () => {
    const missing = [{ size: size('huge', 1_000_000), tasks: 2 }];
    const decision = decide({ hosts: [coreHost(1)], missing });
    expect(decision).toMatchObject({ hostsShort: 0, unplaceable: [{ name: 'huge', tasks: 2 }] });
  });

  test('adds no host for what stops on one that drains: it is in use, and no listed task is', () => {
    const full = coreHost(1).registered;
    const inUse = { ...full, cpuUnits: 0, memoryMiB: 0 };
    const hosts = (status: string) => [
      { ...coreHost(1), remaining: inUse },
      { ...coreHost(2), status, remaining: inUse },
    ];
    const short = (status: string, placement: ScalingObservation['placement']) =>
      decide({ hosts: hosts(status), placement, hostType }).hostsShort;
    expect(short('DRAINING', { tasks: [] })).toBe(0);
    // Not listed because no list was made, or because the host is gone with it: that is needed elsewhere.
    expect(short('DRAINING', {})).toBe(1);
    expect(short('INACTIVE', { tasks: [] })).toBe(1);
    const listed = {
      taskArn: 'task',
      lastStatus: 'RUNNING',
      daemon: false,
      size: size('web', 1024),
      containerInstanceArn: coreHost(2).containerInstanceArn,
    };
    expect(short('DRAINING', { tasks: [listed] })).toBe(1);
  });

  test('names no host as drainable that no Auto Scaling group has, or that is to stay', () => {
    const hosts = [coreHost(1, { ec2InstanceId: 'mi-1' }), coreHost(2), coreHost(3)];
    const { drainable } = decide({ hosts, staying: new Set([coreHost(2).containerInstanceArn]) });
    expect(drainable.containerInstanceArns).toEqual([coreHost(3).containerInstanceArn]);
  });

  test('keeps the hosts that a deployment needs, and asks for none', () => {
    const hosts = [coreHost(1), coreHost(2), coreHost(3)];
    const deploying = (tasks: number) => [{ size: size('web', 1024), tasks }];
    const { hostsShort, drainable } = decide({ hosts, deploying: deploying(3) });
    expect([hostsShort, drainable.containerInstanceArns.length]).toEqual([0, 1]);
    const beyond = decide({ hosts, deploying: deploying(7) });
    expect([beyond.hostsShort, beyond.drainable.containerInstanceArns]).toEqual([0, []]);
  });

  test('counts only active hosts as active', () => {
    expect(decide({ hosts: [coreHost(1), coreHost(2, { status: 'DRAINING' })] }).activeHosts).toBe(1);
  });
});
