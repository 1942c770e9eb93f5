import * as z from 'zod/mini';

const natural = z.int().check(z.nonnegative());
const identifier = z.string().check(z.minLength(1));
const whole = z.number().check(z.multipleOf(1));
const resource = z.looseObject({
  name: z.string(),
  type: z.exactOptional(z.string()),
  integerValue: z.exactOptional(whole),
  longValue: z.exactOptional(whole),
  doubleValue: z.exactOptional(z.number()),
  stringSetValue: z.exactOptional(z.array(z.string())),
});
const schema = z.looseObject({
  'detail-type': z.literal('ECS Container Instance State Change'),
  source: z.literal('aws.ecs'),
  version: z.exactOptional(z.string()),
  id: z.exactOptional(z.string()),
  account: z.exactOptional(z.string()),
  time: z.exactOptional(z.string()),
  region: z.exactOptional(z.string()),
  resources: z.exactOptional(z.array(z.string())),
  detail: z.looseObject({
    clusterArn: identifier,
    containerInstanceArn: identifier,
    status: z.string(),
    agentConnected: z.boolean(),
    version: natural,
    registeredResources: z.array(resource),
    remainingResources: z.array(resource),
    ec2InstanceId: z.exactOptional(z.string()),
    attributes: z.exactOptional(z.array(z.looseObject({ name: z.string(), value: z.exactOptional(z.string()) }))),
    runningTasksCount: z.exactOptional(natural),
    pendingTasksCount: z.exactOptional(natural),
  }),
});

/** The schema in zod's smaller interface. */
export function check(event) {
  return (schema.safeParse(event).error?.issues ?? []).map((issue) => issue.path.join('.'));
}
