import type { Observation, Phase } from './plan.js';

/** One arrow between two phases. */
export interface Transition {
  readonly from: Phase;
  readonly to: Phase;
  /** Observations that can lead along it. */
  readonly on: ReadonlyArray<Observation['kind']>;
  /** When they do, in words. */
  readonly when: string;
}

/** Every way a run can take. The tests walk all that {@link decide} can do, and find these arrows and no others. */
export const TRANSITIONS: readonly Transition[] = [
  { from: 'checking', to: 'checking', on: ['begun', 'waited', 'failed'], when: 'the stack is asked, again where it cannot be' },
  { from: 'checking', to: 'preparing', on: ['begun', 'stack', 'failed'], when: 'wanted' },
  {
    from: 'checking',
    to: 'clearing',
    on: ['begun', 'waited', 'stack', 'failed', 'interrupted'],
    when: 'nothing is to run, or the definition is known',
  },
  { from: 'checking', to: 'placing', on: ['stack', 'failed'], when: 'still wanted, and nothing was found to run' },
  { from: 'checking', to: 'answered', on: ['stack', 'failed', 'interrupted'], when: 'properties refused' },
  { from: 'preparing', to: 'preparing', on: ['waited', 'failed'], when: 'throttled or not answered' },
  { from: 'preparing', to: 'clearing', on: ['definition', 'failed'], when: 'definition read, or out of reach' },
  { from: 'preparing', to: 'answered', on: ['definition', 'failed', 'interrupted'], when: 'definition refused' },
  {
    from: 'clearing',
    to: 'clearing',
    on: ['found', 'stop accepted', 'waited', 'failed', 'interrupted'],
    when: 'other tasks are stopped, or waited for',
  },
  { from: 'clearing', to: 'watching', on: ['found'], when: 'own task found: adopted' },
  { from: 'clearing', to: 'stopping', on: ['found'], when: 'a newer request has a task running' },
  { from: 'clearing', to: 'placing', on: ['found'], when: 'nothing runs' },
  { from: 'clearing', to: 'checking', on: ['found'], when: 'the stack was asked too long ago' },
  { from: 'clearing', to: 'answered', on: ['found', 'failed', 'interrupted'], when: 'nothing to run, or no time' },
  { from: 'placing', to: 'watching', on: ['placed'], when: 'placed' },
  { from: 'placing', to: 'clearing', on: ['placed', 'failed'], when: 'its client token is used up' },
  { from: 'placing', to: 'checking', on: ['not placed', 'failed'], when: 'no room, no answer, or another was quicker: later again' },
  { from: 'placing', to: 'answered', on: ['not placed', 'failed'], when: 'RunTask said no' },
  { from: 'watching', to: 'watching', on: ['described', 'missing', 'waited', 'stack', 'failed'], when: 'not stopped yet' },
  { from: 'watching', to: 'checking', on: ['described'], when: 'it found no room: later again' },
  { from: 'watching', to: 'reading', on: ['described'], when: 'stopped and failed' },
  {
    from: 'watching',
    to: 'stopping',
    on: ['described', 'missing', 'stack', 'failed', 'interrupted'],
    when: 'deadline, unwanted, or not to be seen',
  },
  { from: 'watching', to: 'answered', on: ['described'], when: 'stopped' },
  {
    from: 'stopping',
    to: 'stopping',
    on: ['stop accepted', 'described', 'missing', 'waited', 'failed', 'interrupted'],
    when: 'not stopped yet',
  },
  { from: 'stopping', to: 'reading', on: ['described'], when: 'stopped' },
  { from: 'stopping', to: 'answered', on: ['described', 'stop accepted', 'missing', 'failed'], when: 'stopped, or no time to wait for it' },
  { from: 'reading', to: 'reading', on: ['log', 'waited', 'failed'], when: 'nothing there yet, or more may come' },
  { from: 'reading', to: 'answered', on: ['log', 'failed', 'interrupted'], when: 'read, or not to be had' },
  ...(['checking', 'preparing', 'clearing', 'placing', 'watching', 'stopping'] as const).map((from) => ({
    from,
    to: 'handed over' as const,
    on: handingOver(from),
    when: 'the invocation ends',
  })),
];

/** Observations after which a phase would wait, but its invocation is over. */
function handingOver(from: Phase): Transition['on'] {
  switch (from) {
    case 'checking':
      return ['stack', 'failed'];
    case 'clearing':
      return ['found', 'failed'];
    case 'placing':
      return ['placed', 'not placed', 'failed'];
    case 'watching':
      return ['described', 'missing', 'failed'];
    case 'stopping':
      return ['described', 'stop accepted', 'missing', 'failed'];
    default:
      return ['failed'];
  }
}
