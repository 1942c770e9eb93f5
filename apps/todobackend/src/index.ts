export { EXIT, type ExitCode } from './exit-code.js';
export { main } from './main.js';
export { type ApiAnswer, ApiClient, type ApiRequest, type SpecifiedTodo } from './specification/api-client.js';
export { runSpecification, type SpecificationCase, type SpecificationOutcome, specification } from './specification/specification.js';
