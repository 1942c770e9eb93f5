/** Digits and small letters: what the cores of texts are made of. */
const LETTERS = 36;

/** A piece of a core: from its first character to behind its last one. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds pieces of a secret in the cores of texts, wherever in the secret they begin.
 *
 * A suffix automaton: every character of a text costs a step or two, whatever
 * the text and the secret are.
 */
export class RunFinder {
  readonly #least: number;
  readonly #next: Int32Array;
  readonly #shorter: Int32Array;
  readonly #lengths: Int32Array;

  /**
   * @param secret digits and small letters
   * @param least shortest piece that is found; a secret shorter than that is found whole
   */
  public constructor(secret: string, least: number) {
    this.#least = Math.min(least, secret.length);
    const states = 2 * secret.length + 1;
    this.#next = new Int32Array(states * LETTERS).fill(-1);
    this.#shorter = new Int32Array(states).fill(-1);
    this.#lengths = new Int32Array(states);
    this.#learn(secret);
  }

  /** The pieces of the secret in a core, in order; those that overlap as one. */
  public runsIn(core: string): readonly Run[] {
    const runs: Run[] = [];
    this.#search(core, (run) => {
      const last = runs.at(-1);
      if (last !== undefined && run.from < last.to) runs[runs.length - 1] = { from: last.from, to: run.to };
      else runs.push(run);
      return false;
    });
    return runs;
  }

  /** Whether a core holds a piece of the secret. */
  public isIn(core: string): boolean {
    return this.#least > 0 && this.#search(core, () => true);
  }

  /** Tells of the longest piece that ends at each character, until told to stop. */
  #search(core: string, found: (run: Run) => boolean): boolean {
    let state = 0;
    let length = 0;
    for (let at = 0; at < core.length; at += 1) {
      const letter = letterOf(core, at);
      while (state > 0 && this.#step(state, letter) === -1) {
        state = this.#shorter[state] ?? 0;
        length = this.#lengths[state] ?? 0;
      }
      const to = this.#step(state, letter);
      if (to === -1) continue;
      state = to;
      length += 1;
      if (length >= this.#least && found({ from: at + 1 - length, to: at + 1 })) return true;
    }
    return false;
  }

  #step(state: number, letter: number): number {
    return this.#next[state * LETTERS + letter] ?? -1;
  }

  #learn(secret: string): void {
    let size = 1;
    let last = 0;
    for (let at = 0; at < secret.length; at += 1) {
      const letter = letterOf(secret, at);
      const added = size;
      size += 1;
      this.#lengths[added] = at + 1;
      let state = last;
      for (; state !== -1 && this.#step(state, letter) === -1; state = this.#shorter[state] ?? -1) {
        this.#next[state * LETTERS + letter] = added;
      }
      if (state === -1) this.#shorter[added] = 0;
      else size = this.#link(added, state, letter, size);
      last = added;
    }
  }

  /** Gives an added state its shorter one, split off another where that stands for longer pieces as well. */
  #link(added: number, state: number, letter: number, size: number): number {
    const target = this.#step(state, letter);
    if (this.#lengths[target] === (this.#lengths[state] ?? 0) + 1) {
      this.#shorter[added] = target;
      return size;
    }
    const split = size;
    this.#lengths[split] = (this.#lengths[state] ?? 0) + 1;
    this.#next.copyWithin(split * LETTERS, target * LETTERS, (target + 1) * LETTERS);
    this.#shorter[split] = this.#shorter[target] ?? 0;
    for (let from = state; from !== -1 && this.#step(from, letter) === target; from = this.#shorter[from] ?? -1) {
      this.#next[from * LETTERS + letter] = split;
    }
    this.#shorter[target] = split;
    this.#shorter[added] = split;
    return size + 1;
  }
}

/** Place of a digit or small letter in the alphabet. */
function letterOf(core: string, at: number): number {
  const code = core.charCodeAt(at);
  return code < 58 ? code - 48 : code - 87;
}
