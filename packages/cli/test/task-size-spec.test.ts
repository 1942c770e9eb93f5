import { parseTaskSizeSpec, parseTaskSizeSpecs } from '../src/task-size-spec.js';

const FORM = 'write NAME=CPU:MEMORY';

describe('parseTaskSizeSpec', () => {
  it('reads name, CPU, memory, ports and GPUs', () => {
    expect(parseTaskSizeSpec('team/web-1.2=250:400,tcp=8080,udp=53,tcp=443,gpu=2')).toEqual({
      ok: true,
      value: {
        name: 'team/web-1.2',
        cpuUnits: 250,
        memoryMiB: 400,
        tcpPorts: [8080, 443],
        udpPorts: [53],
        gpus: 2,
        networkMode: 'bridge',
        others: [],
        requiredAttributes: [],
        placementConstraints: [],
        headroom: 0,
      },
    });
  });

  it.each([
    ['a=0:400', { cpuUnits: 0, memoryMiB: 400 }],
    ['a=250:0', { cpuUnits: 250, memoryMiB: 0 }],
    ['a=0:0,tcp=80', { cpuUnits: 0, memoryMiB: 0, tcpPorts: [80] }],
    ['a=0:0,gpu=1', { gpus: 1 }],
    ['svc:8=1:1', { name: 'svc:8' }],
  ])('accepts %s', (text, expected) => {
    const size = parseTaskSizeSpec(text);
    expect(size.ok && size.value).toMatchObject(expected);
  });

  it.each([
    ['', 'NAME_MISSING', `name is missing: ${FORM}`],
    ['=250:400', 'NAME_MISSING', `name is missing: ${FORM}`],
    ['web', 'CPU_MISSING', `CPU and memory are missing: ${FORM}`],
    ['web=', 'CPU_MISSING', `CPU is missing: ${FORM}`],
    ['web=:400', 'CPU_MISSING', `CPU is missing: ${FORM}`],
    ['web=250', 'MEMORY_MISSING', `memory is missing: ${FORM}`],
    ['web=250:', 'MEMORY_MISSING', `memory is missing: ${FORM}`],
    ['web=250,tcp=80', 'MEMORY_MISSING', `memory is missing: ${FORM}`],
    ['web=-250:400', 'NOT_A_WHOLE_NUMBER', 'CPU is "-250": write a whole number of CPU units, 0 or more'],
    ['web=0x10:400', 'NOT_A_WHOLE_NUMBER', 'CPU is "0x10": write a whole number of CPU units, 0 or more'],
    ['web=1e3:400', 'NOT_A_WHOLE_NUMBER', 'CPU is "1e3": write a whole number of CPU units, 0 or more'],
    ['web=250:400.5', 'NOT_A_WHOLE_NUMBER', 'memory is "400.5": write a whole number of MiB, 0 or more'],
    ['web=250: 400', 'NOT_A_WHOLE_NUMBER', 'memory is " 400": write a whole number of MiB, 0 or more'],
    ['web=250:400:1', 'NOT_A_WHOLE_NUMBER', 'memory is "400:1": write a whole number of MiB, 0 or more'],
    ['web=250:0400', 'NOT_A_WHOLE_NUMBER', 'memory is "0400": write a whole number of MiB, 0 or more'],
    ['web=٢:400', 'NOT_A_WHOLE_NUMBER', 'CPU is "٢": write a whole number of CPU units, 0 or more'],
    ['web=250:400,tcp', 'NOT_A_WHOLE_NUMBER', 'tcp is empty: write a port, 1 to 65535'],
    ['web=250:400,', 'UNKNOWN_PART', 'the part behind a comma is empty: use tcp=PORT, udp=PORT or gpu=N'],
    ['web=250:400,TCP=80', 'UNKNOWN_PART', 'the part behind a comma is "TCP=80": use tcp=PORT, udp=PORT or gpu=N'],
    ['web=250:400,gpu=1,gpu=1', 'REPEATED_PART', 'gpu stands 2 times: write it once'],
    ['web=250:400,tcp=0', 'OUT_OF_RANGE', 'tcpPorts[0] is 0: expected a port, 1 to 65535'],
    ['web=250:400,udp=65536', 'OUT_OF_RANGE', 'udpPorts[0] is 65536: expected a port, 1 to 65535'],
    ['web=250:400,tcp=80,tcp=80', 'DUPLICATE', 'tcpPorts[1] repeats port 80: name it once'],
    ['web=99999999999999999999:1', 'OUT_OF_RANGE', 'cpuUnits is 100000000000000000000: expected a whole number of CPU units, 0 or more'],
    ['we b=1:1', 'INVALID_NAME', 'name is "we b": use 1 to 255 letters, digits and _ . / : -, the first a letter or digit'],
    ['web=0:0', 'NO_DEMAND', 'task size (web) asks for nothing: give it CPU, memory, a GPU or a port'],
  ])('refuses %j', (text, code, message) => {
    expect(parseTaskSizeSpec(text)).toEqual({ ok: false, error: { code, message } });
  });
});

describe('parseTaskSizeSpecs', () => {
  it('names the SPEC that is wrong', () => {
    expect(parseTaskSizeSpecs(['a=1:1', 'b=1'])).toEqual({
      ok: false,
      error: { code: 'MEMORY_MISSING', message: `task size "b=1": memory is missing: ${FORM}` },
    });
  });

  it('refuses two sizes of one name', () => {
    expect(parseTaskSizeSpecs(['a=1:1', 'a=2:2'])).toMatchObject({ ok: false, error: { code: 'DUPLICATE' } });
  });

  it('refuses none', () => {
    expect(parseTaskSizeSpecs([])).toMatchObject({ ok: false, error: { code: 'WRONG_TYPE' } });
  });
});
