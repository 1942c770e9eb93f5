import { type Attribute, ec2NetworkInterfaceLimit, type Host, type HostType, isRegistered, type TaskSize } from '@plimsoll/capacity-core';

const INSTANCE_TYPE = 'ecs.instance-type';
/** Set on a host whose trunk interface is attached. */
const TRUNK = 'ecs.awsvpc-trunk-id';
/** What ECS and its agent say of a host; a task definition asks for it without its author. */
const OF_ECS = /^(?:com\.amazonaws\.ecs\.capability\.|ecs\.capability\.|ecs\.(?:os-type|os-family|cpu-architecture)$)/;

/**
 * Gives host types the attributes that such hosts can be expected to have: those that all hosts of the type have, or all hosts where
 * there is none of it; without hosts, what the sizes ask for of what ECS and its agent say.
 *
 * An attribute whose values differ, such as that of each host's own trunk interface, has none.
 */
export function hostTypesLike(hosts: readonly Host[], types: readonly HostType[], sizes: readonly TaskSize[]): readonly HostType[] {
  const registered = hosts.filter(isRegistered);
  return types.map((type) => {
    const ofType = registered.filter(({ attributes }) =>
      attributes.some(({ name, value }) => name === INSTANCE_TYPE && value === type.name),
    );
    const like = ofType.length > 0 ? ofType : registered;
    const expected =
      like.length > 0 ? commonTo(like) : sizes.flatMap((size) => size.requiredAttributes.filter(({ name }) => OF_ECS.test(name)));
    const knowsTrunks = ec2NetworkInterfaceLimit(type.name)?.trunkedTasks !== undefined;
    const others = expected.filter(({ name }) => name !== INSTANCE_TYPE && (name !== TRUNK || knowsTrunks));
    return { ...type, attributes: [...(type.attributes ?? []), ...others] };
  });
}

function commonTo([first, ...others]: readonly Host[]): readonly Attribute[] {
  return others.reduce<readonly Attribute[]>((common, { attributes }) => {
    const values = new Map(attributes.map(({ name, value }) => [name, value]));
    return common.flatMap((attribute) => {
      const { name, value } = attribute;
      if (!values.has(name)) return [];
      return values.get(name) === value ? [attribute] : [{ name }];
    });
  }, first?.attributes ?? []);
}
