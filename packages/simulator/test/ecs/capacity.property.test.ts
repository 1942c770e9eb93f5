import { exactCapacity, readHost, readTaskSizes } from '@plimsoll/capacity-core';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { expectAccepted, resources } from '../helpers/hosts.js';
import { startModel } from '../helpers/model-session.js';

const ports = fc.uniqueArray(fc.constantFrom(22, 53, 8080, 9090), { maxLength: 2 });
const size = fc.record({
  cpuUnits: fc.nat(1500),
  memoryMiB: fc.integer({ min: 1, max: 2000 }),
  gpus: fc.nat(2),
  tcpPorts: ports,
  udpPorts: ports,
});
const clusters = fc.array(fc.record({ cpu: fc.nat(4096), memory: fc.nat(8000), gpus: fc.nat(4) }), { minLength: 1, maxLength: 5 });

type Size = typeof size extends fc.Arbitrary<infer S> ? S : never;

function definitionOf(family: string, { cpuUnits, memoryMiB, gpus, tcpPorts, udpPorts }: Size): object {
  const mapping = (protocol: string) => (hostPort: number) => ({ containerPort: hostPort, hostPort, protocol });
  const portMappings = [...tcpPorts.map(mapping('tcp')), ...udpPorts.map(mapping('udp'))];
  const resourceRequirements = gpus === 0 ? [] : [{ type: 'GPU', value: String(gpus) }];
  return {
    family,
    containerDefinitions: [{ name: 'a', image: 'i', cpu: cpuUnits, memory: memoryMiB, portMappings, resourceRequirements }],
  };
}

test('RunTask places as many tasks, one at a time, as capacity-core counts beforehand', () => {
  fc.assert(
    fc.property(clusters, size, size, fc.nat(3), (hosts, other, wanted, before) => {
      const session = startModel();
      for (const { gpus, ...room } of hosts) {
        const ids = Array.from({ length: gpus }, (_, index) => `GPU-${index}`);
        expectAccepted(session.call('RegisterContainerInstance', { totalResources: resources({ ...room, gpus: ids }) }));
      }
      expectAccepted(session.call('RegisterTaskDefinition', definitionOf('other', other)));
      expectAccepted(session.call('RegisterTaskDefinition', definitionOf('wanted', wanted)));
      const run = (taskDefinition: string) =>
        (expectAccepted(session.call('RunTask', { taskDefinition, count: 1 })).tasks as readonly unknown[]).length;
      for (let tasks = 0; tasks < before; tasks += 1) run('other');

      const read = session.hosts().map(readHost);
      const sizes = readTaskSizes([{ name: 'wanted', ...wanted }]);
      expect(read.every(({ ok }) => ok)).toBe(true);
      const counted = sizes.ok
        ? exactCapacity(
            read.flatMap((host) => (host.ok ? [host.value] : [])),
            sizes.value,
          ).containerCapacity
        : Number.NaN;

      let placed = 0;
      while (placed <= counted && run('wanted') === 1) placed += 1;
      expect(placed).toBe(counted);
    }),
    propertyParameters(100),
  );
});
