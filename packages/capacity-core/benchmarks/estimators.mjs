import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeDocs } from './estimators/docs.mjs';
import { ASKED, generatedClusters } from './estimators/generated-clusters.mjs';
import { clustersTable, describe, traceTable } from './estimators/tables.mjs';
import { replayTrace, TRACE_SOURCE } from './estimators/trace.mjs';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '1000' },
    trace: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
  },
});

const trials = Number(values.trials);
const packageFolder = dirname(import.meta.dirname);
const clusters = generatedClusters(trials);
for (const size of ASKED)
  console.log(`\nDoes one more fit? ${describe(size)}, on generated clusters\n\n${clustersTable(clusters, size.name)}`);

const trace = values.trace === undefined ? undefined : replayTrace(values.trace);
if (trace === undefined) console.log(`\nGive --trace FOLDER to replay a public trace: ${TRACE_SOURCE}`);
else console.log(`\nDoes one more fit? The arriving pod of a trace\n\n${traceTable(trace)}`);

const report = join(packageFolder, 'reports', 'estimators.json');
mkdirSync(dirname(report), { recursive: true });
writeFileSync(report, `${JSON.stringify({ trials, clusters, trace }, undefined, 2)}\n`);
console.log(`\nWritten to ${report}`);

if (values['write-docs']) writeDocs(join(packageFolder, '..', '..', 'docs'), { clusters, trace, asked: ASKED });
