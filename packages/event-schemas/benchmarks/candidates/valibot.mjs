import * as v from 'valibot';

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const identifier = v.pipe(v.string(), v.nonEmpty());
const whole = v.pipe(v.number(), v.integer());
const resource = v.looseObject({
  name: v.string(),
  type: v.exactOptional(v.string()),
  integerValue: v.exactOptional(whole),
  longValue: v.exactOptional(whole),
  doubleValue: v.exactOptional(v.pipe(v.number(), v.finite())),
  stringSetValue: v.exactOptional(v.array(v.string())),
});
const schema = v.looseObject({
  'detail-type': v.literal('ECS Container Instance State Change'),
  source: v.literal('aws.ecs'),
  version: v.exactOptional(v.string()),
  id: v.exactOptional(v.string()),
  account: v.exactOptional(v.string()),
  time: v.exactOptional(v.string()),
  region: v.exactOptional(v.string()),
  resources: v.exactOptional(v.array(v.string())),
  detail: v.looseObject({
    clusterArn: identifier,
    containerInstanceArn: identifier,
    status: v.string(),
    agentConnected: v.boolean(),
    version: natural,
    registeredResources: v.array(resource),
    remainingResources: v.array(resource),
    ec2InstanceId: v.exactOptional(v.string()),
    attributes: v.exactOptional(v.array(v.looseObject({ name: v.string(), value: v.exactOptional(v.string()) }))),
    runningTasksCount: v.exactOptional(natural),
    pendingTasksCount: v.exactOptional(natural),
  }),
});

/** The schema as valibot's documentation would have it written. */
export function check(event) {
  return (v.safeParse(schema, event).issues ?? []).map((issue) => v.getDotPath(issue));
}
