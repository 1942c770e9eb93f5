import { leastHostType } from '../../src/policy-simulation/policies/least-host-type.js';
import { HOST } from '../helpers/policy-simulation.js';

const ARM = { name: 'ecs.cpu-architecture', value: 'arm64' };
const GPU = { name: 'ecs.gpu', value: 'yes' };

test('brings the least of each resource, every port that any host has taken, and the attributes of all', () => {
  const large = {
    ...HOST,
    attributes: [ARM, GPU],
    resources: { ...HOST.resources, cpuUnits: 8192, memoryMiB: 4096, gpus: 1, takenTcpPorts: [22, 2375] },
  };
  const small = { ...HOST, attributes: [ARM], resources: { ...HOST.resources, takenTcpPorts: [22] } };
  expect(leastHostType([large, small])).toMatchObject({
    attributes: [ARM],
    resources: { cpuUnits: 4096, memoryMiB: 4096, gpus: 0, takenTcpPorts: [22, 2375] },
  });
});

test('one type is what it is', () => {
  expect(leastHostType([HOST])).toBe(HOST);
});
