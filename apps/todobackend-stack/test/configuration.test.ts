import { checkConfiguration, PRODUCTION, readConfiguration, SMALL } from '../src/configuration.js';
import type { StackConfiguration } from '../src/stack-configuration.js';

const given = (context: Record<string, unknown>) => readConfiguration((key) => context[key]);

test('without a word it is the small preset; production by name', () => {
  expect(given({})).toEqual({ ok: true, value: SMALL });
  expect(given({ preset: 'production' })).toEqual({ ok: true, value: PRODUCTION });
});

test('what stands beside the preset is taken', () => {
  const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/0123';
  const context = {
    certificateArn,
    domainName: 'todo.example.com',
    alarmEmail: 'ops@example.com',
    vpcId: 'vpc-0123456789abcdef0',
    corsOrigins: '*',
  };
  expect(given(context)).toEqual({ ok: true, value: { ...SMALL, ...context } });
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['an unknown preset', { preset: 'large' }, /preset is large: choose small or production/],
  ['a VPC by name', { vpcId: 'main' }, /vpcId is main/],
  ['a certificate alone', { certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0123' }, /belong together/],
  ['a domain alone', { domainName: 'todo.example.com' }, /belong together/],
  [
    'a certificate of another service',
    { certificateArn: 'arn:aws:iam::111122223333:server-certificate/x', domainName: 'a.b' },
    /Certificate Manager/,
  ],
  [
    'an origin with a path',
    { corsOrigins: 'https://todobackend.com,https://a.example/x' },
    /corsOrigins has https:\/\/a\.example\/x: give origins/,
  ],
  ['every origin beside another', { corsOrigins: '*,https://todobackend.com' }, /corsOrigins has \*/],
  ['an address without a host', { alarmEmail: 'ops' }, /alarmEmail is ops/],
])('%s is refused', (_, context, problem) => {
  expect(given(context)).toEqual({ ok: false, error: { code: 'INVALID_CONFIGURATION', problems: [expect.stringMatching(problem)] } });
});

test.each<[string, Partial<StackConfiguration>, RegExp]>([
  ['more hosts at least than at most', { hosts: { ...SMALL.hosts, minimum: 5, maximum: 4 } }, /hosts\.maximum is 4: .* from 5 to 100/],
  ['half a task', { tasks: { ...SMALL.tasks, minimum: 0.5 } }, /tasks\.minimum is 0\.5/],
  ['no tasks', { tasks: { ...SMALL.tasks, minimum: 0 } }, /tasks\.minimum is 0/],
  ['no backups', { database: { ...SMALL.database, backupDays: 0 } }, /backupDays is 0/],
  ['too little storage', { database: { ...SMALL.database, storageGiB: 19 } }, /storageGiB is 19/],
  ['a type that is none', { hosts: { ...SMALL.hosts, instanceType: 'small' } }, /instanceType is small/],
  ['a retention that is none', { logDays: 8 }, /logDays is 8/],
  ['one zone', { zones: 1, natGateways: 1 }, /zones is 1/],
  ['more gateways than zones', { natGateways: 3 }, /natGateways is 3/],
  ['a migration of an hour', { migrationTimeoutMinutes: 58 }, /migrationTimeoutMinutes is 58/],
])('%s is refused', (_, part, problem) => {
  expect(checkConfiguration({ ...SMALL, ...part })).toEqual({
    ok: false,
    error: { code: 'INVALID_CONFIGURATION', problems: [expect.stringMatching(problem)] },
  });
});

test('every problem is told at once', () => {
  const read = checkConfiguration({ ...SMALL, zones: 9, logDays: 8 });
  expect(read.ok ? [] : read.error.problems).toHaveLength(2);
});

test('protection from deletion is turned off, and on, beside the preset', () => {
  const off = { ...PRODUCTION, database: { ...PRODUCTION.database, deletionProtection: false } };
  expect(given({ preset: 'production', deletionProtection: 'false' })).toEqual({ ok: true, value: off });
  const on = { ...SMALL, database: { ...SMALL.database, deletionProtection: true } };
  expect(given({ deletionProtection: true })).toEqual({ ok: true, value: on });
  expect(given({ deletionProtection: 'no' })).toMatchObject({
    ok: false,
    error: { problems: ['deletionProtection is no: choose true or false'] },
  });
});
