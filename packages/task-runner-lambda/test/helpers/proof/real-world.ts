import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ContainerLaunch,
  type ContainerScript,
  callFunction,
  createLambdaApi,
  createStackDriver,
  invokeAsync,
  type LambdaFunction,
  machineScheduler,
  type ProcessChoice,
  type StackOutcome,
  startLambdaPool,
  startLocalEndpoint,
  startResponseServer,
} from '@plimsoll/simulator';
import { prepare, type SeenTask, scriptFor, see, type TaskDetail } from './cluster.js';
import { FUNCTION_NAME } from './our-runner.js';
import type { ProofSchedule } from './schedule.js';
import { operate, type PlayedProof, propertiesOf } from './world.js';

/** The function that is shipped. */
const BUNDLE = join(__dirname, '..', '..', '..', 'bundle', 'index.js');

/** Waits before the second and third attempt, in milliseconds, in place of minutes. */
const RETRY_WAITS_MS = [300, 600];

/** Time after the last operation, in which what was left behind would show, in milliseconds. */
const AFTERMATH_MS = 1_000;

/**
 * Loads the bundle, and ends its process so many milliseconds after the nth invocation began, where the schedule has it die.
 *
 * Invocations are counted over all processes, by files.
 */
const DYING = `
const { mkdirSync, writeFileSync } = require('node:fs');
const { handler } = require(process.env.PROOF_BUNDLE);
const deaths = JSON.parse(process.env.PROOF_DEATHS);
const count = () => {
  for (let n = 0; ; n += 1) {
    try {
      mkdirSync(process.env.PROOF_COUNT + '/' + n);
      return n;
    } catch {}
  }
};
exports.handler = async (event, context) => {
  if (event.requestContext !== undefined) return handler(event, context);
  const run = count();
  const die = () => {
    writeFileSync(process.env.PROOF_COUNT + '/died-' + run, event.RequestId ?? event.request?.RequestId ?? '');
    process.exit(1);
  };
  const death = deaths[run];
  const timer = death == null ? undefined : setTimeout(die, death);
  try {
    return await handler(event, context);
  } finally {
    clearTimeout(timer);
  }
};
`;

/** Plays a schedule with the bundled function in processes, tasks in processes, and HTTP between them. */
export async function playReally(schedule: ProofSchedule): Promise<PlayedProof> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-proof-'));
  const codePath = join(folder, 'index.js');
  writeFileSync(codePath, DYING);
  const scheduler = machineScheduler();
  const tasks = new Map<string, SeenTask>();
  const log: string[] = [];
  const runs: Promise<void>[] = [];
  let pool: LambdaFunction | undefined;
  const call = (event: unknown): Promise<unknown> =>
    pool === undefined ? Promise.reject(new RangeError('no function')) : callFunction(pool, event);
  const onFailure = (record: unknown): Promise<unknown> =>
    invokeAsync(record, { scheduler, target: call, retryWaitsMs: RETRY_WAITS_MS }).done;
  const endpoint = await startLocalEndpoint({
    seed: schedule.seed,
    faults: schedule.faults,
    newTasksHidden: schedule.newTasksHidden,
    containers: {
      scripts: (launch) => inModel(scriptFor(schedule, tasks, launch)),
      processes: (launch) => asProcess(launch, scriptFor(schedule, tasks, launch)),
      pendingMs: schedule.pendingMs,
      logMs: schedule.logMs,
      stopTimeoutMs: 1_000,
    },
    onEvent: (event) => {
      if (event['detail-type'] === 'ECS Task State Change') see(tasks, event.detail as unknown as TaskDetail, Date.now());
    },
    services: [
      createLambdaApi({
        functions: {
          [FUNCTION_NAME]: async (event) => {
            runs.push(invokeAsync(event, { scheduler, target: call, retryWaitsMs: RETRY_WAITS_MS, onFailure }).done);
          },
        },
      }),
    ],
  });
  const answers = await startResponseServer({ scheduler, newId: randomUUID });
  answers.faults.set(schedule.putFaults);
  try {
    pool = await startLambdaPool({
      codePath,
      functionName: FUNCTION_NAME,
      region: endpoint.region,
      timeoutSeconds: schedule.mode === 'long' ? 12 : 60,
      onLog: (line) => log.push(line),
      environment: {
        AWS_ENDPOINT_URL: endpoint.url,
        PLIMSOLL_MODE: schedule.mode,
        PROOF_BUNDLE: BUNDLE,
        PROOF_COUNT: folder,
        PROOF_DEATHS: JSON.stringify(schedule.deaths.map((death) => (death?.kind === 'moment' ? death.afterMs : null))),
      },
    });
    let sent = 0;
    const driver = createStackDriver({
      scheduler,
      newId: randomUUID,
      bucket: answers,
      target: call,
      onFailure,
      onStatus: endpoint.stacks.set,
      retryWaitsMs: RETRY_WAITS_MS,
      duplicatesAfterMs: () => {
        const after = schedule.duplicatesAfterMs[sent];
        sent += 1;
        return after === undefined ? [] : [after];
      },
    });
    prepare(endpoint, schedule, scheduler);
    const outcomes: StackOutcome[] = [];
    for (const [index, step] of schedule.steps.entries()) {
      outcomes.push(...(await operate(driver, step, { Cluster: 'default', TaskDefinition: 'migrate', ...propertiesOf(schedule, index) })));
    }
    await driver.idle();
    for (const run of runs) await run;
    await sleep(AFTERMATH_MS);
    const calls = endpoint.recordedCalls();
    return { schedule, requests: driver.requests, tasks: [...tasks.values()], outcomes, log, calls, ...countedIn(folder) };
  } finally {
    await Promise.all([pool?.close(), answers.close(), endpoint.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The runs of the function that left their mark, those of the destination aside. */
function countedIn(folder: string): Pick<PlayedProof, 'invocations' | 'deaths'> {
  const names = readdirSync(folder);
  const died = names.filter((name) => name.startsWith('died-')).map((name) => join(folder, name));
  return {
    invocations: names.filter((name) => /^\d+$/.test(name)).length,
    deaths: died.map((path) => ({ requestId: readFileSync(path, 'utf8'), at: statSync(path).mtimeMs })),
  };
}

/** What no process of this machine can do. */
function inModel(script: ContainerScript): ContainerScript | undefined {
  return script.failsToStart !== undefined || script.exitCode === 'absent' || script.hasLogStream === false ? script : undefined;
}

/** A shell that does what the script says. */
function asProcess({ name }: ContainerLaunch, { exitsAfterMs, exitCode = 0, onTerminate = {} }: ContainerScript): ProcessChoice {
  const end = onTerminate === 'ignore' ? '' : `sleep ${(onTerminate.afterMs ?? 0) / 10_000}; exit ${onTerminate.exitCode ?? 143}`;
  const steps = exitsAfterMs === undefined ? 6_000 : Math.ceil(exitsAfterMs / 100);
  const wait = `n=0; while [ $n -lt ${steps} ]; do sleep 0.1; n=$((n+1)); done`;
  return { command: ['/bin/sh', '-c', `trap '${end}' TERM; echo ${name} runs; ${wait}; exit ${exitCode}`] };
}
