import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { capacityAnswer } from '../helpers/answers.js';
import { runProgram } from '../helpers/program.js';
import { described, event, hostArn, record } from '../helpers/records.js';
import { spawnProgram } from '../helpers/spawn-program.js';
import { temporaryFiles } from '../helpers/temporary-files.js';

const files = temporaryFiles();
const good = files.write(JSON.stringify(described([{ id: 'a' }])));
const EXPECTED = 'give what `aws ecs describe-container-instances` prints, or ECS Container Instance State Change events';

const capacity = (...more: string[]): readonly string[] => ['capacity', '--snapshot', good, ...more];
const sized = (...more: string[]): readonly string[] => capacity('--task-size', 'web=250:400', ...more);

describe('a wrong command line is one line and status 2', () => {
  it.each<[readonly string[], string]>([
    [[], 'no command is given, or an unknown one: see plimsoll --help'],
    [['capcity'], "unknown command 'capcity' (Did you mean capacity?)"],
    [['help', 'nothing'], 'no command is given, or an unknown one: see plimsoll --help'],
    [['nothing'], "unknown command 'nothing': see plimsoll --help"],
    [['--nonsense'], "unknown option '--nonsense': see plimsoll --help"],
    [capacity(), 'no task size is given: give --task-size NAME=CPU:MEMORY'],
    [capacity('--foo'), "unknown option '--foo': see plimsoll capacity --help"],
    [sized('--drainable=yes'), "unknown option '--drainable=yes': see plimsoll capacity --help"],
    [capacity('--task-sise', 'web=1:1'), "unknown option '--task-sise' (Did you mean --task-size?)"],
    [['capacity', '--snapshot', '', '--task-size', 'a=1:1'], 'cannot read "": the name is empty: name a file, or - for standard input'],
    [['capacity', '--task-size', 'a=1:1'], 'no hosts to count: give --snapshot FILE or --cluster NAME'],
    [['capacity', '--snapshot'], "option '--snapshot <FILE>' argument missing: write its value behind it"],
    [sized('--cluster', 'demo'), '--snapshot and --cluster exclude each other: give one of them'],
    [sized('--region', 'us-east-1'), '--region has no use with --snapshot: leave it out'],
    [sized('--endpoint-url', 'http://127.0.0.1:1'), '--endpoint-url has no use with --snapshot: leave it out'],
    [sized('--jsno'), "unknown option '--jsno' (Did you mean --json?)"],
    [sized('more'), '"more" belongs to no option: leave it out, or see plimsoll capacity --help'],
    [sized('--snapshot', good), `${good} is given twice: name each file once`],
    [['capacity', '--snapshot', '-', '--snapshot', '-', '--task-size', 'a=1:1'], 'standard input is given twice: name each file once'],
    [sized('--require', '-1'), "option '--require <N>' argument '-1' is invalid. Write a whole number, 0 or more."],
    [sized('--require', '1.5'), "option '--require <N>' argument '1.5' is invalid. Write a whole number, 0 or more."],
    [sized('--require', '1e3'), "option '--require <N>' argument '1e3' is invalid. Write a whole number, 0 or more."],
    [sized('--require', '1', '--require', '2'), "option '--require <N>' argument '2' is invalid. It is given twice: give it once."],
    [sized('--method', 'guess'), "option '--method <METHOD>' argument 'guess' is invalid. Write exact or pooled."],
    [
      sized('--reference-host', hostArn({ id: 'a' })),
      '--reference-host has no use with the exact method: add --method pooled, or leave it out',
    ],
    [
      sized('--method', 'pooled', '--reference-host', 'arn:nobody'),
      'reference host arn:nobody is not among the 1 hosts given: name one of them',
    ],
    [
      capacity('--task-size', 'gpu=0:0,gpu=1', '--method', 'pooled'),
      'task size gpu asks for neither CPU nor memory, all that the pooled method counts: use the exact method',
    ],
    [capacity('--task-size', 'web=250'), 'task size "web=250": memory is missing: write NAME=CPU:MEMORY'],
    [sized('--task-size', 'web=1:1'), 'task sizes "web=250:400" and "web=1:1" share the name web: give each a name of its own'],
    [['capacity', '--cluster', '', '--task-size', 'a=1:1'], "option '--cluster <NAME>' argument '' is invalid. It is empty: give a value."],
    [
      ['capacity', '--cluster', 'demo', '--endpoint-url', 'ftp://x', '--task-size', 'a=1:1'],
      "option '--endpoint-url <URL>' argument 'ftp://x' is invalid. Write a URL such as http://127.0.0.1:4510.",
    ],
    [['replay', '--task-size', 'a=1:1'], 'no events to replay: give --events FILE'],
    [['replay', '--events', 'x'], 'no task size is given: give --task-size NAME=CPU:MEMORY'],
    [['replay', '--foo'], "unknown option '--foo': see plimsoll replay --help"],
    [
      ['replay', '--events', 'x', '--events', 'y', '--task-size', 'a=1:1'],
      "option '--events <FILE>' argument 'y' is invalid. It is given twice: give it once.",
    ],
    [['replay', '--events', 'x', '--task-size', 'a=1'], 'task size "a=1": memory is missing: write NAME=CPU:MEMORY'],
    [['local', '--port', '70000'], "option '--port <PORT>' argument '70000' is invalid. Write a port, 0 to 65535."],
  ])('%j', async (argv, message) => {
    expect(await runProgram(argv)).toEqual({ status: 2, stdout: '', stderr: `plimsoll: ${message}\n` });
  });
});

