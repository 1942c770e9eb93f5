import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localDeployments, PROGRAM } from './deployments.js';

/** Deploys twice, once onto data of an older version and once onto data of a later one; the exit status is 1 if either ends otherwise. */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'guestbook-'));
  const file = join(folder, 'guestbook.json');
  const deployments = await localDeployments(folder);
  try {
    writeFileSync(file, JSON.stringify(['moored at dawn', 'fair wind']));
    const well = await deployments.deploy('2');
    report('data of layout 1', well.status, well.reason);
    console.log(`  the file is now: ${readFileSync(file, 'utf8')}`);
    writeFileSync(file, JSON.stringify({ layout: 7, entries: [] }));
    const badly = await deployments.deploy('3');
    report('data of a later version', badly.status, badly.reason);
    // What the migration kept CloudFormation from doing.
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'serve'], { env: { DATA_DIRECTORY: folder }, encoding: 'utf8' });
    console.log(`  the service, had it been started: exit code ${status}, ${stderr.trim()}`);
    const asExpected = well.status === 'CREATE_COMPLETE' && badly.status === 'UPDATE_ROLLBACK_COMPLETE' && /code 3/.test(badly.reason);
    console.log(
      asExpected ? '\nthe first went on to the service, the second did not touch it' : '\nthe deployments did not end as they should',
    );
    return asExpected ? 0 : 1;
  } finally {
    await deployments.close();
    rmSync(folder, { recursive: true });
  }
}

function report(title: string, status: string, reason: string): void {
  console.log(`\n== ${title}: ${status}`);
  if (reason !== '') console.log(reason.replace(/^/gm, '  '));
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
