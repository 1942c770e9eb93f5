import type { Result } from '@plimsoll/capacity-core';
import { type Arrival, type Workload, workloadOf } from '../workload.js';
import { readCsvTable } from './csv-table.js';
import { SizeCatalogue } from './size-catalogue.js';
import { refused, type TraceError } from './trace-error.js';

const COLUMNS = ['name', 'cpu_milli', 'memory_mib', 'num_gpu', 'creation_time', 'deletion_time', 'scheduled_time'] as const;

/**
 * Reads the list of pods of the openb trace (`openb_pod_list_default.csv`).
 *
 * A pod comes at `creation_time` and runs from `scheduled_time` to `deletion_time`. CPU is rounded up to ECS's units of 1/1024 vCPU. A
 * share of a GPU counts as a whole one, since ECS shares none. Pods that were never scheduled did not run, and are left out.
 *
 * @see https://github.com/hkust-adsl/kubernetes-scheduler-simulator (`data/csv`)
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-gpu.html
 */
export function parseOpenbTrace(text: string): Result<Workload, TraceError> {
  const rows = readCsvTable(text, COLUMNS);
  if (!rows.ok) return rows;
  const catalogue = new SizeCatalogue();
  const arrivals: Arrival[] = [];
  let neverRan = 0;
  let shared = 0;
  for (const row of rows.value) {
    if (row.text('scheduled_time') === '') {
      neverRan += 1;
      continue;
    }
    const read = (column: string): number => row.number(column) ?? Number.NaN;
    const [cpu, memory, gpus] = [read('cpu_milli'), read('memory_mib'), read('num_gpu')];
    const [created, scheduled, deleted] = [read('creation_time'), read('scheduled_time'), read('deletion_time')];
    if (![cpu, memory, gpus, created, scheduled, deleted].every((value) => value >= 0) || deleted < scheduled) {
      return refused(
        'WRONG_VALUE',
        `pod ${row.text('name')} has an amount or a time that is no number, or ends before it begins`,
        row.line,
      );
    }
    if ((row.number('gpu_milli') ?? 0) % 1000 !== 0) shared += 1;
    arrivals.push({
      atMillis: Math.round(created * 1000),
      durationMillis: Math.round((deleted - scheduled) * 1000),
      size: catalogue.placeOf({ cpuUnits: Math.ceil((cpu * 1024) / 1000), memoryMiB: Math.ceil(memory), gpus: Math.ceil(gpus) }),
    });
  }
  if (arrivals.length === 0) return refused('EMPTY', 'no pod of the trace was ever scheduled: give a list of pods that ran');
  const notes = [
    ...(neverRan > 0 ? [`${neverRan} pods that were never scheduled are left out`] : []),
    ...(shared > 0 ? [`${shared} pods that shared a GPU get a whole one`] : []),
  ];
  return { ok: true, value: workloadOf({ sizes: catalogue.sizes, arrivals, notes }) };
}
