import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { capacityAnswer, replayAnswers } from './helpers/answers.js';
import { described, event } from './helpers/records.js';
import { collect, DUMMY_AWS, PROGRAM, spawnProgram, startProgram } from './helpers/spawn-program.js';
import { temporaryFiles } from './helpers/temporary-files.js';

const files = temporaryFiles();
const HOSTS = JSON.stringify(described([{ id: 'a' }]));
const SIZE = ['--task-size', 'web=250:400'];

describe('the program as a process', () => {
  it('answers from standard input', async () => {
    const ran = await spawnProgram(['capacity', '--snapshot', '-', ...SIZE, '--json'], { stdin: HOSTS });
    expect(ran).toMatchObject({ status: 0, signal: null, stderr: '' });
    expect(capacityAnswer(ran).containerCapacity).toBe(2);
  });

  it('answers from a file', async () => {
    const ran = await spawnProgram(['capacity', '--snapshot', files.write(HOSTS), ...SIZE, '--json']);
    expect(capacityAnswer(ran).containerCapacity).toBe(2);
  });

  it.each<[number, readonly string[]]>([
    [0, ['--version']],
    [0, ['capacity', '--snapshot', '-', ...SIZE, '--require', '2']],
    [1, ['capacity', '--snapshot', '-', ...SIZE, '--require', '3']],
    [2, ['capacity', '--snapshot', '-']],
    [2, ['capacity', '--snapshot', '/nonexistent/hosts.json', ...SIZE]],
    [2, ['capacity', '--cluster', 'demo', ...SIZE]],
    [3, ['capacity', '--cluster', 'demo', '--region', 'us-east-1', '--endpoint-url', 'http://127.0.0.1:1', ...SIZE]],
  ])('ends with status %d after %j', async (status, argv) => {
    const ran = await spawnProgram(argv, { stdin: HOSTS });
    expect(ran.status).toBe(status);
    if (status > 1) expect(ran).toMatchObject({ stdout: '', stderr: expect.stringMatching(/^plimsoll: [^\n]+\n$/) });
  });

  it('is quiet when the reader of its output goes away', async () => {
    const child = startProgram(['replay', '--events', '-', ...SIZE]);
    const stderr = collect(child.stderr);
    child.stdin?.on('error', () => undefined);
    const feed = (): void => {
      for (let version = 1; version < 3_000; version += 1) child.stdin?.write(`${JSON.stringify(event({ id: 'a', version }))}\n`);
    };
    child.stdout?.once('data', () => child.stdout?.destroy());
    feed();
    const [status, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    expect({ status, signal, stderr: stderr() }).toEqual({ status: 0, signal: null, stderr: '' });
  });

  (existsSync('/dev/full') ? it : it.skip)('says that the disk is full', () => {
    const ran = spawnSync(process.execPath, [PROGRAM, 'capacity', '--snapshot', '-', ...SIZE], {
      input: HOSTS,
      env: { ...DUMMY_AWS },
      stdio: ['pipe', openSync('/dev/full', 'w'), 'pipe'],
    });
    expect(ran.status).toBe(3);
    expect(ran.stderr.toString()).toMatch(/^plimsoll: cannot write the answer: ENOSPC[^\n]*\n$/);
  });

  it('prints each event as it comes, not at the end', async () => {
    const child = startProgram(['replay', '--events', '-', ...SIZE, '--json']);
    child.stdin?.write(`${JSON.stringify(event({ id: 'a', version: 1 }))}\n`);
    const [first] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    expect(replayAnswers({ status: 0, stdout: first.toString(), stderr: '' })[0]?.event).toBe(1);
    child.stdin?.end();
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('dies by an interrupt, as other programs do', async () => {
    const child = startProgram(['replay', '--events', '-', ...SIZE]);
    child.stdin?.write(`${JSON.stringify(event({ id: 'a' }))}\n`);
    await once(child.stdout ?? child, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
  });

  it('says what to do where it is not compiled', () => {
    mkdirSync(files.path('bin'));
    const copy = join(files.path('bin'), 'plimsoll.js');
    copyFileSync(PROGRAM, copy);
    const ran = spawnSync(process.execPath, [copy, '--version'], { env: { ...DUMMY_AWS } });
    expect(ran.status).toBe(3);
    expect(ran.stderr.toString()).toMatch(/^plimsoll: not compiled, [^\n]+ is missing: run `npx tsc --build` in the package first\n$/);
  });
});
