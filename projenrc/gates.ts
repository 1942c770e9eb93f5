import type { Monorepo } from './monorepo.ts';

/** Checks of the repository as a whole, each a script that says how much it looked at and exits 1 on a finding. */
const GATES = ['check-synth', 'check-licences', 'check-dependencies', 'check-sizes', 'check-workflows'];

/** Adds the task `gates`: what must hold whatever was changed, in a few seconds. */
export function addGates(root: Monorepo): void {
  const gates = root.addTask('gates', { description: 'Check generated files, licences, dependencies, sizes and workflows' });
  for (const gate of GATES) gates.exec(`node projenrc/scripts/${gate}.mjs`);
}
