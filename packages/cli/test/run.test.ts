import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { run } from '../src/run.js';
import { runProgram } from './helpers/program.js';
import { described, event } from './helpers/records.js';

const HOSTS = JSON.stringify(described([{ id: 'a' }]));
const CAPACITY = ['capacity', '--snapshot', '-', '--task-size', 'web=250:400'];

describe('help and version', () => {
  it('prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };
    for (const flag of ['--version', '-V']) expect(await runProgram([flag])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([
    [['--help'], ['capacity', 'replay', 'local', 'Examples:', 'Exit status:']],
    [
      ['help', 'capacity'],
      ['--snapshot <FILE>', '--require <N>', 'Examples:'],
    ],
    [
      ['capacity', '--help'],
      ['--snapshot <FILE>', '--reference-host <ARN>', 'Examples:'],
    ],
    [
      ['replay', '-h'],
      ['--events <FILE>', 'tail -f', 'Exit status:'],
    ],
    [
      ['local', '--help'],
      ['--port <PORT>', 'aws --endpoint-url', 'Exit status:'],
    ],
  ])('%j prints help with examples', async (argv, parts) => {
    const ran = await runProgram(argv);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    for (const part of parts) expect(ran.stdout).toContain(part);
  });
});

describe('a terminal', () => {
  it('changes the character of bars only', async () => {
    const plain = await runProgram(CAPACITY, { stdin: HOSTS });
    const terminal = await runProgram(CAPACITY, { stdin: HOSTS, isTTY: true });
    expect(terminal.stdout).not.toBe(plain.stdout);
    expect(terminal.stdout.replaceAll('█', '#')).toBe(plain.stdout);
  });

  it('changes nothing in JSON', async () => {
    const plain = await runProgram([...CAPACITY, '--json'], { stdin: HOSTS });
    expect(await runProgram([...CAPACITY, '--json'], { stdin: HOSTS, isTTY: true })).toEqual(plain);
  });
});

describe('streams that fail', () => {
  const ended = (code: string): Writable =>
    new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new RangeError(`write ${code}`), { code })),
    });
  const runInto = async (stdout: Writable, argv: readonly string[], stdin: Readable): Promise<{ status: number; stderr: string }> => {
    const stderr = new PassThrough();
    const status = await run(argv, { stdin, stdout, stderr, env: {}, signal: new AbortController().signal });
    return { status, stderr: String(stderr.read() ?? '') };
  };

  it('a pipe closed by its reader is no error, and the answer still gives the status', async () => {
    const argv = [...CAPACITY, '--require', '5'];
    expect((await runInto(ended('EPIPE'), argv, Readable.from([Buffer.from(HOSTS)]))).status).toBe(1);
  });

  it('replay stops reading once nobody reads it', async () => {
    let read = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          read += 1;
          yield Buffer.from(`${JSON.stringify(event({ id: 'a', version: read }))}\n`);
        }
      })(),
    );
    const argv = ['replay', '--events', '-', '--task-size', 'web=250:400'];
    expect(await runInto(ended('EPIPE'), argv, endless)).toEqual({ status: 0, stderr: '' });
    expect(endless.destroyed).toBe(true);
  });

  it('a full disk is a fault', async () => {
    expect(await runInto(ended('ENOSPC'), CAPACITY, Readable.from([Buffer.from(HOSTS)]))).toEqual({
      status: 3,
      stderr: 'plimsoll: cannot write the answer: write ENOSPC\n',
    });
  });

  it('a full disk is a fault for help too', async () => {
    expect(await runInto(ended('ENOSPC'), ['--help'], Readable.from([]))).toMatchObject({ status: 3 });
  });

  it('a standard error that fails changes nothing', async () => {
    const status = await run(['nonsense'], {
      stdin: Readable.from([]),
      stdout: new PassThrough(),
      stderr: ended('ENOSPC'),
      env: {},
      signal: new AbortController().signal,
    });
    expect(status).toBe(2);
  });

  it('a slow reader is waited for', async () => {
    const waiting: Array<() => void> = [];
    let inFlight = 0;
    let most = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        waiting.push(() => {
          inFlight -= 1;
          done();
        });
        setImmediate(() => waiting.shift()?.());
      },
    });
    const events = Array.from({ length: 50 }, (_, index) => JSON.stringify(event({ id: 'a', version: index }))).join('\n');
    const argv = ['replay', '--events', '-', '--task-size', 'web=250:400'];
    expect((await runInto(slow, argv, Readable.from([Buffer.from(events)]))).status).toBe(0);
    expect(most).toBe(1);
    expect(slow.writableLength).toBe(0);
  });
});

describe('control characters in the input', () => {
  const evil = event({ id: 'a\u001b[2Jb\n', cluster: 'de\u001b[31mmo' });

  it('do not reach the terminal with an answer', async () => {
    for (const argv of [CAPACITY, ['replay', '--events', '-', '--task-size', 'web=250:400']]) {
      const ran = await runProgram(argv, { stdin: JSON.stringify(evil) });
      expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('de [31mmo') });
      expect(ran.stdout).not.toContain('\u001b');
    }
  });

  it('do not reach the terminal with a warning, which stays one line', async () => {
    const broken = { ...(evil.detail as object), status: 7 };
    const ran = await runProgram(CAPACITY, { stdin: JSON.stringify([broken]) });
    expect(ran.stderr).toMatch(/^plimsoll: standard input: record 1: container instance \P{Cc}*status is a number\P{Cc}*\n$/u);
  });
});

describe('a bug', () => {
  const broken = (): Writable & { isTTY?: boolean } =>
    Object.defineProperty(new PassThrough(), 'write', {
      value: () => {
        throw new RangeError('all is lost');
      },
    });

  it.each([
    [{}, /^plimsoll: this is a bug in plimsoll, please report it: RangeError: all is lost\n$/],
    [{ PLIMSOLL_DEBUG: '1' }, /^plimsoll: this is a bug .*\nplimsoll: RangeError: all is lost\n {4}at /],
  ])('is one line and status 3, with a stack trace only on demand: %j', async (env, expected) => {
    const stderr = new PassThrough();
    const stdin = Readable.from([Buffer.from(HOSTS)]);
    const status = await run(CAPACITY, { stdin, stdout: broken(), stderr, env, signal: new AbortController().signal });
    expect(status).toBe(3);
    expect(String(stderr.read())).toMatch(expected);
  });
});
