export { type BrowserOptions, browserInstalled, CHROMIUM, openInBrowser, QUIET_FLAGS } from './browser.js';
export {
  type LambdaOutcome,
  type LambdaProcess,
  type LambdaProcessOptions,
  lambdaVariables,
  startLambdaProcess,
} from './lambda-process.js';
export { type Listening, listenOnLoopback } from './listen-on-loopback.js';
export { type PropertyParameters, propertyParameters } from './property-parameters.js';
export { type HostAmounts, type RecordStyle, type ResourceRecord, resourceRecords } from './resource-record.js';
export { type ScheduledEventOptions, scheduledEvent } from './scheduled-event.js';
export { TestSupportError } from './test-support-error.js';
