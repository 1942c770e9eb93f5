import { cdkArguments, readCommandLine } from '../../src/command/command-line.js';

function argumentsOf(...argv: string[]) {
  const read = readCommandLine(argv);
  return read.ok ? cdkArguments(read.value, 'Todobackend') : read.error;
}

test('options are read, and go on to the CDK as they were given', () => {
  const options = ['-c', 'preset=production', '--context', 'domainName=a=b', '--profile', 'sea', '--region=eu-west-1', '--tags', 'x=y'];
  const read = readCommandLine(['deploy', ...options]);
  expect(read).toMatchObject({
    ok: true,
    value: { verb: 'deploy', profile: 'sea', region: 'eu-west-1', toolkitStackName: 'CDKToolkit', yes: false, cdkOptions: options },
  });
  expect(read.ok && [...read.value.context]).toEqual([
    ['preset', 'production'],
    ['domainName', 'a=b'],
  ]);
  expect(argumentsOf('deploy', ...options)).toEqual(['deploy', 'Todobackend', ...options]);
});

test('--yes is the commands’ own: a deployment asks for no approval, a deletion is asked for here', () => {
  expect(argumentsOf('deploy', '--yes', '-v')).toEqual(['deploy', 'Todobackend', '--require-approval', 'never', '-v']);
  expect(argumentsOf('destroy', '-y')).toEqual(['destroy', 'Todobackend', '--force']);
  expect(argumentsOf('destroy')).toEqual(['destroy', 'Todobackend', '--force']);
});

test('another bootstrap stack is looked for by its name', () => {
  expect(readCommandLine(['deploy', '--toolkit-stack-name', 'Harbour'])).toMatchObject({ value: { toolkitStackName: 'Harbour' } });
});

test.each([
  [[], 'USAGE', /the command is missing/],
  [['remove'], 'USAGE', /the command is remove: give deploy or destroy/],
  [['deploy', '-c', 'preset'], 'USAGE', /-c preset is no pair/],
  [['deploy', '--profile'], 'USAGE', /want a name each/],
  [['deploy', '--help'], 'HELP', /usage: npx projen deploy/],
])('%j is answered with %s', (argv, code, message) => {
  expect(argumentsOf(...argv)).toEqual({ code, message: expect.stringMatching(message) });
});
