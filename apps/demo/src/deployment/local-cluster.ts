import type { LocalEndpoint } from '@plimsoll/simulator';
import { DemoError } from '../demo-error.js';
import { inApiSpelling } from '../template/api-spelling.js';
import { CLUSTER_NAME, localReferences } from '../template/local-references.js';
import { type References, resolveValue } from '../template/resolve-value.js';
import { type Resource, resourcesOfType, type Template, theResource } from '../template/template.js';
import { type HostType, hostTypeOf } from './host-type.js';
import type { TaskDefinition } from './local-definition.js';

/** Account of AWS's own examples, which the local endpoint acts for. */
export const ACCOUNT_ID = '111122223333';

/** A host that is to register. */
export interface HostRegistration {
  /** EC2 instance id. */
  readonly instanceId: string;
  /** Availability Zone. */
  readonly zone: string;
}

/** The stack's cluster and task definitions in a local endpoint. */
export class LocalCluster {
  public readonly hostType: HostType;
  /** Availability Zones that the stack's hosts are spread over. */
  public readonly zones: readonly string[];
  /** What the template's references stand for; task definitions once they are registered. */
  public readonly references: References;
  private readonly taskDefinitionArns = new Map<string, string>();

  public constructor(
    public readonly endpoint: LocalEndpoint,
    public readonly template: Template,
  ) {
    const { region } = endpoint;
    this.references = localReferences(template, { region, accountId: ACCOUNT_ID, taskDefinitionArns: this.taskDefinitionArns });
    const launchTemplate = theResource(template, 'AWS::EC2::LaunchTemplate');
    const { InstanceType } = launchTemplate.properties.LaunchTemplateData as { readonly InstanceType: string };
    this.hostType = hostTypeOf(InstanceType);
    const { VPCZoneIdentifier } = theResource(template, 'AWS::AutoScaling::AutoScalingGroup').properties;
    this.zones = (VPCZoneIdentifier as readonly unknown[]).map((_, index) => `${region}${String.fromCharCode(97 + index)}`);
    const capacityProviders = resourcesOfType(template, 'AWS::ECS::CapacityProvider').map(({ id }) => id);
    this.ecs('CreateCluster', { clusterName: CLUSTER_NAME, capacityProviders });
  }

  /** The ARN of the cluster. */
  public get arn(): string {
    return String(this.references.attribute(theResource(this.template, 'AWS::ECS::Cluster').id, 'Arn'));
  }

  /** A value of the template with its references replaced. */
  public resolve(value: unknown): unknown {
    return resolveValue(value, this.references);
  }

  /** A task definition of the template, as RegisterTaskDefinition takes it. */
  public definitionOf({ properties }: Resource): TaskDefinition {
    return inApiSpelling(this.resolve(properties)) as TaskDefinition;
  }

  /** Registers a revision of a task definition of the template; from then on references to it mean that one. */
  public register({ id }: Resource, definition: TaskDefinition): string {
    const { taskDefinition } = this.ecs('RegisterTaskDefinition', definition) as {
      readonly taskDefinition: { readonly taskDefinitionArn: string };
    };
    this.taskDefinitionArns.set(id, taskDefinition.taskDefinitionArn);
    return taskDefinition.taskDefinitionArn;
  }

  /** Lets a host join the cluster; gives back the ARN of its container instance. */
  public registerHost({ instanceId, zone }: HostRegistration): string {
    const { name, cpuUnits, memoryMiB } = this.hostType;
    const { containerInstance } = this.ecs('RegisterContainerInstance', {
      cluster: CLUSTER_NAME,
      instanceIdentityDocument: JSON.stringify({ instanceId, instanceType: name, availabilityZone: zone }),
      totalResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: cpuUnits },
        { name: 'MEMORY', type: 'INTEGER', integerValue: memoryMiB },
      ],
    }) as { readonly containerInstance: { readonly containerInstanceArn: string } };
    return containerInstance.containerInstanceArn;
  }

  /**
   * Carries out an operation of Amazon ECS.
   *
   * @throws {DemoError} when it is refused
   */
  public ecs(operation: string, input: unknown): unknown {
    const outcome = this.endpoint.ecs(operation, input);
    if (outcome.ok) return outcome.response;
    throw new DemoError('ECS_REFUSED', `${operation} was refused: ${outcome.error.code}: ${outcome.error.message}`);
  }
}
