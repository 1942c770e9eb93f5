import { EC2_NETWORK_INTERFACE_LIMITS, hostsShort, readTaskSize } from '@plimsoll/capacity-core';
import { expectedHostType } from '../src/host-type.js';
import { coreHost } from './helpers/core-hosts.js';

const typed = (number: number, type: string, options = {}) =>
  coreHost(number, {
    attributes: [
      { name: 'ecs.instance-type', value: type },
      { name: 'ecs.availability-zone', value: `zone-${number}` },
    ],
    ...options,
  });

describe('expectedHostType', () => {
  test('is what is configured', () => {
    const configured = { name: 'mine', resources: coreHost(1).registered };
    expect(expectedHostType([typed(1, 'm5.large')], configured)).toBe(configured);
  });

  test('is the commonest type of the cluster, with what all its hosts have', () => {
    const small = typed(2, 'm5.large');
    const lesser = { ...small, registered: { ...small.registered, memoryMiB: small.registered.memoryMiB - 40 } };
    const expected = expectedHostType([typed(1, 'c5.large'), typed(3, 'm5.large'), lesser], undefined);
    expect(expected).toEqual({
      name: 'm5.large',
      resources: lesser.registered,
      attributes: [{ name: 'ecs.instance-type', value: 'm5.large' }, { name: 'ecs.availability-zone' }],
    });
  });

  test('has a trunk where all hosts have one, each its own, and then takes as many tasks as they do', () => {
    const type = { name: 'ecs.instance-type', value: 'm5.large' };
    const trunked = (number: number) =>
      coreHost(number, { attributes: [type, { name: 'ecs.awsvpc-trunk-id', value: `eni-${number}` }, { name: `only-${number}` }] });
    const hosts = [trunked(1), trunked(2), trunked(3)];
    const expected = expectedHostType(hosts, undefined);
    expect(expected?.attributes).toEqual([type, { name: 'ecs.awsvpc-trunk-id' }]);
    const size = readTaskSize({ name: 'web', cpuUnits: 1, memoryMiB: 1, networkMode: 'awsvpc' });
    if (expected === undefined || !size.ok) throw new TypeError('both are given above');
    const waiting = [{ size: size.value, tasks: 10 }];
    expect(hostsShort([], expected, { waiting, networkInterfaceLimits: EC2_NETWORK_INTERFACE_LIMITS }).hosts).toBe(1);
    // One without keeps it from being expected.
    const plain = coreHost(4, { attributes: [type] });
    expect(expectedHostType([...hosts, plain], undefined)?.attributes).toEqual([type]);
  });

  test('goes by what hosts register where they do not tell their type', () => {
    expect(expectedHostType([coreHost(1)], undefined)?.name).toMatch(/CPU units, \d+ MiB$/);
  });

  test('counts only hosts that are registered, and does not depend on their order', () => {
    const hosts = [typed(1, 'a.large', { status: 'INACTIVE' }), typed(2, 'b.large', { status: 'DRAINING' }), typed(3, 'c.large')];
    expect(expectedHostType(hosts, undefined)?.name).toBe('b.large');
    expect(expectedHostType(hosts.toReversed(), undefined)?.name).toBe('b.large');
  });

  test('is unknown for a cluster without hosts', () => {
    expect(expectedHostType([], undefined)).toBeUndefined();
  });
});
