import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startLambdaFunction } from '../../src/index.js';
import { cleanUp, functionOf, gone, isAlive, payloadOf, writeCode } from '../helpers/lambda-code.js';

jest.setTimeout(60_000);
afterEach(cleanUp);

/** Ends in whatever way the event names; else answers with the process. */
const CODE = `
  const { spawn } = require('node:child_process');
  exports.handler = async (how) => {
    console.log('pid ' + process.pid);
    if (how === 'hang') await new Promise((resolve) => setTimeout(resolve, 600_000));
    if (how === 'spin') for (;;) {}
    if (how === 'throw later') { setTimeout(() => { throw new TypeError('later'); }, 1); await new Promise((resolve) => setTimeout(resolve, 600_000)); }
    if (how === 'reject') { Promise.reject(new TypeError('unhandled')); await new Promise((resolve) => setTimeout(resolve, 600_000)); }
    if (how === 'kill') { process.kill(process.pid, 'SIGKILL'); await new Promise((resolve) => setTimeout(resolve, 600_000)); }
    if (how === 'exit after') setImmediate(() => process.exit(9));
    if (how === 'child') { const child = spawn('sleep', ['600'], { stdio: 'inherit' }); console.log('child ' + child.pid); for (;;) {} }
    if (how === 'orphan') { const child = spawn('sleep', ['600'], { stdio: 'ignore' }); console.log('child ' + child.pid); process.exit(1); }
    if (typeof how === 'number') process.exit(how);
    return process.pid;
  };`;

const pidIn = (logs: readonly string[], what = 'pid'): number => Number(logs.find((line) => line.startsWith(what))?.split(' ')[1]);

describe('an invocation that takes too long', () => {
  it.each(['hang', 'spin'])('is ended with its process, and the next has a new one: %s', async (how) => {
    const lambda = await functionOf(CODE, { timeoutSeconds: 1 });
    const first = payloadOf(await lambda.invoke({})) as number;
    const result = await lambda.invoke(how);
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'TIMED_OUT',
        errorType: 'Sandbox.Timedout',
        message: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
      },
    });
    expect(pidIn(result.logs)).toBe(first);
    expect(isAlive(first)).toBe(false);
    const next = await lambda.invoke({});
    expect(payloadOf(next)).not.toBe(first);
    expect(next).toHaveProperty('initDurationMs');
  });

  it('takes the processes it started with it', async () => {
    const lambda = await functionOf(CODE, { timeoutSeconds: 1 });
    const { logs } = await lambda.invoke('child');
    await gone(pidIn(logs, 'child'));
    expect(isAlive(pidIn(logs))).toBe(false);
  });
});

describe('a process that ends', () => {
  it.each([
    [1, 'Runtime exited with error: exit status 1'],
    [255, 'Runtime exited with error: exit status 255'],
    [0, 'Runtime exited without providing a reason'],
    ['kill', 'Runtime exited with error: signal: killed'],
  ])('during an invocation (%p): %s', async (how, message) => {
    const lambda = await functionOf(CODE);
    expect(await lambda.invoke(how)).toMatchObject({
      ok: false,
      error: { code: 'EXITED', errorType: 'Runtime.ExitError', message: expect.stringContaining(`Error: ${message}`) },
    });
    expect(await lambda.invoke({})).toMatchObject({ ok: true, initDurationMs: expect.any(Number) });
  });

  it.each([
    ['throw later', 'TypeError', 'later'],
    ['reject', 'Runtime.UnhandledPromiseRejection', 'TypeError: unhandled'],
  ])('over an error nothing catches reports it: %s', async (how, errorType, message) => {
    const lambda = await functionOf(CODE);
    const result = await lambda.invoke(how);
    expect(result).toMatchObject({ ok: false, error: { code: 'FUNCTION_ERROR', errorType, message } });
    const next = await lambda.invoke({});
    expect(payloadOf(next)).not.toBe(pidIn(result.logs));
    expect(next).toHaveProperty('initDurationMs');
  });

  it('takes the processes it started with it', async () => {
    const { logs } = await (await functionOf(CODE)).invoke('orphan');
    await gone(pidIn(logs, 'child'));
    expect(pidIn(logs, 'child')).toBeGreaterThan(0);
  });

  it('after its answer fails no invocation', async () => {
    const lambda = await functionOf(CODE);
    const pids = [];
    for (let round = 0; round < 5; round += 1) pids.push(payloadOf(await lambda.invoke('exit after')));
    expect(new Set(pids).size).toBe(5);
  });
});

describe('close', () => {
  it('ends an idle process', async () => {
    const lambda = await functionOf(CODE);
    const pid = payloadOf(await lambda.invoke({})) as number;
    await Promise.all([lambda.close(), lambda.close()]);
    expect(isAlive(pid)).toBe(false);
    await expect(lambda.invoke({})).rejects.toMatchObject({ code: 'LAMBDA_CLOSED' });
  });

  it('ends an invocation under way and refuses those that wait', async () => {
    const began = new EventEmitter();
    const lambda = await functionOf(CODE, { onLog: (line) => began.emit('line', line) });
    const line = once(began, 'line');
    const running = lambda.invoke('spin');
    const waiting = expect(lambda.invoke({})).rejects.toMatchObject({ code: 'LAMBDA_CLOSED' });
    const pid = pidIn(await line);
    await lambda.close();
    expect(isAlive(pid)).toBe(false);
    expect(await running).toMatchObject({ ok: false, error: { code: 'EXITED', message: expect.stringContaining('signal: killed') } });
    await waiting;
  });

  it('ends a process that is being started', async () => {
    const lambda = await functionOf('for (;;) {}');
    const running = lambda.invoke({});
    await lambda.close();
    expect(await running.catch(({ code }) => ({ ok: false, error: { code } }))).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/INIT_FAILED|LAMBDA_CLOSED/) },
    });
  });

  it('of a function never invoked has nothing to end', async () => {
    const lambda = await startLambdaFunction({ codePath: await writeCode('for (;;) {}') });
    await expect(lambda.close()).resolves.toBeUndefined();
  });
});

describe('when the process that started the function', () => {
  const LIBRARY = join(__dirname, '..', '..', 'lib', 'index.js');

  /** Starts a process that invokes a function and stays; answers it and the process of the function. */
  async function startParent(
    event: string,
    then: string,
  ): Promise<{ readonly kill: (signal: NodeJS.Signals) => void; readonly pid: number }> {
    const script = `
      const { startLambdaFunction } = require(${JSON.stringify(LIBRARY)});
      (async () => {
        const options = { codePath: ${JSON.stringify(await writeCode(CODE))}, timeoutSeconds: 900, onLog: (line) => { console.log(line); ${then} } };
        const lambda = await startLambdaFunction(options);
        await lambda.invoke(${JSON.stringify(event)});
      })();`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => createInterface(parent.stdout).once('line', (line) => resolve(pidIn([line]))));
    return { kill: (signal) => parent.kill(signal), pid };
  }

  it.each(['hang', 'spin', 'idle'])('is killed, the function ends too: %s', async (event) => {
    const { kill, pid } = await startParent(event, '');
    kill('SIGKILL');
    await gone(pid);
  });

  it('is ended by a signal, the function ends too', async () => {
    const { kill, pid } = await startParent('spin', '');
    kill('SIGTERM');
    await gone(pid);
  });

  it('exits, the function ends too', async () => {
    const { pid } = await startParent('spin', 'process.exit(0);');
    await gone(pid);
  });
});
