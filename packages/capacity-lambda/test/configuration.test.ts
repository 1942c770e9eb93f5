import { DEFAULT_NAMESPACE, readConfiguration } from '../src/configuration.js';

const SIZES = '[{"name":"web","cpuUnits":250,"memoryMiB":400}]';
const VALID = { AWS_REGION: 'eu-west-1', PLIMSOLL_TASK_SIZES: SIZES };

describe('readConfiguration', () => {
  test('reads task sizes, Region and the default namespace', () => {
    expect(readConfiguration(VALID)).toEqual({
      ok: true,
      value: {
        taskSizes: [
          {
            name: 'web',
            cpuUnits: 250,
            memoryMiB: 400,
            gpus: 0,
            tcpPorts: [],
            udpPorts: [],
            networkMode: 'bridge',
            others: [],
            requiredAttributes: [],
            placementConstraints: [],
            headroom: 0,
          },
        ],
        namespace: DEFAULT_NAMESPACE,
        storageResolutionSeconds: 60,
        region: 'eu-west-1',
      },
    });
  });

  test.each(['Plimsoll/ECS', 'a', '#team:prod_1.x-y', '/x', 'AWS', 'aws/x', 'n'.repeat(255)])('takes the namespace %s', (namespace) => {
    expect(readConfiguration({ ...VALID, PLIMSOLL_METRIC_NAMESPACE: namespace })).toMatchObject({ ok: true, value: { namespace } });
  });

  test('takes an empty namespace for none', () => {
    expect(readConfiguration({ ...VALID, PLIMSOLL_METRIC_NAMESPACE: '' })).toMatchObject({ value: { namespace: 'Plimsoll/ECS' } });
  });

  test.each([
    ['PLIMSOLL_TASK_SIZES', undefined, 'MISSING_VARIABLE', 'is not set: give a JSON list'],
    ['PLIMSOLL_TASK_SIZES', '', 'MISSING_VARIABLE', 'is not set'],
    ['PLIMSOLL_TASK_SIZES', ' \n', 'MISSING_VARIABLE', 'is not set'],
    ['PLIMSOLL_TASK_SIZES', 'web=250', 'INVALID_JSON', 'is "web=250": give a JSON list'],
    ['PLIMSOLL_TASK_SIZES', `[${'x'.repeat(5_000)}`, 'INVALID_JSON', 'x…"'],
    ['PLIMSOLL_TASK_SIZES', 'null', 'INVALID_TASK_SIZES', 'taskSizes is null'],
    ['PLIMSOLL_TASK_SIZES', '{}', 'INVALID_TASK_SIZES', 'taskSizes is an object'],
    ['PLIMSOLL_TASK_SIZES', '[]', 'INVALID_TASK_SIZES', 'is empty'],
    ['PLIMSOLL_TASK_SIZES', '[{"name":"a","cpuUnits":1.5,"memoryMiB":1}]', 'INVALID_TASK_SIZES', 'taskSizes[0].cpuUnits is 1.5'],
    ['PLIMSOLL_TASK_SIZES', '[{"name":"a","cpuUnits":0,"memoryMiB":0}]', 'INVALID_TASK_SIZES', 'asks for nothing'],
    ['PLIMSOLL_TASK_SIZES', '[{"name":"a","cpu":1}]', 'INVALID_TASK_SIZES', 'taskSizes[0].cpu'],
    ['PLIMSOLL_METRIC_NAMESPACE', 'AWS/ECS', 'INVALID_NAMESPACE', 'begin with AWS/'],
    ['PLIMSOLL_METRIC_NAMESPACE', ':team', 'INVALID_NAMESPACE', 'the first not a colon'],
    ['PLIMSOLL_METRIC_NAMESPACE', ' ', 'INVALID_NAMESPACE', 'is " "'],
    ['PLIMSOLL_METRIC_NAMESPACE', 'Grüße', 'INVALID_NAMESPACE', 'is "Grüße"'],
    ['PLIMSOLL_METRIC_NAMESPACE', 'a\n', 'INVALID_NAMESPACE', 'is "a\\n"'],
    ['PLIMSOLL_METRIC_NAMESPACE', 'n'.repeat(256), 'INVALID_NAMESPACE', 'is 256 characters long'],
    ['PLIMSOLL_STORAGE_RESOLUTION_SECONDS', '30', 'INVALID_STORAGE_RESOLUTION', 'is "30": give 1 or 60 seconds'],
    ['PLIMSOLL_STORAGE_RESOLUTION_SECONDS', '1.0', 'INVALID_STORAGE_RESOLUTION', 'is "1.0"'],
    ['AWS_REGION', undefined, 'MISSING_VARIABLE', 'is not set'],
    ['AWS_REGION', '', 'MISSING_VARIABLE', 'is not set'],
  ])('refuses %s = %j with %s', (variable, value, code, words) => {
    const read = readConfiguration({ ...VALID, [variable]: value });
    expect(read).toMatchObject({ ok: false, error: { code, variable } });
    const message = read.ok ? '' : read.error.message;
    expect(message).toContain(`environment variable ${variable} `);
    expect(message).toContain(words);
    expect(message.length).toBeLessThan(400);
  });
});
