export { EXIT_STATUS } from './program-error.js';
export { main } from './process-io.js';
export type { ProgramIo } from './program-io.js';
export { type CapacityReport, type TaskSizeReport } from './report/capacity-report.js';
export type { ReplayReport } from './report/replay-report.js';
export { run } from './run.js';
export { formatTaskSizeSpec, parseTaskSizeSpec, parseTaskSizeSpecs, type TaskSizeSpecError } from './task-size-spec.js';
