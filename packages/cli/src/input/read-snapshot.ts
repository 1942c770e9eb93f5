import { applyHost, EMPTY_CLUSTER, type Host, readHost } from '@plimsoll/capacity-core';
import { CONTAINER_INSTANCE_STATE_CHANGE } from '@plimsoll/event-schemas/container-instance-state-change';
import { UsageError } from '../program-error.js';
import type { ProgramIo } from '../program-io.js';
import { clusterArnOf, lastPartOf } from './cluster-arn.js';
import { readJsonDocuments } from './json-documents.js';
import { nameOfInput, readInput } from './open-input.js';
import { countedByKind, readSnapshotDocument, type SnapshotContent } from './snapshot-document.js';

/**
 * The reason ECS gives for a host it does not know (any more), which can hold nothing; with any other the host may exist.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html (`DescribeContainerInstances`)
 */
const MISSING = 'MISSING';

/** The hosts of one cluster. */
export interface Snapshot {
  /** Name of the cluster; `null` where the input does not say. */
  readonly cluster: string | null;
  /** The newest record of each host, in the order first heard of. */
  readonly hosts: readonly Host[];
  /** What the reader should be told: hosts that are gone, events about something else. */
  readonly warnings: readonly string[];
}

/**
 * Reads the hosts of one cluster out of files.
 *
 * @throws UsageError when a file cannot be read, holds something else or another cluster's hosts, or lacks a host that may exist
 */
export async function readSnapshot(files: readonly string[], io: Pick<ProgramIo, 'stdin'>): Promise<Snapshot> {
  const repeated = files.find((file, index) => files.indexOf(file) !== index);
  if (repeated !== undefined) throw new UsageError(`${nameOfInput(repeated)} is given twice: name each file once`);
  let state = EMPTY_CLUSTER;
  const warnings: string[] = [];
  for (const file of files) {
    const { records, warnings: more } = await readFileRecords(file, io);
    warnings.push(...more);
    for (const [index, record] of records.entries()) {
      const host = readHost(record);
      if (!host.ok) throw new UsageError(`${nameOfInput(file)}: record ${index + 1}: ${host.error.message}`);
      state = applyHost(state, host.value);
    }
  }
  const hosts = [...state.values()];
  return { cluster: oneCluster(hosts), hosts, warnings };
}

async function readFileRecords(
  file: string,
  io: Pick<ProgramIo, 'stdin'>,
): Promise<{ readonly records: readonly unknown[]; readonly warnings: readonly string[] }> {
  const name = nameOfInput(file);
  const contents: SnapshotContent[] = [];
  for await (const document of readJsonDocuments(readInput(file, io.stdin))) {
    if (!document.ok) throw new UsageError(`${name}:${document.error.line}:${document.error.column}: ${document.error.message}`);
    const read = readSnapshotDocument(document.value.value);
    if (!read.ok) throw new UsageError(`${name}:${document.value.line}: ${read.error.message}`);
    contents.push(read.value);
  }
  if (contents.length === 0) throw new UsageError(`${name} is empty: give what \`aws ecs describe-container-instances\` prints`);
  const records = contents.flatMap((content) => content.records);
  const others = contents.flatMap((content) => content.otherEvents);
  const kinds = countedByKind(others);
  if (records.length === 0 && others.length > 0) {
    throw new UsageError(
      `${name} holds only events about something other than hosts (${kinds}): give ${CONTAINER_INSTANCE_STATE_CHANGE} events`,
    );
  }
  const failures = contents.flatMap((content) => content.failures);
  const undescribed = failures.find(({ reason }) => reason !== MISSING);
  if (undescribed !== undefined) {
    throw new UsageError(
      `${name}: host ${undescribed.arn} was not described (${undescribed.reason}), so what it holds is unknown: ` +
        'describe it again, with permission for ecs:DescribeContainerInstances',
    );
  }
  return {
    records,
    warnings: [
      ...failures.map(({ arn, reason }) => `${name}: host ${arn} ${reason}: not counted`),
      ...(others.length === 0 ? [] : [`${name}: skipped events about something other than hosts (${kinds})`]),
    ],
  };
}

function oneCluster(hosts: readonly Host[]): string | null {
  const arns = [...new Set(hosts.flatMap((host) => clusterArnOf(host) ?? []))];
  const [first, second] = arns;
  if (first === undefined) return null;
  if (second !== undefined) {
    const names = lastPartOf(first) === lastPartOf(second) ? [first, second] : [lastPartOf(first), lastPartOf(second)];
    throw new UsageError(`the input holds hosts of ${arns.length} clusters, ${names.join(' and ')}: give one cluster at a time`);
  }
  return lastPartOf(first);
}
