import type { Result } from '@plimsoll/capacity-core';
import {
  decideScaleIn,
  decideScaling,
  dispensableHosts,
  hostDemand,
  idleHosts,
  patientHostsShort,
  replacedTasks,
} from '@plimsoll/capacity-lambda';
import {
  bookPolicy,
  capacityProviderPolicy,
  type ExactOptions,
  exactPolicy,
  fixedSizePolicy,
  leastHostType,
  lowerBound,
  plainSize,
  type ScalingPolicy,
  type Workload,
} from '@plimsoll/simulator';

const DECISIONS = { decideScaling, decideScaleIn, dispensableHosts, hostDemand, idleHosts, patientHostsShort, replacedTasks };

/** What a policy may need to know of the work. */
export interface PolicySubject {
  readonly workload: Workload;
  readonly hostTypes: Parameters<typeof leastHostType>[0];
}

/** Why a policy was refused. */
export interface PolicySpecError {
  readonly code: 'UNKNOWN_POLICY' | 'UNEQUAL_HOST_TYPES';
  /** One sentence with the wrong part and the remedy. */
  readonly message: string;
}

/** How a policy is written. */
export const POLICY_FORM = 'exact[:MINUTES], exact-events[:MINUTES], patient, patient-events, book, capacity-provider or fixed[:HOSTS]';

/**
 * Reads a policy as the command line writes it, and makes it from the functions that run in production.
 *
 * `exact:15` removes hosts where some were drainable for 15 minutes; `exact-events` looks when a task waits, too, with an alarm of ten
 * seconds; `patient` and `patient-events` remove those that were not needed lately; `fixed` alone has as many hosts as the lower bound has
 * at its peak. The book's policy reserves the greatest CPU and the greatest memory that any task asks for.
 */
export function parsePolicySpec(text: string, subject: PolicySubject): Result<ScalingPolicy, PolicySpecError> {
  const [, name = '', digits] = /^([a-z-]+)(?::(\d{1,4}))?$/.exec(text) ?? [];
  const number = digits === undefined ? undefined : Number(digits);
  const options = exactOptions(name, number);
  if (options !== undefined) {
    const unequal = unequalTypes(subject);
    return unequal === undefined
      ? { ok: true, value: exactPolicy(DECISIONS, { name: text, ...options }) }
      : { ok: false, error: { code: 'UNEQUAL_HOST_TYPES', message: unequal } };
  }
  if (name === 'book' && number === undefined) return { ok: true, value: bookPolicy(largestOf(subject.workload)) };
  if (name === 'capacity-provider' && number === undefined) return { ok: true, value: capacityProviderPolicy() };
  if (name === 'fixed') {
    return { ok: true, value: fixedSizePolicy(number ?? Math.max(1, lowerBound(subject.workload, subject.hostTypes).peakHosts)) };
  }
  return {
    ok: false,
    error: { code: 'UNKNOWN_POLICY', message: `policy ${JSON.stringify(text.slice(0, 40))} is unknown: write ${POLICY_FORM}` },
  };
}

/** How the production policy is set by a name and a number; `undefined` where it is not. */
function exactOptions(name: string, minutes: number | undefined): ExactOptions | undefined {
  const followsEvents = name.endsWith('-events');
  const kind = followsEvents ? name.slice(0, -'-events'.length) : name;
  if (kind === 'patient') return minutes === undefined ? { followsEvents, isPatient: true } : undefined;
  if (kind !== 'exact' || minutes === 0) return undefined;
  return { followsEvents, ...(minutes === undefined ? {} : { scaleInMinutes: minutes }) };
}

/** Why the production policy cannot count on several types of host; `undefined` where it can. Any of them may be launched next. */
function unequalTypes({ workload, hostTypes }: PolicySubject): string | undefined {
  const { cpuUnits, memoryMiB, gpus } = leastHostType(hostTypes).resources;
  const largest = largestOf(workload);
  if (largest.cpuUnits <= cpuUnits && largest.memoryMiB <= memoryMiB && largest.gpus <= gpus) return undefined;
  const asked = `${largest.cpuUnits} CPU units, ${largest.memoryMiB} MiB, ${largest.gpus} GPUs`;
  const sure = `${cpuUnits} CPU units, ${memoryMiB} MiB, ${gpus} GPUs`;
  return `exact counts on what a host of any type brings (${sure}), less than tasks ask for (${asked}): leave out the smaller --host-type`;
}

/** The greatest CPU, memory and GPUs that any task asks for, as one size. */
export function largestOf({ sizes, services }: Workload) {
  const all = [...sizes, ...services.map(({ size }) => size)];
  const most = (amountOf: (size: (typeof all)[number]) => number): number =>
    all.reduce((greatest, size) => Math.max(greatest, amountOf(size)), 1);
  return plainSize({
    name: 'largest',
    cpuUnits: most(({ cpuUnits }) => cpuUnits),
    memoryMiB: most(({ memoryMiB }) => memoryMiB),
    gpus: all.reduce((greatest, { gpus }) => Math.max(greatest, gpus), 0),
  });
}
