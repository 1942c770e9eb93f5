import type { HostAttribute } from './ecs-state.js';
import { parsePlainJson } from './plain-json.js';

/** What the model reads of an EC2 instance identity document. */
export interface InstanceIdentity {
  /** EC2 instance id, if given. */
  readonly ec2InstanceId: string | undefined;
  /** Attributes that ECS itself derives from it. */
  readonly attributes: readonly HostAttribute[];
}

/** Attribute by member of the document: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html, "Built-in attributes". */
const ATTRIBUTES: readonly (readonly [member: string, attribute: string])[] = [
  ['availabilityZone', 'ecs.availability-zone'],
  ['instanceType', 'ecs.instance-type'],
  ['imageId', 'ecs.ami-id'],
];

/** Reads the document's JSON text; undefined if it is not an object. The signature is not verified. */
export function readIdentityDocument(text: string | undefined): InstanceIdentity | undefined {
  if (text === undefined) {
    return { ec2InstanceId: undefined, attributes: [] };
  }
  const parsed = parsePlainJson(text);
  if (!parsed.ok || typeof parsed.value !== 'object' || Array.isArray(parsed.value)) {
    return undefined;
  }
  const document = new Map<string, unknown>(Object.entries(parsed.value));
  const instanceId = document.get('instanceId');
  return {
    ec2InstanceId: typeof instanceId === 'string' && instanceId !== '' ? instanceId : undefined,
    attributes: ATTRIBUTES.flatMap(([member, name]) => {
      const value = document.get(member);
      return typeof value === 'string' ? [{ name, value }] : [];
    }),
  };
}
