import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from './deployment/synthesise.js';
import { deploy } from './deployment/deploy.js';
(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-demo-'));
  const t0 = Date.now();
  const log = (s: string) => console.log(((Date.now() - t0) / 1000).toFixed(1), s);
  const { template, ...rest } = await synthesise(folder);
  log(JSON.stringify(rest));
  const deployed = await deploy({ template, folder, failMigration: process.argv.includes('--fail-migration'), onProgress: log });
  log(JSON.stringify(deployed, null, 1));
})();
