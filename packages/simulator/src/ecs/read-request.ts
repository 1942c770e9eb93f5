import * as v from 'valibot';
import { accepted, type EcsResult, refused } from './ecs-error.js';
import { type EcsOperationName, type EcsRequest, requestSchemas } from './request-schemas.js';

/**
 * Reads a request of one operation: values of the wrong kind are refused,
 * members the operation does not know are left out, as ECS does.
 *
 * The wording follows AWS's JSON services ("NUMBER_VALUE can not be converted
 * to a String"); the path is ours.
 */
export function readRequest<Name extends EcsOperationName>(name: Name, input: unknown): EcsResult<EcsRequest<Name>> {
  if (Array.isArray(input)) {
    return refused('SerializationException', 'ARRAY_VALUE can not be converted to Object');
  }
  const read = v.safeParse(requestSchemas[name], input, { abortEarly: true });
  if (read.success) {
    return accepted(read.output as EcsRequest<Name>);
  }
  const issue = read.issues[0];
  const at = v.getDotPath(issue);
  return refused(
    'SerializationException',
    `${kindOf(issue.input)}_VALUE can not be converted to ${issue.expected ?? issue.type}${at === null ? '' : ` at ${at}`}`,
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'ARRAY';
  }
  return value === undefined ? 'NO' : typeof value === 'object' ? 'STRUCTURE' : (typeof value).toUpperCase();
}
