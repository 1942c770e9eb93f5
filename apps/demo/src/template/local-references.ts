import { DemoError } from '../demo-error.js';
import type { References } from './resolve-value.js';
import type { Resource, Template } from './template.js';

/** Where the stack is brought up. */
export interface Place {
  /** Region that ARNs name. */
  readonly region: string;
  /** Account that ARNs name, 12 digits. */
  readonly accountId: string;
  /** ARNs of task definitions by logical id, as far as they are registered. */
  readonly taskDefinitionArns: ReadonlyMap<string, string>;
}

/** Name of the cluster, which CloudFormation would invent. */
export const CLUSTER_NAME = 'todobackend';

/** The loopback address stands for the load balancer: there is one task, and it is asked directly. */
const LOOPBACK = '127.0.0.1';

/** What references of the stack stand for on this machine. */
export function localReferences(template: Template, place: Place): References {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${place.region}:${place.accountId}:${resource}`;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'Todobackend',
  };
  const resourceOf = (id: string): Resource => {
    const resource = template.resources.get(id);
    if (resource === undefined) throw new DemoError('TEMPLATE', `the template refers to ${id}, which is no resource of it`);
    return resource;
  };
  return {
    ref: (id) => {
      const known = pseudo[id] ?? place.taskDefinitionArns.get(id);
      if (known !== undefined) return known;
      // Most resources are known by a name that CloudFormation makes of the logical id.
      return resourceOf(id).type === 'AWS::ECS::Cluster' ? CLUSTER_NAME : id;
    },
    attribute: (id, name) => {
      const { type, properties } = resourceOf(id);
      switch (`${type}.${name}`) {
        case 'AWS::ECS::Cluster.Arn':
          return arn('ecs', `cluster/${CLUSTER_NAME}`);
        case 'AWS::ECS::Service.Name':
          return id;
        case 'AWS::IAM::Role.Arn':
          return `arn:aws:iam::${place.accountId}:role/${id}`;
        case 'AWS::Lambda::Function.Arn':
          return arn('lambda', `function:${id}`);
        case 'AWS::EC2::VPC.CidrBlock':
          return properties.CidrBlock;
        case 'AWS::ElasticLoadBalancingV2::LoadBalancer.DNSName':
          return LOOPBACK;
        case 'AWS::RDS::DBInstance.Endpoint.Address':
          // No such server: the variables that name it are replaced.
          return 'database.invalid';
        case 'AWS::RDS::DBInstance.Endpoint.Port':
          return '3306';
        case 'AWS::RDS::DBInstance.MasterUserSecret.SecretArn':
          return arn('secretsmanager', `secret:${id}`);
        default:
          throw new DemoError('TEMPLATE', `the demo has nothing that stands for ${name} of ${id} (${type}): teach it local-references.ts`);
      }
    },
  };
}
