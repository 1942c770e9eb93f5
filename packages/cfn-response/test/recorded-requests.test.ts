import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRequest } from '../src';
import { invoke } from './helpers/invoke';

const samples = process.env.PLIMSOLL_SAMPLES;
const recorded = samples === undefined ? describe.skip : describe;
const folder = join(samples ?? '.', 'cloudformation');
const files = samples === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;

recorded('recorded requests', () => {
  test('there are some', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  test('each is read, but for those without the id CloudFormation always sends', () => {
    for (const file of files) {
      const event = read(file);
      const parsed = parseRequest(event);
      const lacksId = event.RequestType !== 'Create' && event.PhysicalResourceId === undefined;
      const issues = parsed.ok ? [] : parsed.error.issues;
      const expected = { path: 'PhysicalResourceId', expected: 'a non-empty string', found: 'undefined' };
      expect([file, issues]).toEqual([file, lacksId ? [expected] : []]);
      if (parsed.ok) expect(parsed.value.request.ResourceProperties).toEqual(event.ResourceProperties ?? {});
    }
  });

  test('each is answered once, with its own identifiers', async () => {
    for (const file of files) {
      const event = read(file);
      const { bodies, rejection } = await invoke({ event, handlers: { create: () => {}, update: () => {}, delete: () => {} } });
      const { StackId, RequestId, LogicalResourceId } = event;
      expect(rejection).toBeUndefined();
      expect(bodies).toHaveLength(1);
      expect(bodies[0]).toMatchObject({ Status: parseRequest(event).ok ? 'SUCCESS' : 'FAILED', StackId, RequestId, LogicalResourceId });
      expect(bodies[0]?.PhysicalResourceId).toEqual(event.PhysicalResourceId ?? expect.stringMatching(/./));
    }
  });
});
