import { announcement } from '../../src/command/announcement.js';
import { type CommandLine, readCommandLine, type Verb } from '../../src/command/command-line.js';
import { hindrances, type Sights, type StackSight } from '../../src/command/judge.js';
import { PRODUCTION, SMALL } from '../../src/configuration.js';

const there = (status = 'UPDATE_COMPLETE', terminationProtection = false): StackSight => ({
  kind: 'there',
  account: '111122223333',
  region: 'eu-west-1',
  status,
  terminationProtection,
});

const READY: Sights = { toolkit: there(), stack: there(), engine: { ok: true } };

function command(verb: Verb): CommandLine {
  const read = readCommandLine([verb]);
  return (read as Extract<typeof read, { ok: true }>).value;
}

test('nothing is in the way of either where all is there', () => {
  expect(hindrances(command('deploy'), READY)).toEqual([]);
  expect(hindrances(command('destroy'), { ...READY, engine: undefined })).toEqual([]);
  expect(hindrances(command('deploy'), { ...READY, stack: { kind: 'absent' } })).toEqual([]);
});

test('what may not be seen is left to the CDK, whose roles may', () => {
  const forbidden: Sights = { toolkit: { kind: 'forbidden' }, stack: { kind: 'forbidden' }, engine: { ok: true } };
  expect(hindrances(command('deploy'), forbidden)).toEqual([]);
  expect(announcement('destroy', SMALL, forbidden)[0]).toMatch(/may not see/);
});

test.each<[string, Verb, Partial<Sights>, RegExp]>([
  ['an account that is not bootstrapped', 'deploy', { toolkit: { kind: 'absent' } }, /no stack CDKToolkit.*npx cdk bootstrap/],
  ['no engine', 'deploy', { engine: { ok: false, program: 'docker', reason: 'ENOENT' } }, /docker does not answer \(ENOENT\).*CDK_DOCKER/],
  ['a stack in motion', 'deploy', { stack: there('UPDATE_IN_PROGRESS') }, /UPDATE_IN_PROGRESS: wait/],
  ['no stack', 'destroy', { stack: { kind: 'absent' } }, /nothing to destroy/],
  ['a protected stack', 'destroy', { stack: there('CREATE_COMPLETE', true) }, /protected.*-c deletionProtection=false first/],
  ['no credentials', 'deploy', { toolkit: { kind: 'unasked', code: 'NO_CREDENTIALS', reason: '' } }, /no AWS credentials/],
  [
    'old credentials',
    'deploy',
    { toolkit: { kind: 'unasked', code: 'REFUSED_CREDENTIALS', reason: 'ExpiredToken' } },
    /\(ExpiredToken\): sign in/,
  ],
  ['no Region', 'deploy', { toolkit: { kind: 'unasked', code: 'NO_REGION', reason: '' } }, /no AWS Region.*--region/],
  ['no network', 'destroy', { toolkit: { kind: 'unasked', code: 'FAILED', reason: 'ENOTFOUND' } }, /does not answer \(ENOTFOUND\)/],
])('%s is in the way of %s', (_, verb, sights, message) => {
  expect(hindrances(command(verb), { ...READY, ...sights })).toEqual([expect.stringMatching(message)]);
});

test('a protected stack may be deployed, and is told of as kept', () => {
  expect(hindrances(command('deploy'), { ...READY, stack: there('CREATE_COMPLETE', true) })).toEqual([]);
  const lines = announcement('deploy', PRODUCTION, READY).join('\n');
  expect(lines).toMatch(/account 111122223333, eu-west-1; stack Todobackend, UPDATE_COMPLETE/);
  expect(lines).toMatch(/2 to 8 hosts t3\.medium, 2 to 12 tasks, MySQL db\.t4g\.medium with 50 GiB and a standby/);
  expect(lines).toMatch(/kept: .*protected from deletion until deployed with -c deletionProtection=false/);
  expect(announcement('deploy', SMALL, { ...READY, stack: { kind: 'absent' } }).join('\n')).toMatch(
    /which is new\n.*\n.*\nkept: nothing is protected/,
  );
});

test('a deletion says what is lost and what is left', () => {
  const lines = announcement('destroy', SMALL, READY).join('\n');
  expect(lines).toMatch(/every todo/);
  expect(lines).toMatch(/last snapshot.*backups for 1 day/);
});
