import { resourceRecords } from '../src/index.js';

const HOST = { cpuUnits: 2048, memoryMiB: 3904, tcpPorts: [22, '51678'] };

test('events leave out the amounts of other types, and GPUs of which nothing is said', () => {
  expect(resourceRecords(HOST, { zeros: false })).toStrictEqual([
    { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
    { name: 'MEMORY', type: 'INTEGER', integerValue: 3904 },
    { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '51678'] },
    { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
  ]);
  expect(resourceRecords({ ...HOST, gpus: [] }, { zeros: false }).at(-1)).toStrictEqual({
    name: 'GPU',
    type: 'STRINGSET',
    stringSetValue: [],
  });
});

test('responses of the API fill them with zeros', () => {
  const [cpu, , , udp, gpu] = resourceRecords({ ...HOST, udpPorts: [53], gpus: ['gpu-0'] }, { zeros: true });
  const zeros = { doubleValue: 0, longValue: 0 };
  expect(cpu).toStrictEqual({ ...zeros, name: 'CPU', type: 'INTEGER', integerValue: 2048 });
  expect(udp).toStrictEqual({ ...zeros, integerValue: 0, name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: ['53'] });
  expect(gpu).toStrictEqual({ ...zeros, integerValue: 0, name: 'GPU', type: 'STRINGSET', stringSetValue: ['gpu-0'] });
});
