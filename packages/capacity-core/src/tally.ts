import { compareReasons, type Reason } from './reason.js';

/** Idle shares are counted in an array up to this many copies on an empty host, and in a map above. */
const DENSE = 512;

/** Adds up, host by host, what fits of one size, what it would be on empty hosts, and what binds. */
export class Tally {
  /** Copies that fit. */
  public copies = 0;
  // Copies are added up apart by what the host would hold empty, so that the order of hosts cannot change the last digit.
  readonly #dense = new Float64Array(DENSE);
  readonly #sparse = new Map<number, number>();
  readonly #bound = new Map<Reason, { hosts: number; gain: number }>();

  /** A host on which `copies` fit, and `whenEmpty` would if it were empty. */
  public addHost(copies: number, whenEmpty: number): void {
    this.copies += copies;
    const share = copies < whenEmpty ? copies : whenEmpty;
    if (whenEmpty < DENSE) this.#dense[whenEmpty] = (this.#dense[whenEmpty] ?? 0) + share;
    else this.#sparse.set(whenEmpty, (this.#sparse.get(whenEmpty) ?? 0) + share);
  }

  /** So many hosts on which the reason stops one more, and how many more would fit there without it. */
  public addBound(reason: Reason, hosts: number, gain: number): void {
    const bound = this.#bound.get(reason);
    if (bound === undefined) this.#bound.set(reason, { hosts, gain });
    else {
      bound.hosts += hosts;
      bound.gain += gain;
    }
  }

  /** The sum of the hosts' shares of what each holds empty, the smallest hosts first. */
  public get idleHosts(): number {
    let sum = 0;
    for (let whenEmpty = 1; whenEmpty < DENSE; whenEmpty += 1) {
      const share = this.#dense[whenEmpty] ?? 0;
      if (share > 0) sum += share / whenEmpty;
    }
    for (const [whenEmpty, share] of [...this.#sparse].sort(([a], [b]) => a - b)) sum += share / whenEmpty;
    return sum;
  }

  /** What binds on most hosts; of equals, that without which most would fit; of equals, the first in the order reasons are told in. */
  public get binding(): Reason | null {
    const [first] = [...this.#bound].sort(
      ([a, one], [b, other]) => other.hosts - one.hosts || moreGain(one, other) || compareReasons(a, b),
    );
    return first === undefined ? null : first[0];
  }
}

/** Both may be infinite, so they are compared and not subtracted. */
function moreGain(one: { readonly gain: number }, other: { readonly gain: number }): number {
  if (one.gain === other.gain) return 0;
  return other.gain > one.gain ? 1 : -1;
}
