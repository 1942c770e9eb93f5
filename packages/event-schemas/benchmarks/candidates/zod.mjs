import * as z from 'zod';
import { detail } from './zod-detail.mjs';

const schema = z.looseObject({
  'detail-type': z.literal('ECS Container Instance State Change'),
  source: z.literal('aws.ecs'),
  version: z.string().exactOptional(),
  id: z.string().exactOptional(),
  account: z.string().exactOptional(),
  time: z.string().exactOptional(),
  region: z.string().exactOptional(),
  resources: z.array(z.string()).exactOptional(),
  detail,
});

/** The schema in zod. */
export function check(event) {
  return (schema.safeParse(event).error?.issues ?? []).map((issue) => issue.path.join('.'));
}
