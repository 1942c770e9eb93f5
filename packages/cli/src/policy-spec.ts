import type { Result } from '@plimsoll/capacity-core';
import { decideScaleIn, decideScaling } from '@plimsoll/capacity-lambda';
import {
  bookPolicy,
  capacityProviderPolicy,
  exactPolicy,
  fixedSizePolicy,
  lowerBound,
  plainSize,
  type ScalingPolicy,
  type Workload,
} from '@plimsoll/simulator';

/** What a policy may need to know of the work. */
export interface PolicySubject {
  readonly workload: Workload;
  readonly hostTypes: Parameters<typeof lowerBound>[1];
}

/** Why a policy was refused. */
export interface PolicySpecError {
  readonly code: 'UNKNOWN_POLICY';
  /** One sentence with the wrong part and the remedy. */
  readonly message: string;
}

/** How a policy is written. */
export const POLICY_FORM = 'exact[:MINUTES], exact-fine[:MINUTES], book, capacity-provider or fixed[:HOSTS]';

/** Steps so fine that what is short is added at once, and a warm-up that ends about when a host has registered. */
const FINE = { steps: [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200], warmupSeconds: 30 };

/**
 * Reads a policy as the command line writes it, and makes it from the functions that run in production.
 *
 * `exact:15` removes a host that was drainable for 15 minutes; `exact-fine` scales out in finer steps, with a warm-up of 30 seconds; `fixed` alone has as many hosts as the lower bound has at its peak. The
 * book's policy reserves the greatest CPU and the greatest memory that any task asks for.
 */
export function parsePolicySpec(text: string, subject: PolicySubject): Result<ScalingPolicy, PolicySpecError> {
  const [, name = '', digits] = /^([a-z-]+)(?::(\d{1,4}))?$/.exec(text) ?? [];
  const number = digits === undefined ? undefined : Number(digits);
  if ((name === 'exact' || name === 'exact-fine') && number !== 0) {
    const options = { name: text, ...(number === undefined ? {} : { scaleInMinutes: number }), ...(name === 'exact' ? {} : FINE) };
    return { ok: true, value: exactPolicy({ decideScaling, decideScaleIn }, options) };
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