describe('a file that cannot be used is one line with its name and status 2', () => {
  const missing = files.path('missing.json');
  const folder = files.path('.');

  it.each([
    [missing, `cannot read ${missing}: there is no such file`],
    [folder, `cannot read ${folder}: it is a folder: name a file`],
  ])('%s', async (file, message) => {
    const expected = { status: 2, stdout: '', stderr: `plimsoll: ${message}\n` };
    expect(await runProgram(['capacity', '--snapshot', file, '--task-size', 'a=1:1'])).toEqual(expected);
    expect(await runProgram(['replay', '--events', file, '--task-size', 'a=1:1'])).toEqual(expected);
  });

  it.each([
    ['', ' is empty: give what `aws ecs describe-container-instances` prints'],
    [' \n\n', ' is empty: give what `aws ecs describe-container-instances` prints'],
    ['{"containerInstances": [', ':1:25: the JSON ends within a value: the input is cut off'],
    ['{\n  "containerInstances": [}\n', ':2:26: unexpected "}": write JSON'],
    ['{\n  "a": 1,\n}', ':3:1: unexpected "}": write JSON'],
    ["{'a': 1}", ':1:2: unexpected "\'": write JSON'],
    ['{"a": NaN}', ':1:7: unexpected "N": write JSON'],
    ['{"é": 1, "b" 2}', ':1:14: unexpected "2": write JSON'],
    ['Unable to locate credentials', ':1:1: unexpected "U": write JSON'],
    ['{"containerInstances": []} ]', ':1:28: unexpected "]": write JSON'],
    ['7', `:1: this is a number: ${EXPECTED}`],
    ['\n\nnull', `:3: this is null: ${EXPECTED}`],
    ['{}', `:1: this is an object with no fields: ${EXPECTED}`],
    ['{"a":1,"b":2,"c":3,"d":4}', `:1: this is an object with a, b, c, …: ${EXPECTED}`],
    ['{"containerInstanceArns":["arn:x"]}', `:1: this is what \`aws ecs list-container-instances\` prints: ${EXPECTED}`],
    ['{"tasks":[],"failures":[]}', `:1: this is what \`aws ecs describe-tasks\` prints: ${EXPECTED}`],
    ['[[]]', `:1: item 1 of the array: this is an array: ${EXPECTED}`],
    ['["arn:x"]', `:1: item 1 of the array: this is a string: ${EXPECTED}`],
    [
      JSON.stringify({ 'detail-type': 'ECS Task State Change', detail: {} }),
      ' holds only events about something other than hosts (1 × ECS Task State Change): give ECS Container Instance State Change events',
    ],
  ])('%j', async (text, message) => {
    const file = files.write(text);
    const ran = await runProgram(['capacity', '--snapshot', file, '--task-size', 'a=1:1', '--json']);
    expect(ran).toEqual({ status: 2, stdout: '', stderr: `plimsoll: ${file}${message}\n` });
  });

  const hosts = '{"containerInstances":[]}\n{"containerInstances":[]}\n';
  const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

  it.each<[string, Uint8Array]>([
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${hosts}`, 'utf16le')],
    ['UTF-16 without', Buffer.from(hosts, 'utf16le')],
    ['UTF-16, big-endian, with a byte order mark', bigEndian(`\ufeff${hosts}`)],
    ['UTF-16, big-endian, without', bigEndian(hosts)],
  ])('%s', async (_, bytes) => {
    const file = files.write(bytes);
    const line = `plimsoll: ${file}:1:1: not UTF-8 text: save it as UTF-8\n`;
    expect(await runProgram(['capacity', '--snapshot', file, '--task-size', 'a=1:1'])).toEqual({ status: 2, stdout: '', stderr: line });
    expect(await runProgram(['replay', '--events', file, '--task-size', 'a=1:1'])).toEqual({
      status: 2,
      stdout: '',
      stderr: `${line}plimsoll: 1 event, 0 applied, 0 stale or duplicate, 1 unreadable\n`,
    });
  });

  it('Latin-1', async () => {
    const file = files.write(Buffer.from('{"clé": "café au lait"}', 'latin1'));
    const ran = await runProgram(['capacity', '--snapshot', file, '--task-size', 'a=1:1']);
    expect(ran).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^[^\n]+ not UTF-8 text: save it as UTF-8\n$/) });
  });

  it('a file of a byte order mark only', async () => {
    const file = files.write('\ufeff');
    const ran = await runProgram(['capacity', '--snapshot', file, '--task-size', 'a=1:1']);
    expect(ran).toMatchObject({
      status: 2,
      stderr: `plimsoll: ${file} is empty: give what \`aws ecs describe-container-instances\` prints\n`,
    });
  });
});

