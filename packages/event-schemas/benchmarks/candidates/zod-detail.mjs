import * as z from 'zod';

const natural = z.int().nonnegative();
const resource = z.looseObject({
  name: z.string(),
  type: z.string().exactOptional(),
  integerValue: z.number().multipleOf(1).exactOptional(),
  longValue: z.number().multipleOf(1).exactOptional(),
  doubleValue: z.number().exactOptional(),
  stringSetValue: z.array(z.string()).exactOptional(),
});

/** The detail in zod, for the candidates that use zod. */
export const detail = z.looseObject({
  clusterArn: z.string().min(1),
  containerInstanceArn: z.string().min(1),
  status: z.string(),
  agentConnected: z.boolean(),
  version: natural,
  registeredResources: z.array(resource),
  remainingResources: z.array(resource),
  ec2InstanceId: z.string().exactOptional(),
  attributes: z.array(z.looseObject({ name: z.string(), value: z.string().exactOptional() })).exactOptional(),
  runningTasksCount: natural.exactOptional(),
  pendingTasksCount: natural.exactOptional(),
});
