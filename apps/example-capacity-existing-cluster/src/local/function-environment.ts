import { rmSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { CapacityStack } from '../capacity-stack.js';

/** Account and Region that the local run is in: those of the local endpoint. */
const HERE = { account: '111122223333', region: 'us-east-1' } as const;

/** A function as far as the template tells its environment. */
interface FunctionResource {
  readonly Type: string;
  readonly Properties: { readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> } };
}

/**
 * The environment that a deployment would give the function, read from the synthesised template.
 *
 * Without the two variables that ask for services: the local endpoint knows none, and has no group to remove a host from.
 */
export function functionEnvironment(clusterName: string): Readonly<Record<string, string>> {
  const app = new App();
  const stack = new CapacityStack(app, 'Local', { env: HERE, existing: { clusterName, autoScalingGroupName: 'harbour-hosts' } });
  const assembly = app.synth();
  const { Resources } = assembly.getStackArtifact(stack.artifactId).template as { Resources: Readonly<Record<string, FunctionResource>> };
  rmSync(assembly.directory, { recursive: true });
  const variables = Object.values(Resources).find(({ Type }) => Type === 'AWS::Lambda::Function')?.Properties.Environment?.Variables ?? {};
  const { PLIMSOLL_READ_TASKS: _, PLIMSOLL_SCALE_IN: __, ...told } = variables;
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [name, deployed(value)]));
}

/** The text that a deployment makes of a value: joined, with the partition in place of its reference. */
function deployed(value: unknown): string {
  const { 'Fn::Join': join, Ref: ref } = value as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]]; readonly Ref?: string };
  if (join !== undefined) return join[1].map(deployed).join(join[0]);
  return ref === 'AWS::Partition' ? 'aws' : String(value);
}
