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
  test('is what is configured, with the attributes that hosts of it have, or else those that hosts as large have', () => {
    const configured = { name: 'm5.large', resources: coreHost(1).registered };
    const having = (number: number, type: string) =>
      coreHost(number, {
        attributes: [
          { name: 'ecs.instance-type', value: type },
          { name: 'ecs.awsvpc-trunk-id', value: `eni-${number}` },
          { name: 'stack', value: type },
        ],
      });
    const ofProvider = coreHost(4, { attributes: [{ name: '(other)' }, { name: 'ecs.os-type', value: 'linux' }] });
    expect(expectedHostType([ofProvider], configured)?.attributes).toEqual([{ name: 'ecs.os-type', value: 'linux' }]);
    const hosts = [having(1, 'm5.large'), having(2, 'c5.large'), having(3, 'c5.large')];
    expect(expectedHostType(hosts, configured)).toEqual({ ...configured, attributes: hosts[0]?.attributes });
    const other = { ...configured, name: 'mine', attributes: [{ name: 'rack', value: '1' }] };
    expect(expectedHostType(hosts, other)?.attributes).toEqual([
      { name: 'rack', value: '1' },
      { name: 'ecs.instance-type' },
      { name: 'ecs.awsvpc-trunk-id' },
      { name: 'stack' },
    ]);
    const ofOwn = { ...configured, attributes: [{ name: '(own)' }] };
    expect(expectedHostType([ofProvider], ofOwn)?.attributes).toEqual([{ name: '(own)' }, { name: 'ecs.os-type', value: 'linux' }]);
    const stacked = { ...configured, attributes: [{ name: 'stack', value: 'own' }] };
    expect(expectedHostType(hosts.slice(0, 1), stacked)?.attributes?.filter(({ name }) => name === 'stack')).toEqual(stacked.attributes);
  });

  test('has what sizes ask for of ECS, where no host tells, and nothing else', () => {
    const configured = { name: 'mine', resources: coreHost(1).registered };
    const ofEcs = [
      { name: 'com.amazonaws.ecs.capability.ecr-auth' },
      { name: 'ecs.capability.task-eni' },
      { name: 'ecs.os-type', value: 'linux' },
      { name: 'ecs.cpu-architecture', value: 'arm64' },
    ];
    const requiredAttributes = [...ofEcs, { name: 'stack', value: 'prod' }, { name: 'ecs.instance-type', value: 'm5.large' }];
    const size = readTaskSize({ name: 'web', cpuUnits: 1, memoryMiB: 1, requiredAttributes });
    if (!size.ok) throw new TypeError(size.error.message);
    expect(expectedHostType([], configured, [size.value])?.attributes).toEqual(ofEcs);
    expect(expectedHostType([], undefined, [size.value])).toBeUndefined();
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
