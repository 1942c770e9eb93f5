import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { exactCapacity, type HostError, isEligible, readHost } from '../src/index.js';
import { follow } from './helpers/record-path.js';
import { taskSize } from './helpers/synthetic-hosts.js';

/** What is expected of one recorded container instance: read, with copies of a 250/400 task it takes now, or refused. */
type Expected = { readonly copies: number } | { readonly code: HostError['code']; readonly path: string };

/** Expectations by file, in the order of its container instances. */
const EXPECTED: Readonly<Record<string, readonly Expected[]>> = {
  // 1988/767 remain: ⌊767/400⌋ binds.
  'events/container-instance-003.json': [{ copies: 1 }],
  // Handwritten, both resource lists empty: a host just registered has nothing yet, which is a number and no error.
  'events/container-instance-008.json': [{ copies: 0 }],
  // 1024/982, empty.
  'api/container-instances-01.json': [{ copies: 2 }],
  // 1024/993, empty.
  'api/container-instances-03.json': [{ copies: 2 }],
  // DRAINING: it is empty, and takes nothing.
  'api/container-instances-05.json': [{ copies: 0 }],
  // Recorded without remainingResources. Taking the registered ones for them would promise room that may be used.
  'api/container-instances-07.json': [
    { code: 'MISSING_FIELD', path: 'remainingResources' },
    { code: 'MISSING_FIELD', path: 'remainingResources' },
  ],
  // 1024/993, empty, its agent just updated.
  'api/container-instances-09.json': [{ copies: 2 }],
  // No versions. 2004, 2004 and 1620 MiB remain of each, so CPU, then CPU and memory bind at 4.
  'api/container-instances-11.json': [{ copies: 4 }, { copies: 4 }, { copies: 4 }],
  // No PORTS_UDP and no version: 1948/3668 remain.
  'api/container-instances-13.json': [{ copies: 7 }],
  // DRAINING with two tasks on it.
  'api/container-instances-15.json': [{ copies: 0 }],
  // As 13, from another model of the API.
  'api/container-instances-17.json': [{ copies: 7 }],
  // Handwritten without status: whether it takes tasks cannot be known.
  'api/container-instances-19.json': [{ code: 'MISSING_FIELD', path: 'status' }],
  // As 19, three of them.
  'api/container-instances-21.json': [
    { code: 'MISSING_FIELD', path: 'status' },
    { code: 'MISSING_FIELD', path: 'status' },
    { code: 'MISSING_FIELD', path: 'status' },
  ],
  // As 19.
  'api/container-instances-23.json': [{ code: 'MISSING_FIELD', path: 'status' }],
  // Handwritten without agentConnected and resources; the first that is missing is named.
  'api/container-instances-25.json': [{ code: 'MISSING_FIELD', path: 'agentConnected' }],
  // Generated from the API's shapes: a status of "string" is none that takes tasks, a resource named "string" none we count.
  'api/container-instances-29.json': [{ copies: 0 }, { copies: 0 }],
  // INACTIVE: deregistered, though its resources remain.
  'api/container-instance-single-02.json': [{ copies: 0 }],
};

const folder = env.PLIMSOLL_SAMPLES ?? '';
const describeRecorded = folder === '' ? describe.skip : describe;
const found = folder === '' ? Object.keys(EXPECTED) : ['events', 'api'].flatMap(containerInstanceFiles);
const others = found.filter((file) => !(file in EXPECTED));

describeRecorded('recorded container instances (PLIMSOLL_SAMPLES)', () => {
  for (const [file, expected] of Object.entries(EXPECTED)) {
    const itFound = found.includes(file) ? it : it.skip;
    itFound(file, () => expect(recordsIn(file).map(outcomeOf)).toEqual(expected));
  }

  it('any other is read, or refused for a place that is wrong or missing', () => {
    expect(found.length).toBeGreaterThan(0);
    for (const record of others.flatMap(recordsIn)) {
      const outcome = outcomeOf(record);
      if ('path' in outcome) expect(follow(record, outcome.path)).not.toBe('nowhere');
      else expect(outcome.copies).toBeGreaterThanOrEqual(0);
    }
  });
});

function containerInstanceFiles(kind: string): readonly string[] {
  return readdirSync(join(folder, kind))
    .filter((file) => /^container-instance.*\.json$/.test(file))
    .map((file) => `${kind}/${file}`);
}

/** The container instances of an event, of a list answer, or of an answer about one. */
function recordsIn(file: string): readonly unknown[] {
  const { detail, containerInstance, containerInstances } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  if (Array.isArray(containerInstances)) return containerInstances;
  return [detail ?? containerInstance];
}

function outcomeOf(record: unknown): Expected {
  const result = readHost(record);
  if (!result.ok) return { code: result.error.code, path: result.error.path };
  const { containerCapacity, hosts } = exactCapacity([result.value], [taskSize()]);
  expect(hosts.eligible).toBe(isEligible(result.value) ? 1 : 0);
  return { copies: containerCapacity };
}
