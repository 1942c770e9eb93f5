import { EC2_NETWORK_INTERFACE_LIMITS, ec2NetworkInterfaceLimit } from '../src/index.js';

describe('network interface limits of EC2 instance types', () => {
  it.each([
    ['a1.medium', { interfaces: 2, trunkedTasks: 10 }],
    ['c5.large', { interfaces: 3, trunkedTasks: 10 }],
    ['c5.metal', { interfaces: 15 }],
    ['c6in.32xlarge', { interfaces: 14, trunkedTasks: 120 }],
    ['hpc6a.48xlarge', { interfaces: 2, trunkedTasks: 120 }],
    ['i4i.large', { interfaces: 3 }],
    ['i4i.metal', { interfaces: 15 }],
    ['m5.large', { interfaces: 3, trunkedTasks: 10 }],
    ['m6i.8xlarge', { interfaces: 8, trunkedTasks: 90 }],
    ['t2.micro', { interfaces: 2 }],
    ['t3.medium', { interfaces: 3 }],
    ['t3a.small', { interfaces: 2 }],
    ['u-18tb1.metal', { interfaces: 15, trunkedTasks: 12 }],
  ])('%s: %j', (type, expected) => {
    expect(ec2NetworkInterfaceLimit(type)).toStrictEqual(expected);
  });

  it.each(['', 'c5', 'c5.', 'C5.large', 'c99.large', '__proto__', 'constructor', 'toString'])('%j is not known', (type) => {
    expect(ec2NetworkInterfaceLimit(type)).toBeUndefined();
  });

  it('holds whole numbers for every type, and more tasks with a trunk than without one', () => {
    const entries = Object.entries(EC2_NETWORK_INTERFACE_LIMITS);
    expect(entries).toHaveLength(1168);
    expect(entries.filter(([, { trunkedTasks }]) => trunkedTasks !== undefined)).toHaveLength(427);
    for (const [type, { interfaces, trunkedTasks = Number.POSITIVE_INFINITY }] of entries) {
      expect(type).toMatch(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/);
      expect([type, Number.isInteger(interfaces) && interfaces >= 1]).toStrictEqual([type, true]);
      // The guide counts no more tasks with a trunk than without for the largest bare-metal hosts.
      expect([type, trunkedTasks >= Math.min(interfaces - 1, 12)]).toStrictEqual([type, true]);
    }
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(EC2_NETWORK_INTERFACE_LIMITS)).toBe(true);
  });
});
