import type { Result } from '@plimsoll/capacity-core';
import {
  CONTAINER_INSTANCE_STATE_CHANGE,
  parseContainerInstanceStateChange,
} from '@plimsoll/event-schemas/container-instance-state-change';
import { kindOfDocument } from './document-kind.js';

/** A host that DescribeContainerInstances could not describe. */
export interface DescribeFailure {
  /** ARN or id asked for. */
  readonly arn: string;
  /**
   * Why, in ECS's word: `MISSING` for a host it does not know (any more).
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
   */
  readonly reason: string;
}

/** What one JSON document says of a cluster's hosts. */
export interface SnapshotContent {
  /** Container-instance records, not yet checked. */
  readonly records: readonly unknown[];
  /** Hosts the document says could not be described. */
  readonly failures: readonly DescribeFailure[];
  /** The `detail-type` of each event about something else. */
  readonly otherEvents: readonly string[];
}

/** Why a document says nothing of hosts. */
export interface SnapshotError {
  /**
   * - `NOT_A_SNAPSHOT`: another kind of JSON than the ones known.
   * - `INVALID_EVENT`: a Container Instance State Change event that lacks what one has.
   */
  readonly code: 'NOT_A_SNAPSHOT' | 'INVALID_EVENT';
  /** One sentence with what was found and the remedy. */
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

const EXPECTED = 'give what `aws ecs describe-container-instances` prints, or ECS Container Instance State Change events';

/**
 * Tells what kind of JSON document this is, and takes the container-instance records out of it.
 *
 * Accepts DescribeContainerInstances output, the output for one host (`containerInstance`), one record, one event, and arrays of these.
 */
export function readSnapshotDocument(document: unknown): Result<SnapshotContent, SnapshotError> {
  if (Array.isArray(document)) return readAll(document);
  if (!isObject(document)) return refused(kindOfDocument(document));
  if (Array.isArray(document.containerInstances)) {
    return content({ records: document.containerInstances, failures: readFailures(document.failures) });
  }
  if (isObject(document.containerInstance)) return content({ records: [document.containerInstance] });
  if (typeof document['detail-type'] === 'string') return readEvent(document, document['detail-type']);
  if ('containerInstanceArn' in document && !('taskArn' in document)) return content({ records: [document] });
  return refused(kindOfDocument(document));
}

/** How many there are of each kind, for messages: `2 × ECS Task State Change`. */
export function countedByKind(kinds: readonly string[]): string {
  return [...new Set(kinds)].map((kind) => `${kinds.filter((other) => other === kind).length} × ${kind}`).join(', ');
}

function readAll(documents: readonly unknown[]): Result<SnapshotContent, SnapshotError> {
  const records: unknown[] = [];
  const failures: DescribeFailure[] = [];
  const otherEvents: string[] = [];
  for (const [index, document] of documents.entries()) {
    // An array within an array is nothing AWS prints; refusing it bounds the recursion.
    const read = Array.isArray(document) ? refused('an array') : readSnapshotDocument(document);
    if (!read.ok) return { ok: false, error: { ...read.error, message: `item ${index + 1} of the array: ${read.error.message}` } };
    records.push(...read.value.records);
    failures.push(...read.value.failures);
    otherEvents.push(...read.value.otherEvents);
  }
  return content({ records, failures, otherEvents });
}

function readEvent(event: Fields, detailType: string): Result<SnapshotContent, SnapshotError> {
  if (detailType !== CONTAINER_INSTANCE_STATE_CHANGE) return content({ otherEvents: [detailType] });
  const parsed = parseContainerInstanceStateChange(event);
  if (!parsed.ok) return { ok: false, error: { code: 'INVALID_EVENT', message: parsed.error.message } };
  return content({ records: [parsed.value.detail] });
}

function readFailures(failures: unknown): readonly DescribeFailure[] {
  if (!Array.isArray(failures)) return [];
  return failures.filter(isObject).map(({ arn, reason }) => ({
    arn: typeof arn === 'string' ? arn : 'without ARN',
    reason: typeof reason === 'string' ? reason : 'without reason',
  }));
}

function content(found: Partial<SnapshotContent>): Result<SnapshotContent, SnapshotError> {
  return { ok: true, value: { records: [], failures: [], otherEvents: [], ...found } };
}

function refused(found: string): { readonly ok: false; readonly error: SnapshotError } {
  return { ok: false, error: { code: 'NOT_A_SNAPSHOT', message: `this is ${found}: ${EXPECTED}` } };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
