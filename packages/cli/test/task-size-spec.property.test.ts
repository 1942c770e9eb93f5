import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { parseTaskSizeSpec } from '../src/task-size-spec.js';
import { writeTaskSizeSpec } from './helpers/write-task-size-spec.js';

const amount = fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.maxSafeNat());
const ports = fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { maxLength: 4 });
const size = fc
  .record({
    name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_./:-]{0,30}$/),
    cpuUnits: amount,
    memoryMiB: amount,
    gpus: fc.nat({ max: 16 }),
    tcpPorts: ports,
    udpPorts: ports,
    networkMode: fc.constant('bridge' as const),
    others: fc.constant([]),
    requiredAttributes: fc.constant([]),
    placementConstraints: fc.constant([]),
    headroom: fc.constant(0),
  })
  .filter(({ cpuUnits, memoryMiB, gpus, tcpPorts, udpPorts }) => cpuUnits + memoryMiB + gpus + tcpPorts.length + udpPorts.length > 0);

describe('a task size spec', () => {
  it('says after writing what was written', () => {
    fc.assert(
      fc.property(size, (written) => {
        expect(parseTaskSizeSpec(writeTaskSizeSpec(written))).toEqual({ ok: true, value: written });
      }),
      propertyParameters(500),
    );
  });

  it('never throws, and writes again whatever it reads', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{0,2}=?[0-9x.e -]{0,4}:?[0-9]{0,4}(,(tcp|udp|gpu|x)=?[0-9]{0,6}){0,3}$/));
    fc.assert(
      fc.property(text, (spec) => {
        const read = parseTaskSizeSpec(spec);
        if (read.ok) expect(parseTaskSizeSpec(writeTaskSizeSpec(read.value))).toEqual(read);
        else expect(read.error.message).not.toBe('');
      }),
      propertyParameters(1000),
    );
  });
});