describe('a file that only looks odd is read', () => {
  const pretty = JSON.stringify(described([{ id: 'a' }]), undefined, 2);

  it.each([
    ['a byte order mark', `\ufeff${pretty}`],
    ['carriage returns', pretty.replaceAll('\n', '\r\n')],
    ['both', `\ufeff${pretty.replaceAll('\n', '\r\n')}\r\n`],
  ])('%s', async (_, text) => {
    const ran = await runProgram(['capacity', '--snapshot', files.write(text), '--task-size', 'web=250:400', '--json']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(capacityAnswer(ran).containerCapacity).toBe(2);
  });

  (process.platform === 'win32' ? it.skip : it).each([
    ['a named pipe', pretty, { status: 0, stderr: '' }],
    [
      'an empty named pipe',
      '',
      { status: 2, stderr: expect.stringMatching(/^plimsoll: \S+ is empty: give what `aws ecs describe-container-instances` prints\n$/) },
    ],
  ])('%s', async (name, text, expected) => {
    const pipe = files.path(`${name.replaceAll(' ', '-')}.json`);
    execFileSync('mkfifo', [pipe]);
    const [ran] = await Promise.all([
      spawnProgram(['capacity', '--snapshot', pipe, '--task-size', 'web=250:400', '--json']),
      writeFile(pipe, text),
    ]);
    expect(ran).toMatchObject(expected);
  });
});

describe('a record that cannot be counted names the host, the field and the value', () => {
  const withCpu = (value: unknown): Record<string, unknown> => {
    const one = record({ id: 'a' });
    return { ...one, remainingResources: [{ name: 'CPU', type: 'INTEGER', integerValue: value }] };
  };
  const without = (field: string): Record<string, unknown> => {
    const { [field]: _, ...rest } = record({ id: 'a' });
    return rest;
  };

  it.each<[unknown, string]>([
    [
      withCpu(-5),
      `container instance ${hostArn({ id: 'a' })}: remainingResources[CPU].integerValue is -5: expected a number, 0 to 2147483647`,
    ],
    [withCpu('5'), `container instance ${hostArn({ id: 'a' })}: remainingResources[CPU].integerValue is a string: expected a number`],
    [
      without('agentConnected'),
      `container instance ${hostArn({ id: 'a' })}: agentConnected is missing: give the whole record that ECS returned`,
    ],
    [
      without('remainingResources'),
      `container instance ${hostArn({ id: 'a' })}: remainingResources is missing: give the whole record that ECS returned`,
    ],
    [without('containerInstanceArn'), 'container instance: containerInstanceArn is missing: give the whole record that ECS returned'],
    [null, 'container instance: the record is null: expected a container instance'],
  ])('%j', async (broken, message) => {
    const file = files.write(JSON.stringify({ containerInstances: [record({ id: 'first' }), broken] }));
    const ran = await runProgram(['capacity', '--snapshot', file, '--task-size', 'a=1:1', '--json']);
    expect(ran).toEqual({ status: 2, stdout: '', stderr: `plimsoll: ${file}: record 2: ${message}\n` });
  });

  it('refuses a number too large for the machine', async () => {
    const text = JSON.stringify({ containerInstances: [withCpu(5)] }).replace('"integerValue":5', '"integerValue":1e999');
    const ran = await runProgram(['capacity', '--snapshot', '-', '--task-size', 'a=1:1'], { stdin: text });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain('remainingResources[CPU].integerValue is Infinity: expected a number, 0 to 2147483647');
  });

  it('refuses an event that lacks its cluster', async () => {
    const one = event({ id: 'a' });
    const { clusterArn: _, ...detail } = one.detail as Record<string, unknown>;
    const ran = await runProgram(['capacity', '--snapshot', '-', '--task-size', 'a=1:1'], { stdin: JSON.stringify({ ...one, detail }) });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toMatch(/^plimsoll: standard input:1: .*detail\.clusterArn.*\n$/);
  });

  it('is not misled by a key named __proto__', async () => {
    const text = `{"__proto__": ${JSON.stringify(described([{ id: 'a' }]))}}`;
    const ran = await runProgram(['capacity', '--snapshot', '-', '--task-size', 'a=1:1'], { stdin: text });
    expect(ran).toMatchObject({ status: 2, stderr: `plimsoll: standard input:1: this is an object with __proto__: ${EXPECTED}\n` });
  });
});
