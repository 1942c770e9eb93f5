export { main } from './process-io.js';
export { EXIT_STATUS } from './program-error.js';
export type { ProgramIo } from './program-io.js';
export type { CapacityReport, TaskSizeReport } from './report/capacity-report.js';
export type { ReplayReport } from './report/replay-report.js';
export { run } from './run.js';
export { parseTaskSizeSpec, parseTaskSizeSpecs, type TaskSizeSpecError } from './task-size-spec.js';
