import { type HostError, type PooledCapacityError, pooledCapacity, readHost, type TaskSizes } from '@plimsoll/capacity-core';
import { decideCapacity } from '@plimsoll/capacity-lambda';
import { plainSize } from '@plimsoll/simulator';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { capacityReport } from '../../src/report/capacity-report.js';
import { capacityAnswer } from '../helpers/answers.js';
import { dummyAwsEnvironment } from '../helpers/aws-environment.js';
import { type Ran, runProgram } from '../helpers/program.js';
import { hostArn, record } from '../helpers/records.js';
import { type StubEcs, startStubEcs } from '../helpers/stub-ecs.js';

dummyAwsEnvironment();

const SPECS = ['--task-size', 'web=250:400', '--task-size', 'cron=100:50,tcp=8080'];
const SIZES: TaskSizes = [
  plainSize({ name: 'web', cpuUnits: 250, memoryMiB: 400 }),
  { ...plainSize({ name: 'cron', cpuUnits: 100, memoryMiB: 50 }), tcpPorts: [8080] },
];

type Fields = Readonly<Record<string, unknown>>;

let stub: StubEcs;
let records: readonly Fields[] = [];
beforeAll(async () => {
  stub = await startStubEcs((operation) => ({
    status: 200,
    body:
      operation === 'ListContainerInstances'
        ? { containerInstanceArns: records.map(({ containerInstanceArn }) => containerInstanceArn) }
        : { containerInstances: records, failures: [] },
  }));
});
afterAll(() => stub.close());

function count(described: readonly Fields[], ...more: string[]): Promise<Ran> {
  records = described;
  const where = ['--cluster', 'demo', '--region', 'us-east-1', '--endpoint-url', stub.url];
  return runProgram(['capacity', ...where, ...SPECS, '--json', ...more]);
}

const leftOut = (errors: readonly HostError[]): string => errors.map(({ message }) => `plimsoll: host left out: ${message}\n`).join('');

/** What a host is like while its agent has not told its resources yet. */
const registering = (id: string): Fields => ({
  containerInstanceArn: hostArn({ id }),
  status: 'REGISTERING',
  agentConnected: false,
  version: 1,
});

describe('capacity --cluster', () => {
  it('answers for the good host and names the one without resources', async () => {
    const ran = await count([record({ id: 'a' }), registering('b')]);
    expect(capacityAnswer(ran)).toMatchObject({ hosts: { registered: 1, eligible: 1 }, containerCapacity: 1 });
    expect(ran.status).toBe(0);
    expect(ran.stderr).toMatch(/^plimsoll: host left out: container instance \S+\/b: \w+Resources is missing: .+\n$/);
  });

  it('ends as the answer over the others says', async () => {
    expect(await count([record({ id: 'a' }), registering('b')], '--require', '1')).toMatchObject({ status: 0 });
    expect(await count([registering('b')], '--require', '1')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^plimsoll: host left out: .+\nplimsoll: container capacity 0 is below the 1 required\n$/),
    });
  });

  it('names what was left out before it refuses a reference host', async () => {
    const ran = await count([record({ id: 'a' }), registering('b')], '--method', 'pooled', '--reference-host', hostArn({ id: 'b' }));
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^plimsoll: host left out: .+\nplimsoll: reference host \S+\/b is not among the 1 hosts given: .+\n$/);
  });

  const spoil = fc.constantFrom<(good: Fields) => Fields>(
    (good) => good,
    (good) => good,
    ({ remainingResources: _, ...rest }) => rest,
    ({ registeredResources: _, ...rest }) => ({ ...rest, status: 'REGISTERING' }),
    (good) => ({ ...good, agentConnected: undefined }),
    (good) => ({ ...good, status: 'RESTING' }),
    (good) => ({ ...good, remainingResources: [{ name: 'CPU', type: 'INTEGER', integerValue: -5 }] }),
  );
  const described = fc
    .array(
      fc.record({
        cpu: fc.integer({ min: 0, max: 1024 }),
        memory: fc.integer({ min: 0, max: 993 }),
        tcp: fc.constantFrom<readonly number[]>([], [8080]),
        status: fc.constantFrom('ACTIVE', 'ACTIVE', 'DRAINING'),
        agentConnected: fc.boolean(),
        spoil,
      }),
      { maxLength: 12 },
    )
    .map((hosts) => hosts.map(({ spoil: change, ...host }, index) => change(record({ ...host, id: `h${index}` }))));

  it('decides as decideCapacity does, whatever ECS describes', async () => {
    await fc.assert(
      fc.asyncProperty(described, async (hosts) => {
        const ran = await count(hosts);
        const { capacity, refusedRecords } = decideCapacity({ records: hosts, updates: [], taskSizes: SIZES });
        expect(capacityAnswer(ran)).toEqual(capacityReport('demo', capacity));
        expect(ran).toMatchObject({ status: 0, stderr: leftOut(refusedRecords) });
      }),
      propertyParameters(50),
    );
  });

  it('leaves the same records out of the pooled method', async () => {
    await fc.assert(
      fc.asyncProperty(described, async (hosts) => {
        const ran = await count(hosts, '--method', 'pooled');
        const readable = hosts.map((host) => readHost(host)).flatMap((host) => (host.ok ? [host.value] : []));
        const expected = pooledCapacity(readable, SIZES);
        if (expected.ok) expect(capacityAnswer(ran)).toEqual(capacityReport('demo', expected.value));
        else expect(ran.stdout).toBe('');
        const { refusedRecords } = decideCapacity({ records: hosts, updates: [], taskSizes: SIZES });
        expect(ran.stderr).toBe(leftOut(refusedRecords) + (expected.ok ? '' : refusal(expected.error)));
      }),
      propertyParameters(50),
    );
  });
});

function refusal({ message }: PooledCapacityError): string {
  return `plimsoll: ${message}\n`;
}
