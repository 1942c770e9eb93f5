import { type ReadProperties, readProperties } from '../src/read-properties.js';

const read = (properties: Readonly<Record<string, unknown>>): ReadProperties =>
  readProperties({ TaskDefinition: 'migrate', ...properties }, { longestSeconds: 840 });
const value = (properties: Readonly<Record<string, unknown>>) => {
  const result = read(properties);
  if (!result.ok) throw new RangeError(result.message);
  return result.value;
};

test('defaults', () => {
  expect(value({})).toEqual({
    cluster: undefined,
    taskDefinition: 'migrate',
    overrides: {},
    parameters: {},
    timeoutSeconds: 840,
    runOn: 'both',
    runOnRollback: false,
    containerName: undefined,
    allowedExitCodes: [0],
    logTailLines: 20,
    redact: [],
    stopOnDelete: true,
  });
});

test('strings are coerced, and both spellings of members are known', () => {
  const properties = {
    ServiceToken: 'arn',
    ServiceTimeout: '900',
    Overrides: {
      ContainerOverrides: [{ Name: 'migrate', Command: ['up'], Environment: [{ Name: 'A', Value: '' }], Cpu: '256' }],
      Cpu: 512,
      EphemeralStorage: { SizeInGiB: '21' },
    },
    CapacityProviderStrategy: [{ capacityProvider: 'spot', weight: '1' }],
    NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-1'], AssignPublicIp: 'DISABLED' } },
    Tags: [{ Key: 'a', Value: 'b' }],
    EnableExecuteCommand: 'true',
    Timeout: '60',
    RunOnRollback: 'true',
    AllowedExitCodes: ['0', '2'],
    StopOnDelete: 'false',
  };
  expect(value(properties)).toMatchObject({
    overrides: {
      containerOverrides: [{ name: 'migrate', command: ['up'], environment: [{ name: 'A', value: '' }], cpu: 256 }],
      cpu: '512',
      ephemeralStorage: { sizeInGiB: 21 },
    },
    parameters: {
      capacityProviderStrategy: [{ capacityProvider: 'spot', weight: 1 }],
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'DISABLED' } },
      tags: [{ key: 'a', value: 'b' }],
      enableExecuteCommand: true,
    },
    timeoutSeconds: 60,
    runOnRollback: true,
    allowedExitCodes: [0, 2],
    stopOnDelete: false,
  });
  expect(JSON.stringify(value(properties))).not.toContain('null');
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['Foo, Bar are not known', { Foo: '1', Bar: '2' }],
  ['exclude each other', { LaunchType: 'FARGATE', CapacityProviderStrategy: [{ capacityProvider: 'x' }] }],
  ['CapacityProviderStrategy has 0 items', { CapacityProviderStrategy: [] }],
  ['PlatformVersion is for Fargate', { LaunchType: 'EC2', PlatformVersion: 'LATEST' }],
  ['not for Fargate', { LaunchType: 'FARGATE', PlacementStrategy: [{ type: 'random' }] }],
  ['AllowedExitCodes is empty', { AllowedExitCodes: [] }],
  ['AllowedExitCodes[0]', { AllowedExitCodes: ['256'] }],
  ['names the container migrate twice', { Overrides: { containerOverrides: [{ name: 'migrate' }, { name: 'migrate' }] } }],
  [
    'sets PLIMSOLL_ATTEMPT_ID',
    { Overrides: { containerOverrides: [{ name: 'm', environment: [{ name: 'PLIMSOLL_ATTEMPT_ID', value: 'x' }] }] } },
  ],
  ['in one spelling', { NetworkConfiguration: { awsvpcConfiguration: {}, AwsvpcConfiguration: {} } }],
  ['Timeout', { Timeout: '0' }],
  ['RunOn', { RunOn: 'delete' }],
  ['RunOnRollback', { RunOnRollback: 'yes' }],
  ['Triggers must be a map', { Triggers: ['a'] }],
  ['Tags has more than 50', { Tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}` })) }],
])('refused: %s', (told, properties) => {
  const result = read(properties);
  expect(result.ok ? '' : result.message).toContain(told);
});

test('a message holds no value of the properties', () => {
  const result = read({ Timeout: 'secret-1', Redact: ['(secret-2'], Overrides: 'secret-3' });
  expect(result.ok ? 'secret' : result.message).not.toContain('secret');
});
