import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  callFunction,
  createStackDriver,
  machineScheduler,
  type StackDriver,
  type StackOutcome,
  startLambdaPool,
  startResponseServer,
} from '@plimsoll/simulator';
import { bundledHandler } from './bundled-handler.js';
import { makeCertificate } from './certificate.js';
import { startService } from './service.js';

/** Plays three stack operations; the exit status is 1 if one of them ends otherwise than it should. */
async function main(): Promise<number> {
  const scheduler = machineScheduler();
  const certificate = await makeCertificate();
  // CloudFormation is answered over https, always: the function is told to trust this certificate, and nothing of its code differs.
  const bucket = await startResponseServer({ scheduler, newId: randomUUID, tls: certificate });
  const folder = mkdtempSync(join(tmpdir(), 'example-trust-'));
  writeFileSync(join(folder, 'certificate.pem'), certificate.cert);
  const code = bundledHandler();
  const environment = { NODE_EXTRA_CA_CERTS: join(folder, 'certificate.pem') };
  const pool = await startLambdaPool({ codePath: code.codePath, functionName: 'address-check', timeoutSeconds: 60, environment });
  const service = await startService({ busyAnswers: 2 });
  const driver = createStackDriver({
    scheduler,
    newId: randomUUID,
    bucket,
    target: (event) => callFunction(pool, event),
    stackName: 'ExampleCheck',
    logicalResourceId: 'Check',
    resourceType: 'Custom::AddressCheck',
  });
  try {
    const operations: ReadonlyArray<readonly [string, string, () => Promise<StackOutcome>]> = [
      ['the service starts', 'CREATE_COMPLETE', () => driver.deploy({ Url: service.url, IntervalMs: 50 })],
      [
        'another version is expected',
        'UPDATE_ROLLBACK_COMPLETE',
        () => driver.deploy({ Url: service.url, IntervalMs: 200, ExpectedText: 'version 3', TimeoutSeconds: 1 }),
      ],
      ['the stack is deleted', 'DELETE_COMPLETE', () => driver.remove()],
    ];
    let asExpected = true;
    for (const [title, expected, operate] of operations) {
      const before = driver.requests.length;
      const { status } = await operate();
      console.log(`\n== ${title}: ${status}`);
      report(driver.requests.slice(before));
      asExpected &&= status === expected;
    }
    await driver.idle();
    const once = driver.requests.every(({ answers }) => answers.length === 1);
    console.log(asExpected && once ? '\neach request was answered once' : '\na request was not answered as it should be');
    return asExpected && once ? 0 : 1;
  } finally {
    await Promise.all([pool.close(), bucket.close(), service.close()]);
    code.remove();
    rmSync(folder, { recursive: true });
  }
}

/** Prints what CloudFormation asked, and the part of each answer that says something. */
function report(requests: StackDriver['requests']): void {
  for (const { event, answers } of requests) {
    for (const { body } of answers) {
      const { Status, Reason, Data } = JSON.parse(body);
      console.log(`  ${event.RequestType}: ${JSON.stringify({ Status, Reason, Data })}`);
    }
  }
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(`example: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 3;
  },
);
