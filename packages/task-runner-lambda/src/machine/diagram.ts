import type { Phase } from './plan.js';
import { TRANSITIONS, type Transition } from './transitions.js';

/**
 * The ways a run can take, as a state diagram in Mermaid's notation.
 *
 * A step that stays in its phase is written into it, after `↻`. Phases that end with the invocation share one frame, and
 * one arrow out of it stands for theirs.
 */
export function diagram(): string {
  const leaving = TRANSITIONS.filter(({ to }) => to === 'handed over');
  const framed = new Set(leaving.map(({ from }) => from));
  const isInside = ({ from, to }: Transition): boolean => framed.has(from) && framed.has(to);
  const rest = TRANSITIONS.filter(({ to }) => to !== 'handed over');
  return [
    'stateDiagram-v2',
    `  state "until ${[...new Set(leaving.map(({ when }) => when))].join(' or ')}" as invocation {`,
    '    [*] --> checking',
    ...rest.filter(isInside).flatMap((transition) => lines(transition).map((line) => `    ${line}`)),
    '  }',
    ...rest.filter((transition) => !isInside(transition)).flatMap((transition) => lines(transition).map((line) => `  ${line}`)),
    `  invocation --> ${name('handed over')}`,
    '  answered --> [*]',
    `  ${name('handed over')} --> [*]`,
  ].join('\n');
}

function lines({ from, to, when }: Transition): readonly string[] {
  const words = when.replaceAll(':', ',');
  return from === to ? [`${name(from)}: ${name(from)}`, `${name(from)}: ↻ ${words}`] : [`${name(from)} --> ${name(to)}: ${words}`];
}

function name(phase: Phase): string {
  return phase.replaceAll(' ', '_');
}
