import { rmSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { GuestbookStack } from '../guestbook-stack.js';

/** A resource of the template. */
interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** What the local run takes from the synthesised template. */
export interface DeployedValues {
  /** The migration's task definition, in the words of RegisterTaskDefinition. */
  readonly taskDefinition: Readonly<Record<string, unknown>>;
  /** The properties that CloudFormation would send the task runner. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Name that stands for the cluster. */
  readonly clusterName: string;
}

/** Synthesises the stack; gives the migration's definition and request with a name in place of each reference. */
export function deployedValues(): DeployedValues {
  const app = new App();
  const stack = new GuestbookStack(app, 'Local', { env: { account: '111122223333', region: 'us-east-1' } });
  const assembly = app.synth();
  const { Resources } = assembly.getStackArtifact(stack.artifactId).template as { Resources: Readonly<Record<string, Resource>> };
  rmSync(assembly.directory, { recursive: true });
  const run = Object.values(Resources).find(({ Type }) => Type === 'Custom::PlimsollTaskRun')?.Properties ?? {};
  const { ServiceToken: _, ...properties } = run;
  const id = idOf(run.TaskDefinition);
  return {
    taskDefinition: camelCased(named(Resources[id]?.Properties)) as Record<string, unknown>,
    properties: { ...(named(properties) as object), TaskDefinition: (Resources[id]?.Properties.Family ?? id) as string },
    clusterName: idOf(run.Cluster),
  };
}

/** Logical id that a reference names. */
function idOf(value: unknown): string {
  const { Ref: ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] };
  return ref ?? attribute?.[0] ?? '';
}

/** The value with the logical id of what a reference names in its place, joined text as text. */
function named(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Readonly<Record<string, unknown>>;
  const join = members['Fn::Join'] as readonly [string, readonly unknown[]] | undefined;
  if (join !== undefined) return join[1].map(named).join(join[0]);
  if (typeof members['Fn::Sub'] === 'string') return members['Fn::Sub'];
  return idOf(members) || Object.fromEntries(Object.entries(members).map(([key, member]) => [key, named(member)]));
}

/** Names of members as Amazon ECS has them, which begin with a small letter. */
function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [`${key.charAt(0).toLowerCase()}${key.slice(1)}`, camelCased(member)]),
  );
}
