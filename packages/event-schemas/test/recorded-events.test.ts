import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTAINER_INSTANCE_STATE_CHANGE, parseContainerInstanceStateChange, parseEnvelope } from '@plimsoll/event-schemas';

const samples = process.env.PLIMSOLL_SAMPLES;
const recorded = samples === undefined ? describe.skip : describe;

/** What is refused among the recorded container instance events, and why: path of the issue by file. None so far. */
const REFUSED: Readonly<Record<string, string>> = {};

recorded('events recorded elsewhere (PLIMSOLL_SAMPLES)', () => {
  const folder = join(samples ?? '', 'events');
  const files = samples === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'));
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const ours = files.filter((name) => name.startsWith('container-instance-'));
  const others = files.filter((name) => !name.startsWith('container-instance-'));

  test('there are events of both sorts', () => {
    expect(ours.length).toBeGreaterThan(0);
    expect(others.length).toBeGreaterThan(0);
  });

  test.each(ours)('%s parses, or is refused for the known reason', (name) => {
    const result = parseContainerInstanceStateChange(read(name));
    const reason = REFUSED[name];
    expect(result.ok ? undefined : result.error.issues.map((issue) => issue.path)).toEqual(reason === undefined ? undefined : [reason]);
  });

  test.each(others)('%s is refused for its detail-type alone, or for its envelope as well', (name) => {
    const result = parseContainerInstanceStateChange(read(name));
    expect(result.ok ? [] : result.error.issues).toContainEqual({
      path: 'detail-type',
      expected: `'${CONTAINER_INSTANCE_STATE_CHANGE}'`,
      found: 'another string',
    });
    expect(result.ok ? [] : result.error.issues.filter((issue) => issue.path.startsWith('detail.'))).toEqual([]);
  });

  test.each(files)('%s has an envelope, or lacks its source', (name) => {
    const result = parseEnvelope(read(name));
    expect(result.ok ? [] : result.error.issues.map((issue) => issue.path)).toEqual(result.ok ? [] : ['source']);
  });
});
