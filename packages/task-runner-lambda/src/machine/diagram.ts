import { TRANSITIONS } from './transitions.js';

/** The ways a run can take, as a state diagram in Mermaid's notation. */
export function diagram(): string {
  const name = (phase: string): string => phase.replaceAll(' ', '_');
  const arrows = TRANSITIONS.map(({ from, to, when }) => `  ${name(from)} --> ${name(to)}: ${when.replaceAll(':', ',')}`);
  return ['stateDiagram-v2', '  [*] --> checking', ...arrows, '  answered --> [*]', '  handed_over --> [*]'].join('\n');
}
