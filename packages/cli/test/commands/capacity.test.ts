import { capacityAnswer } from '../helpers/answers.js';
import { runProgram } from '../helpers/program.js';
import { described, event, type HostNumbers, hostArn, oldHostArn, record, taskEvent } from '../helpers/records.js';
import { temporaryFiles } from '../helpers/temporary-files.js';

const files = temporaryFiles();
const A: HostNumbers = { id: 'a', version: 4 };
const B: HostNumbers = { id: 'b', cpu: 774, memory: 593, version: 7 };
const JSON_ARGS = ['--task-size', 'web=250:400', '--json'] as const;

const onStdin = (stdin: string, ...more: string[]) => runProgram(['capacity', '--snapshot', '-', ...JSON_ARGS, ...more], { stdin });
const lines = (...values: unknown[]): string => values.map((value) => JSON.stringify(value)).join('\n');

describe('forms of a FILE', () => {
  it.each([
    ['what describe-container-instances prints', JSON.stringify(described([A, B]), undefined, 4)],
    ['two of them, one after another', JSON.stringify(described([A])) + JSON.stringify(described([B]), undefined, 2)],
    ['an array of them', JSON.stringify([described([A]), described([B])])],
    ['a bare array of records', JSON.stringify([record(A), record(B)])],
    ['one record after another', lines(record(A), record(B))],
    ['outputs for one host each', lines({ containerInstance: record(A) }, { containerInstance: record(B) })],
    ['an array of events', JSON.stringify([event(A), event(B)])],
    ['one event a line', `${lines(event(A), event(B))}\n`],
    ['events printed over several lines', [event(A), event(B)].map((one) => JSON.stringify(one, undefined, 2)).join('\n')],
    ['records and events together', lines(described([A]), event(B))],
    ['a byte order mark before it', `\ufeff${JSON.stringify(described([A, B]))}`],
    ['carriage returns', lines(event(A), event(B)).replaceAll('\n', '\r\n')],
  ])('reads %s', async (_, text) => {
    const ran = await onStdin(text);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(capacityAnswer(ran)).toMatchObject({
      cluster: 'demo',
      hosts: { registered: 2, eligible: 2 },
      containerCapacity: 3,
      idleHostCapacity: 1.5,
    });
  });

  it('reads one event', async () => {
    expect(capacityAnswer(await onStdin(JSON.stringify(event(B))))).toMatchObject({ cluster: 'demo', containerCapacity: 1 });
  });

  it.each([
    ['an empty description', '{"containerInstances": [], "failures": []}'],
    ['an empty array', '[]'],
  ])('counts no host in %s', async (_, text) => {
    expect(capacityAnswer(await onStdin(text))).toMatchObject({
      cluster: null,
      hosts: { registered: 0, eligible: 0 },
      containerCapacity: 0,
    });
  });

  it('reads several files and standard input together', async () => {
    const first = files.write(JSON.stringify(described([A])));
    const ran = await runProgram(['capacity', '--snapshot', first, '--snapshot', '-', ...JSON_ARGS], {
      stdin: JSON.stringify(described([B])),
    });
    expect(capacityAnswer(ran)).toMatchObject({ hosts: { registered: 2 }, containerCapacity: 3 });
  });

  it('takes the greater version of two records of a host, in either order', async () => {
    const older = record({ ...A, version: 1 });
    const newer = record({ ...A, version: 2, cpu: 24, memory: 193 });
    for (const text of [lines(older, newer), lines(newer, older)]) {
      expect(capacityAnswer(await onStdin(text))).toMatchObject({ hosts: { registered: 1 }, containerCapacity: 0 });
    }
  });

  it('leaves out draining and disconnected hosts, and forgets inactive ones', async () => {
    const text = lines(
      record(A),
      record({ id: 'draining', status: 'DRAINING' }),
      record({ id: 'silent', agentConnected: false }),
      record({ id: 'gone', status: 'INACTIVE' }),
    );
    expect(capacityAnswer(await onStdin(text))).toMatchObject({ hosts: { registered: 3, eligible: 1 }, containerCapacity: 2 });
  });

  it.each(['ACCESS_DENIED', 'INACTIVE', 'missing'])('refuses a description that lacks a host because of %s', async (reason) => {
    const lost = hostArn({ id: 'lost' });
    const gone = { arn: hostArn({ id: 'gone' }), reason: 'MISSING' };
    const stdin = JSON.stringify(described([A], [gone, { arn: lost, reason }]));
    expect(await runProgram(['capacity', '--snapshot', '-', '--task-size', 'web=250:400', '--json'], { stdin })).toEqual({
      status: 2,
      stdout: '',
      stderr: `plimsoll: standard input: host ${lost} was not described (${reason}), so what it holds is unknown: describe it again, with permission for ecs:DescribeContainerInstances\n`,
    });
  });

  it('says which hosts could not be described', async () => {
    const text = JSON.stringify(described([A], [{ arn: hostArn({ id: 'lost' }), reason: 'MISSING' }]));
    const ran = await onStdin(text);
    expect(ran.status).toBe(0);
    expect(ran.stderr).toBe(`plimsoll: standard input: host ${hostArn({ id: 'lost' })} MISSING: not counted\n`);
  });

  it('reads files put one behind the other, each with its byte order mark', async () => {
    const text = [A, { id: 'next' }].map((host) => `\ufeff${JSON.stringify(described([host]), undefined, 2)}\r\n`).join('');
    const ran = await onStdin(text);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(capacityAnswer(ran)).toMatchObject({ hosts: { registered: 2 } });
  });

  it('skips events about something else, and says so', async () => {
    const ran = await onStdin(lines(event(A), taskEvent(), taskEvent()));
    expect(capacityAnswer(ran).containerCapacity).toBe(2);
    expect(ran.stderr).toBe('plimsoll: standard input: skipped events about something other than hosts (2 × ECS Task State Change)\n');
  });
});

