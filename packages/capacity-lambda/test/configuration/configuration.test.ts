import { readConfiguration } from '../../src/configuration/configuration.js';
import { DEFAULT_NAMESPACE } from '../../src/configuration/metric-variables.js';
import { size } from '../helpers/task-sizes.js';

const SIZES = '[{"name":"web","cpuUnits":250,"memoryMiB":400}]';
const VALID = { AWS_REGION: 'eu-west-1', PLIMSOLL_TASK_SIZES: SIZES };

describe('readConfiguration', () => {
  test('reads task sizes, Region and the default namespace', () => {
    expect(readConfiguration(VALID)).toEqual({
      ok: true,
      value: {
        taskSizes: [{ ...size('web', 250), memoryMiB: 400 }],
        namespace: DEFAULT_NAMESPACE,
        storageResolutionSeconds: 60,
        scope: { tasks: false, discoverServices: false, discoveredHeadroom: 0 },
        clusters: [],
        agentGraceSeconds: 60,
        callBudget: { callsPerSecond: 2, environments: 2 },
        region: 'eu-west-1',
      },
    });
  });

  test.each(['Plimsoll/ECS', 'a', '#team:prod_1.x-y', '/x', 'AWS', 'aws/x', 'n'.repeat(255)])('takes the namespace %s', (namespace) => {
    expect(readConfiguration({ ...VALID, PLIMSOLL_METRIC_NAMESPACE: namespace })).toMatchObject({ ok: true, value: { namespace } });
  });

  test('takes clusters by name and by ARN, each once', () => {
    const arn = 'arn:aws-us-gov:ecs:us-gov-west-1:111122223333:cluster/shop';
    const read = readConfiguration({ ...VALID, PLIMSOLL_CLUSTERS: ` shop_1, ${arn},,shop_1 ` });
    expect(read).toMatchObject({ ok: true, value: { clusters: ['shop_1', arn] } });
  });

  test('takes task sizes by their task definitions', () => {
    const arn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:7';
    const list = [
      { taskDefinition: arn, headroom: 2 },
      { taskDefinition: 'web', name: 'w', group: 'service:web' },
      { name: 'a', cpuUnits: 1, memoryMiB: 1 },
    ];
    const read = readConfiguration({ ...VALID, PLIMSOLL_TASK_SIZES: JSON.stringify(list) });
    expect(read.ok && read.value.taskSizes).toEqual([
      { taskDefinition: arn, headroom: 2 },
      { taskDefinition: 'web', name: 'w', group: 'service:web', headroom: 0 },
      { ...size('a', 1), memoryMiB: 1 },
    ]);
  });

  test('needs no task sizes where services are discovered', () => {
    const read = readConfiguration({ AWS_REGION: 'eu-west-1', PLIMSOLL_DISCOVER_SERVICES: 'true', PLIMSOLL_DISCOVERED_HEADROOM: '2' });
    expect(read).toMatchObject({
      ok: true,
      value: { taskSizes: [], scope: { tasks: false, discoverServices: true, discoveredHeadroom: 2 } },
    });
  });

  test('takes a share of the calls, and who shares it', () => {
    const read = readConfiguration({ ...VALID, PLIMSOLL_ECS_CALLS_PER_SECOND: '0.5', PLIMSOLL_MAXIMUM_CONCURRENCY: '5' });
    expect(read).toMatchObject({ ok: true, value: { callBudget: { callsPerSecond: 0.5, environments: 5 } } });
  });

  test('takes scale-in for one cluster only', () => {
    const PLIMSOLL_SCALE_IN = '{"alarmName":"drainable","autoScalingGroupName":"hosts"}';
    expect(readConfiguration({ ...VALID, PLIMSOLL_SCALE_IN, PLIMSOLL_CLUSTERS: 'shop' })).toMatchObject({
      ok: true,
      value: { scaleIn: { alarmName: 'drainable', maxDraining: 1, dryRun: false }, scope: { tasks: true } },
    });
    expect(readConfiguration({ ...VALID, PLIMSOLL_SCALE_IN, PLIMSOLL_CLUSTERS: 'shop,web' })).toMatchObject({
      error: { code: 'INVALID_SCALE_IN', message: expect.stringContaining('2 clusters') },
    });
  });

  test('takes patience in place of an alarm, and by default what it leaves out', () => {
    const PLIMSOLL_SCALE_IN = '{"autoScalingGroupName":"hosts","patience":{"idleMinutes":20,"spareHosts":0}}';
    expect(readConfiguration({ ...VALID, PLIMSOLL_SCALE_IN })).toMatchObject({
      ok: true,
      value: { scaleIn: { patience: { idleMinutes: 20, spareHosts: 0, surplusMinutes: 4, occupiedMinutes: 60 } } },
    });
  });

  test.each([
    ['"patience":{"idleMinutes":0}', 'patience.idleMinutes "0": give a whole number from 1 to 1440'],
    ['"patience":{"spareHosts":-1}', 'patience.spareHosts "-1": give a whole number from 0 to 5000'],
    ['"patience":{"occupiedMinutes":1441}', 'patience.occupiedMinutes "1441"'],
    ['"patience":{"surplusMinutes":1.5}', 'patience.surplusMinutes "1.5"'],
    ['"patience":{"idle":5}', 'patience.idle "5": give idleMinutes, spareHosts, surplusMinutes, occupiedMinutes'],
    ['"patience":{"constructor":5}', 'patience.constructor "5"'],
    ['"patience":true', 'patience "true": give a JSON object'],
    ['"patience":null', 'patience "null"'],
    ['"patience":{},"alarmName":"drainable"', 'either an alarm or patience'],
    ['"maxDraining":2', 'alarmName "missing": give a name'],
  ])('refuses scale-in with %s', (fields, message) => {
    const PLIMSOLL_SCALE_IN = `{"autoScalingGroupName":"hosts",${fields}}`;
    expect(readConfiguration({ ...VALID, PLIMSOLL_SCALE_IN })).toMatchObject({
      error: { code: 'INVALID_SCALE_IN', message: expect.stringContaining(message) },
    });
  });

  test('takes the name of a capacity provider, and an empty one for none', () => {
    expect(readConfiguration({ ...VALID, PLIMSOLL_CAPACITY_PROVIDER: ' blue ' })).toMatchObject({ value: { capacityProvider: 'blue' } });
    expect(readConfiguration({ ...VALID, PLIMSOLL_CAPACITY_PROVIDER: ' ' })).toEqual(readConfiguration(VALID));
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
    ['PLIMSOLL_TASK_SIZES', '[{"taskDefinition":"a b"}]', 'INVALID_TASK_SIZES', 'taskSizes[0].taskDefinition is "a b": give an ARN'],
    ['PLIMSOLL_TASK_SIZES', '[{"taskDefinition":7}]', 'INVALID_TASK_SIZES', 'taskDefinition is a number'],
    ['PLIMSOLL_TASK_SIZES', '[{"taskDefinition":"a","cpuUnits":1}]', 'INVALID_TASK_SIZES', 'taskSizes[0].cpuUnits is no field beside'],
    ['PLIMSOLL_TASK_SIZES', '[{"taskDefinition":"a","headroom":-1}]', 'INVALID_TASK_SIZES', 'headroom is -1'],
    ['PLIMSOLL_TASK_SIZES', '[{"taskDefinition":"a","name":"x"},{"taskDefinition":"b","name":"x"}]', 'INVALID_TASK_SIZES', 'repeats "x"'],
    ['PLIMSOLL_AGENT_GRACE_SECONDS', '-1', 'INVALID_AGENT_GRACE', 'is "-1": give seconds, from 0 to 3600'],
    ['PLIMSOLL_AGENT_GRACE_SECONDS', 'long', 'INVALID_AGENT_GRACE', 'is "long"'],
    ['PLIMSOLL_READ_TASKS', 'yes', 'INVALID_SWITCH', 'is "yes": give true or false'],
    ['PLIMSOLL_DISCOVER_SERVICES', '1', 'INVALID_SWITCH', 'is "1"'],
    ['PLIMSOLL_DISCOVERED_HEADROOM', '-1', 'INVALID_HEADROOM', 'is "-1"'],
    ['PLIMSOLL_CLUSTERS', 'shop;web', 'INVALID_CLUSTERS', 'holds "shop;web": give names or ARNs'],
    ['PLIMSOLL_CLUSTERS', 'arn:aws:ecs:eu-west-1:111122223333:service/shop', 'INVALID_CLUSTERS', 'service/shop'],
    ['PLIMSOLL_ECS_CALLS_PER_SECOND', '0', 'INVALID_CALL_BUDGET', 'is "0": give calls a second, above 0 and at most 20'],
    ['PLIMSOLL_ECS_CALLS_PER_SECOND', '21', 'INVALID_CALL_BUDGET', 'is "21"'],
    ['PLIMSOLL_ECS_CALLS_PER_SECOND', 'many', 'INVALID_CALL_BUDGET', 'is "many"'],
    ['PLIMSOLL_MAXIMUM_CONCURRENCY', '1.5', 'INVALID_CALL_BUDGET', 'is "1.5": give a whole number from 1 to 1000'],
    ['PLIMSOLL_MAXIMUM_CONCURRENCY', '0', 'INVALID_CALL_BUDGET', 'is "0"'],
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
