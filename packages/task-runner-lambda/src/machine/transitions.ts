export const TRANSITIONS = [];
export type Transition = never;
