import { randomUUID } from 'node:crypto';
import { createStackDriver, machineScheduler, startLambdaPool, startResponseServer } from '../../src/index.js';
import { callFunction } from '../../src/lambda-api/lambda-api.js';
import { cleanUp, writeCode } from '../helpers/lambda-code.js';
import { closeAll, openEndpoint } from '../helpers/open-endpoints.js';
import { makeCluster, registerJob } from '../helpers/task-setup.js';

afterEach(closeAll);
afterEach(cleanUp);

/** Runs the task of a Create, answers with its exit code, and dies at its first attempt after RunTask. */
const RUNNER = `
const call = async (operation, input) => {
  const response = await fetch(process.env.ENDPOINT, {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.' + operation, 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(input),
  });
  return response.json();
};
let attempts = 0;
exports.handler = async (event) => {
  const answer = async (members) => {
    const { StackId, RequestId, LogicalResourceId } = event;
    const body = Buffer.from(JSON.stringify({ StackId, RequestId, LogicalResourceId, PhysicalResourceId: 'run', ...members }));
    const response = await fetch(event.ResponseURL, { method: 'PUT', body });
    if (!response.ok) throw new Error('PUT answered ' + response.status);
  };
  if (event.RequestType !== 'Create') return answer({ Status: 'SUCCESS' });
  const { tasks } = await call('RunTask', { taskDefinition: 'job', clientToken: event.RequestId });
  if (event.ResourceProperties.Die === 'true' && !require('node:fs').existsSync(process.env.MARK)) {
    require('node:fs').writeFileSync(process.env.MARK, '');
    process.exit(1);
  }
  for (;;) {
    const { tasks: [task] } = await call('DescribeTasks', { tasks: [tasks[0].taskArn] });
    if (task.lastStatus === 'STOPPED') {
      const [{ exitCode }] = task.containers;
      return answer(exitCode === 0 ? { Status: 'SUCCESS', Data: { ExitCode: exitCode } } : { Status: 'FAILED', Reason: 'exit code ' + exitCode });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
`;

async function open(script: string) {
  const endpoint = await openEndpoint({ containers: { processes: true } });
  makeCluster(endpoint);
  registerJob(endpoint, [{ entryPoint: ['/bin/sh', '-c'], command: [script] }]);
  const scheduler = machineScheduler();
  const server = await startResponseServer({ scheduler, newId: randomUUID });
  const codePath = await writeCode(RUNNER);
  const pool = await startLambdaPool({ codePath, timeoutSeconds: 60, environment: { ENDPOINT: endpoint.url, MARK: `${codePath}.mark` } });
  const driver = createStackDriver({
    scheduler,
    newId: randomUUID,
    bucket: server,
    target: (event) => callFunction(pool, event),
    onStatus: endpoint.stacks.set,
    retryWaitsMs: [10, 20],
    serviceTimeoutSeconds: 120,
  });
  const close = async () => {
    await Promise.all([server.close(), pool.close()]);
  };
  return { endpoint, driver, close };
}

describe('the driver against a bundle, real processes and real HTTP', () => {
  test('a task that fails rolls the stack back with its exit code; the second attempt adopts the first one’s task', async () => {
    const { endpoint, driver, close } = await open('sleep 0.3; exit 3');
    try {
      const outcome = await driver.deploy({ Die: true });
      await driver.idle();

      expect(outcome).toEqual({ status: 'ROLLBACK_COMPLETE', reason: 'exit code 3' });
      const [create] = driver.requests;
      expect(create?.invocation.deliveries.map(({ error }) => (error as { errorType?: string } | undefined)?.errorType)).toEqual([
        'Runtime.ExitError',
        undefined,
      ]);
      expect(create?.answers.map(({ verdict }) => verdict)).toEqual(['effective']);
      expect(endpoint.ecs('ListTasks', { desiredStatus: 'STOPPED' })).toMatchObject({ response: { taskArns: [expect.any(String)] } });
      expect(endpoint.stacks.find(driver.stackId)?.status).toBe('ROLLBACK_COMPLETE');
    } finally {
      await close();
    }
  });

  test('a Delete reaches the function while its Create still runs', async () => {
    const { driver, close } = await open('sleep 1; exit 0');
    try {
      const outcome = await driver.deploy({}, { otherResourceFailsAfterMs: 200 });

      expect(outcome.status).toBe('ROLLBACK_COMPLETE');
      expect(driver.requests[0]?.endedBy).toBe('abandoned');
      expect(driver.requests[0]?.invocation.deliveries[0]?.endedAt).toBeUndefined();
      await driver.idle();
      expect(driver.requests[0]?.answers.map(({ verdict }) => verdict)).toEqual(['late']);
    } finally {
      await close();
    }
  });
});

describe('the bucket behind HTTP', () => {
  test.each([
    { what: 'a content type', init: { method: 'PUT', body: '{}' }, status: 403 },
    { what: 'another method', init: { method: 'POST', body: Buffer.from('{}') }, status: 403 },
    { what: 'a changed URL', init: { method: 'PUT', body: Buffer.from('{}') }, change: 'x', status: 403 },
    { what: 'chunks of unknown length', init: { method: 'PUT', body: new Blob(['{}']).stream(), duplex: 'half' }, status: 501 },
    { what: 'what the signature covers', init: { method: 'PUT', body: Buffer.from('{}') }, status: 200 },
  ])('answers $what with $status', async ({ init, change, status }) => {
    const server = await startResponseServer({ scheduler: machineScheduler(), newId: randomUUID });
    const bodies: string[] = [];
    try {
      const response = await fetch(`${server.sign((body) => bodies.push(body))}${change ?? ''}`, init as RequestInit);
      expect(response.status).toBe(status);
      expect(bodies).toEqual(status === 200 ? ['{}'] : []);
    } finally {
      await server.close();
    }
  });

  test('a lost answer resets the connection, stored or not', async () => {
    const server = await startResponseServer({ scheduler: machineScheduler(), newId: randomUUID });
    const bodies: string[] = [];
    server.faults.set([
      { nth: 1, kind: 'lostRequest' },
      { nth: 2, kind: 'lostResponse' },
      { nth: 3, kind: 'error', code: 'InternalError', status: 500 },
    ]);
    try {
      const url = server.sign((body) => bodies.push(body));
      const put = () => fetch(url, { method: 'PUT', body: Buffer.from('{}') });
      await expect(put()).rejects.toThrow('fetch failed');
      expect(bodies).toEqual([]);
      await expect(put()).rejects.toThrow('fetch failed');
      expect(bodies).toEqual(['{}']);
      expect((await put()).status).toBe(500);
    } finally {
      await server.close();
    }
  });
});
