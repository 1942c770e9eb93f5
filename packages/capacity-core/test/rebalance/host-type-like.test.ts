import { type Attribute, EC2_NETWORK_INTERFACE_LIMITS, hostsNeeded, hostTypeLike, type TaskSize } from '../../src/index.js';
import { commonAttributes } from '../../src/rebalance/host-type-like.js';
import { host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const TYPE = 'ecs.instance-type';
const AWSLOGS = { name: 'com.amazonaws.ecs.capability.logging-driver.awslogs' };
const ENI = { name: 'ecs.capability.task-eni' };
const LINUX = { name: 'ecs.os-type', value: 'linux' };

const type = (name: string, attributes?: readonly Attribute[]) => ({
  name,
  resources: resources(2048, 7680),
  ...(attributes === undefined ? {} : { attributes }),
});
const having = (instanceType: string, ...attributes: readonly Attribute[]) => ({
  ...host('host', { registered: resources(2048, 7680) }),
  attributes: [{ name: TYPE, value: instanceType }, ...attributes],
});
const asking = (...requiredAttributes: readonly Attribute[]): TaskSize => taskSize(10, 20, { requiredAttributes });
const trunk = (value: string): Attribute => ({ name: 'ecs.awsvpc-trunk-id', value });

describe('a type of which there are hosts', () => {
  it('has what all of them have, and nothing that hosts of other types have or sizes ask for', () => {
    const hosts = [having('m5.large', AWSLOGS, LINUX), having('m5.large', LINUX), having('c5.large', ENI)];
    const [, ...expected] = hostTypeLike(type('m5.large'), hosts, [asking(AWSLOGS, ENI)]).attributes ?? [];
    expect(expected).toEqual([LINUX]);
  });

  it('has an attribute without its value where values differ', () => {
    const hosts = [having('m5.large', trunk('eni-1')), having('m5.large', trunk('eni-2')), having('m5.large', trunk('eni-1'))];
    expect(hostTypeLike(type('m5.large'), hosts, []).attributes).toEqual([{ name: TYPE, value: 'm5.large' }, { name: trunk('').name }]);
  });

  it('keeps the attributes it names, and everything else it is', () => {
    const named = { ...type('m5.large', [{ name: 'stack', value: 'own' }]), cost: 3 };
    const hosts = [having('m5.large', { name: 'stack', value: 'other' }, LINUX)];
    expect(hostTypeLike(named, hosts, [])).toEqual({
      ...named,
      attributes: [{ name: 'stack', value: 'own' }, { name: TYPE, value: 'm5.large' }, LINUX],
    });
  });

  it('by a name that is no instance type is that of hosts that are as large: what they lack, one more would', () => {
    const hosts = [having('m5.large', LINUX), having('c5.large', LINUX)];
    expect(hostTypeLike(type('mine'), hosts, [asking(AWSLOGS)]).attributes).toEqual([{ name: TYPE }, LINUX]);
    expect(hostTypeLike(type('c5.large'), hosts, []).attributes).toEqual([{ name: TYPE, value: 'c5.large' }, LINUX]);
  });

  it('does not look at hosts that are not registered any more', () => {
    const gone = { ...having('m5.large'), status: 'INACTIVE' };
    expect(hostTypeLike(type('m5.large'), [gone, having('m5.large', LINUX)], []).attributes).toContainEqual(LINUX);
  });
});

describe('a type of which there is no host', () => {
  it('has what sizes ask for of ECS and its agent, and nothing else of what they ask for', () => {
    const ofEcs = [AWSLOGS, ENI, LINUX, { name: 'ecs.os-family', value: 'LINUX' }, { name: 'ecs.cpu-architecture', value: 'arm64' }];
    const others = ['stack', TYPE, 'ecs.availability-zone', 'my.ecs.capability.x', 'ecs.os-type-of-mine'].map((name) => ({ name }));
    expect(hostTypeLike(type('m6g.large'), [], [asking(...ofEcs), asking(...others)]).attributes).toEqual(ofEcs);
  });

  it('has what hosts of other types have in common, but for their type and what sizes ask for', () => {
    const arm = { name: 'ecs.cpu-architecture', value: 'arm64' };
    const hosts = ['m5.large', 'c5.large'].map((name) => having(name, { ...arm, value: 'x86_64' }, LINUX, trunk(name)));
    expect(hostTypeLike(type('m6g.large'), hosts, [asking(arm)]).attributes).toEqual([arm, LINUX, { name: trunk('').name }]);
    expect(hostTypeLike(type('t3.medium'), hosts, []).attributes).toEqual([{ ...arm, value: 'x86_64' }, LINUX]);
    const mine = { ...type('mine'), resources: resources(4096, 7680) };
    expect(hostTypeLike(mine, hosts, []).attributes).toEqual([{ ...arm, value: 'x86_64' }, LINUX]);
    const withGpu = { ...type('mine'), resources: resources(2048, 7680, { gpus: 1 }) };
    expect(hostTypeLike(withGpu, hosts, [asking(arm)]).attributes).toEqual([arm, LINUX]);
  });
});

test('no hosts have no attributes in common, and none is made up', () => {
  expect(commonAttributes([])).toEqual([]);
  expect(commonAttributes([having('a', LINUX), having('a', { name: 'os' })])).toEqual([{ name: TYPE, value: 'a' }]);
});

test('tasks of a definition as ECS registers it are packed on hosts as they will be', () => {
  const hosts = [having('m5.large', AWSLOGS, trunk('eni-1')), having('m5.large', AWSLOGS, trunk('eni-2'))];
  const size: TaskSize = { ...asking(AWSLOGS), networkMode: 'awsvpc' };
  const waiting = [{ size, tasks: 10 }];
  const needed = (hostTypes: ReturnType<typeof hostTypeLike>[]) =>
    hostsNeeded({ hostTypes, waiting, networkInterfaceLimits: EC2_NETWORK_INTERFACE_LIMITS });
  expect(needed([hostTypeLike(type('m5.large'), hosts, [size])])).toMatchObject({ hosts: 1, unplaceable: [] });
  expect(needed([type('m5.large', [{ name: TYPE, value: 'm5.large' }])])).toMatchObject({ hosts: 0 });
});
