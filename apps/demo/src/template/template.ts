import { DemoError } from '../demo-error.js';

/** Properties of a resource, as the template has them. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource of a template. */
export interface Resource {
  /** Its logical id. */
  readonly id: string;
  /** Its type, such as `AWS::ECS::Service`. */
  readonly type: string;
  /** Its properties, intrinsic functions unresolved. */
  readonly properties: Properties;
  /** Logical ids of what is made before it, beside what it refers to. */
  readonly dependsOn: readonly string[];
}

/** A CloudFormation template, as far as it is read. */
export interface Template {
  /** All resources, by logical id. */
  readonly resources: ReadonlyMap<string, Resource>;
}

/** Reads a template. */
export function readTemplate(template: unknown): Template {
  const { Resources = {} } = template as { readonly Resources?: Readonly<Record<string, RawResource>> };
  const resources = Object.entries(Resources).map(
    ([id, { Type = '', Properties = {}, DependsOn = [] }]) =>
      [id, { id, type: Type, properties: Properties, dependsOn: typeof DependsOn === 'string' ? [DependsOn] : DependsOn }] as const,
  );
  return { resources: new Map(resources) };
}

interface RawResource {
  readonly Type?: string;
  readonly Properties?: Properties;
  readonly DependsOn?: string | readonly string[];
}

/** All resources of a type, in the template's order. */
export function resourcesOfType({ resources }: Template, type: string): readonly Resource[] {
  return [...resources.values()].filter((resource) => resource.type === type);
}

/**
 * The one resource of a type that a condition holds for.
 *
 * @throws {DemoError} when there is none, or more than one
 */
export function theResource(template: Template, type: string, isMeant: (resource: Resource) => boolean = () => true): Resource {
  const found = resourcesOfType(template, type).filter(isMeant);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new DemoError(
      'TEMPLATE',
      `the template has ${found.length} resources of type ${type} that are meant: the demo plays a stack with one`,
    );
  }
  return first;
}