describe('the cluster', () => {
  it('has no name where only old-format ARNs tell', async () => {
    const old = { ...record(A), containerInstanceArn: oldHostArn('a') };
    expect(capacityAnswer(await onStdin(JSON.stringify([old]))).cluster).toBeNull();
  });

  it('is named by an event even where the ARN of the host is old', async () => {
    const one = event(A);
    const old = { ...one, detail: { ...(one.detail as object), containerInstanceArn: oldHostArn('a') } };
    expect(capacityAnswer(await onStdin(JSON.stringify(old))).cluster).toBe('demo');
  });

  it('must be one', async () => {
    const ran = await onStdin(lines(record(A), record({ id: 'c', cluster: 'other' })));
    expect(ran).toEqual({
      status: 2,
      stdout: '',
      stderr: 'plimsoll: the input holds hosts of 2 clusters, demo and other: give one cluster at a time\n',
    });
  });

  it('must be one even where two regions have one of that name', async () => {
    const elsewhere = { ...record(B), containerInstanceArn: hostArn(B).replace('us-east-1', 'eu-west-1') };
    const ran = await onStdin(lines(record(A), elsewhere));
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain('arn:aws:ecs:us-east-1:111122223333:cluster/demo and arn:aws:ecs:eu-west-1:111122223333:cluster/demo');
  });
});

describe('several sizes', () => {
  const stdin = JSON.stringify(described([{ id: 'a', tcp: [8080], udp: [53], gpus: 2 }, { id: 'b' }]));

  it('come in the order asked; the cluster has the least of them', async () => {
    const sizes = ['web=250:400,tcp=8080', 'dns=10:10,udp=53', 'small=10:10', 'train=0:0,gpu=1', 'free=0:331'].flatMap((spec) => [
      '--task-size',
      spec,
    ]);
    const ran = await runProgram(['capacity', '--snapshot', '-', ...sizes, '--json'], { stdin });
    const answer = capacityAnswer(ran);
    expect(answer).toMatchObject({ containerCapacity: 1 });
    expect(answer.taskSizes.map(({ name, containerCapacity, binding }) => [name, containerCapacity, binding])).toEqual([
      ['web', 1, 'PORTS'],
      ['dns', 1, 'PORTS_UDP'],
      ['small', 198, 'MEMORY'],
      ['train', 2, 'GPU'],
      ['free', 6, 'MEMORY'],
    ]);
  });

  it('keeps the documented order of keys', async () => {
    const ran = await runProgram(['capacity', '--snapshot', '-', '--task-size', 'web=250:400', '--json'], { stdin });
    expect(Object.keys(JSON.parse(ran.stdout))).toEqual([
      'cluster',
      'method',
      'hosts',
      'containerCapacity',
      'idleHostCapacity',
      'taskSizes',
    ]);
    expect(Object.keys(JSON.parse(ran.stdout).taskSizes[0])).toEqual([
      'name',
      'containerCapacity',
      'idleHostCapacity',
      'binding',
      'precision',
      'notes',
    ]);
  });

  it('notes what the pooled formula leaves out', async () => {
    const ran = await runProgram(
      ['capacity', '--snapshot', '-', '--task-size', 'web=250:400,tcp=8080,gpu=1', '--method', 'pooled', '--json'],
      { stdin },
    );
    expect(capacityAnswer(ran).taskSizes[0]?.notes).toContainEqual('the pooled formula leaves out GPU, PORTS');
  });

  it('prints numbers in full in JSON', async () => {
    const third = JSON.stringify(described([{ id: 'a', cpu: 700, registeredCpu: 2100 }]));
    const ran = await runProgram(['capacity', '--snapshot', '-', '--task-size', 'x=700:0', '--json'], { stdin: third });
    expect(ran.stdout).toContain(`"idleHostCapacity": ${1 / 3}`);
  });
});

describe('--require', () => {
  const stdin = JSON.stringify(described([A]));

  it.each([
    ['0', 0],
    ['2', 0],
    ['3', 1],
  ])('%s ends with status %d', async (required, status) => {
    const ran = await onStdin(stdin, '--require', required);
    expect(ran.status).toBe(status);
    expect(capacityAnswer(ran).containerCapacity).toBe(2);
    expect(ran.stderr).toBe(status === 0 ? '' : 'plimsoll: container capacity 2 is below the 3 required\n');
  });

  it('tells where it is met by an upper bound, which the count may be below', async () => {
    const doubt = 'plimsoll: container capacity may be below the 1 required: that of web is an upper bound, see its notes\n';
    expect(await onStdin(stdin, '--method', 'pooled', '--require', '1')).toMatchObject({ status: 0, stderr: doubt });
    expect(await onStdin(stdin, '--method', 'pooled', '--require', '0')).toMatchObject({ status: 0, stderr: '' });
  });
});
