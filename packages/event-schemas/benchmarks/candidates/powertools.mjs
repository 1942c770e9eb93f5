import { EventBridgeSchema } from '@aws-lambda-powertools/parser/schemas/eventbridge';
import { detail } from './zod-detail.mjs';

const schema = EventBridgeSchema.extend({ detail });

/** The parser of Powertools for AWS Lambda: its envelope around our detail, since it has no schema for events of ECS. */
export function check(event) {
  return (schema.safeParse(event).error?.issues ?? []).map((issue) => issue.path.join('.'));
}
