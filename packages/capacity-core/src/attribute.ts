/**
 * A property of a host: one ECS or its agent sets, or one of the user's.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html
 */
export interface Attribute {
  /** Such as `ecs.instance-type` or `com.amazonaws.ecs.capability.task-eni`. */
  readonly name: string;
  /** Absent for an attribute that only says that it is there. */
  readonly value?: string;
}

/** Whether one of the attributes answers the one required: the same name and, where a value is required, the same value. */
export function hasAttribute(attributes: readonly Attribute[], required: Attribute): boolean {
  return attributes.some(({ name, value }) => name === required.name && (required.value === undefined || value === required.value));
}

/** The value of the first attribute with that name. */
export function valueOfAttribute(attributes: readonly Attribute[], name: string): string | undefined {
  return attributes.find((attribute) => attribute.name === name)?.value;
}
