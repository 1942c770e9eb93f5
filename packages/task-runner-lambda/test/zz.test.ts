import { ourRunner } from './helpers/proof/our-runner.js';
import { scheduleOf } from './helpers/proof/schedule.js';
import { faultsOf } from './helpers/proof/verdict.js';
import { playProof } from './helpers/proof/world.js';

test('x', async () => {
  const s = scheduleOf(Number(process.env.ZZ));
  const p = await playProof(s, ourRunner);
  process.stdout.write(
    JSON.stringify(s, null, 1) +
      '\n' +
      p.log.join('\n') +
      '\n' +
      p.requests.map((r) => [r.purpose, r.sentAt.toISOString(), r.endedBy, r.decision?.success, r.decision?.reason].join(' ')).join('\n') +
      '\n' +
      JSON.stringify(p.tasks) +
      JSON.stringify(faultsOf(p)),
  );
});
