/** Base of every error this package throws; `code` tells them apart, also across bundled copies of the class. */
export abstract class SimulatorError extends Error {
  abstract override readonly name: string;
  /** What went wrong, as a name. */
  abstract readonly code: string;
  /** Who can put it right. */
  readonly source = 'caller';
}
