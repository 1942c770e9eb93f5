import { exactCapacity, pooledCapacity, readTaskSizes } from '../../lib/index.js';

/** Task sizes out of plain fields; a mistake in this program ends it. */
export function taskSizes(inputs) {
  const sizes = readTaskSizes(inputs);
  if (!sizes.ok) throw new TypeError(sizes.error.message);
  return sizes.value;
}

/** What each estimator says of how many more tasks of one size fit. */
export function estimate(hosts, size) {
  const pooled = pooledCapacity(hosts, [size]);
  if (!pooled.ok) throw new TypeError(pooled.error.message);
  return {
    exact: exactCapacity(hosts, [size]).containerCapacity,
    pooled: pooled.value.containerCapacity,
    perHost: perHostMinimum(hosts, size),
  };
}

/** The lesser of CPU and memory on each host, summed: the formula of garbe and of widdix, which knows no ports and no GPUs. */
function perHostMinimum(hosts, { cpuUnits, memoryMiB }) {
  return hosts.reduce(
    (sum, { remaining }) => sum + Math.min(Math.floor(remaining.cpuUnits / cpuUnits), Math.floor(remaining.memoryMiB / memoryMiB)),
    0,
  );
}

/** Adds up what estimators said of many states. */
export class Tally {
  states = 0;
  full = 0;
  falseFits = { pooled: 0, perHost: 0 };
  sums = { exact: 0, pooled: 0, perHost: 0 };

  add(answers) {
    this.states += 1;
    if (answers.exact === 0) this.full += 1;
    for (const name of Object.keys(this.sums)) this.sums[name] += answers[name];
    for (const name of Object.keys(this.falseFits)) if (answers.exact === 0 && answers[name] > 0) this.falseFits[name] += 1;
  }

  /** Shares and means; `null` where no state was seen. */
  result() {
    const over = (sum) => (this.states === 0 ? null : sum / this.states);
    return {
      states: this.states,
      nothingFits: over(this.full),
      falseFits: { pooled: over(this.falseFits.pooled), perHost: over(this.falseFits.perHost) },
      mean: { exact: over(this.sums.exact), pooled: over(this.sums.pooled), perHost: over(this.sums.perHost) },
    };
  }
}
