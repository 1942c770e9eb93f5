import { parseTaskStateChange } from '@plimsoll/event-schemas';
import { type Arrival, type Workload, workloadOf } from '../workload.js';
import { SizeCatalogue } from './size-catalogue.js';

interface RecordedTask {
  createdMillis: number;
  startedMillis?: number;
  stoppedMillis?: number;
  cpuUnits: number;
  memoryMiB: number;
  gpus: number;
}

/**
 * Turns an archive of ECS events into a workload: each task on EC2 comes when it was created and runs from its start to its stop.
 *
 * Events may be doubled and in any order. A task that never started is left out; one that has not stopped runs until the last event. A
 * service's tasks are taken as they ran, each for itself.
 */
export class EventTraceRecorder {
  readonly #tasks = new Map<string, RecordedTask>();
  #lastMillis = 0;
  #unreadable = 0;

  /** Takes an event; one of another kind is of no account. */
  public add(event: unknown): void {
    const parsed = parseTaskStateChange(event);
    if (!parsed.ok) {
      if (typeOf(event) === 'ECS Task State Change') this.#unreadable += 1;
      return;
    }
    const { detail, time } = parsed.value;
    const at = momentIn(time) ?? this.#lastMillis;
    this.#lastMillis = Math.max(this.#lastMillis, at);
    if (detail.launchType === 'FARGATE') return;
    const task = this.#tasks.get(detail.taskArn) ?? { createdMillis: at, cpuUnits: 0, memoryMiB: 0, gpus: 0 };
    task.createdMillis = Math.min(task.createdMillis, momentIn(detail.createdAt) ?? at);
    const started = momentIn(detail.startedAt);
    const stopped = momentIn(detail.stoppedAt);
    if (started !== undefined) task.startedMillis = started;
    if (stopped !== undefined) task.stoppedMillis = stopped;
    const containers = detail.containers ?? [];
    task.cpuUnits = amount(detail.cpu) || containers.reduce((sum, { cpu }) => sum + amount(cpu), 0);
    task.memoryMiB =
      amount(detail.memory) ||
      containers.reduce((sum, { memory, memoryReservation }) => sum + (amount(memoryReservation) || amount(memory)), 0);
    task.gpus = containers.reduce((sum, { gpuIds }) => sum + (gpuIds?.length ?? 0), 0);
    this.#tasks.set(detail.taskArn, task);
  }

  /** The workload so far; its first task comes at its start. */
  public workload(): Workload {
    const catalogue = new SizeCatalogue();
    const ran = [...this.#tasks.values()].filter(({ startedMillis }) => startedMillis !== undefined);
    const first = ran.reduce((least, { createdMillis }) => Math.min(least, createdMillis), Number.POSITIVE_INFINITY);
    const arrivals: Arrival[] = ran.map((task) => ({
      atMillis: task.createdMillis - first,
      durationMillis: Math.max(0, (task.stoppedMillis ?? this.#lastMillis) - (task.startedMillis ?? 0)),
      size: catalogue.placeOf(task),
    }));
    const neverStarted = this.#tasks.size - ran.length;
    const running = ran.filter(({ stoppedMillis }) => stoppedMillis === undefined).length;
    return workloadOf({
      sizes: catalogue.sizes,
      arrivals,
      notes: [
        ...(neverStarted > 0 ? [`${neverStarted} tasks that never started are left out`] : []),
        ...(running > 0 ? [`${running} tasks that had not stopped run until the last event`] : []),
        ...(this.#unreadable > 0 ? [`${this.#unreadable} events about tasks could not be read`] : []),
      ],
    });
  }
}

function typeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'detail-type' in event ? event['detail-type'] : undefined;
}

/** A moment as ECS writes it; `undefined` where it is none. */
function momentIn(text: unknown): number | undefined {
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isFinite(at) ? at : undefined;
}

function amount(text: string | undefined): number {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
