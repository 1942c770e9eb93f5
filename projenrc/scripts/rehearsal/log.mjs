// One line a step, the problems below it, and a summary.

export class Log {
  failed = 0;
  #steps = 0;
  #checks = 0;

  /** Runs the checks in turn: `[name, () => problems]`, a problem being a line of text. */
  async step(name, checks) {
    const start = performance.now();
    const problems = [];
    for (const [check, run] of checks) problems.push(...(await problemsOf(run)).map((problem) => `${check}: ${problem}`));
    if (checks.length === 0) problems.push('nothing was checked');
    this.#steps += 1;
    this.#checks += checks.length;
    if (problems.length > 0) this.failed += 1;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `${problems.length > 0 ? 'FAIL' : 'ok  '} ${name}: ${checks.length} ${checks.length === 1 ? 'check' : 'checks'}, ${seconds} s`,
    );
    for (const problem of problems) console.log(`       ${problem.slice(0, 1500).replaceAll('\n', '\n       ')}`);
  }

  summary() {
    return `${this.#steps - this.failed} of ${this.#steps} steps passed, ${this.#checks} checks`;
  }
}

async function problemsOf(run) {
  try {
    return await run();
  } catch (error) {
    // What a child process said tells more than that it failed.
    return [[error.stderr, error.stdout, error].map((part) => String(part ?? '').trim()).find((text) => text !== '')];
  }
}
