import type { Template } from 'aws-cdk-lib/assertions';

/** What CloudFormation and Amazon ECS put in place of the references, in an example of a deployment. */
const EXAMPLE: Readonly<Record<string, string>> = {
  'Database.Endpoint.Address': 'todobackend-database.c0ffee123456.eu-west-1.rds.amazonaws.com',
  'Database.Endpoint.Port': '3306',
  // As Elastic Load Balancing writes it: in both cases.
  'LoadBalancer.DNSName': 'Todoba-LoadB-1A2B3C4D5E6F-1234567890.eu-west-1.elb.amazonaws.com',
  'Vpc.CidrBlock': '10.0.0.0/16',
  // A secret that Amazon RDS manages has these two fields.
  'Database.MasterUserSecret.SecretArn': '{"username":"todobackend","password":"pa$$ `word\\"\'"}',
};

/** A container of the template, and the environment that a deployment gives it. */
export interface DeployedContainer {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The container of that name. */
export function deployedContainer(template: Template, name: string): DeployedContainer {
  const definitions = Object.values(template.findResources('AWS::ECS::TaskDefinition')).flatMap(
    ({ Properties: { ContainerDefinitions } }) => ContainerDefinitions,
  );
  const definition = definitions.find(({ Name }) => Name === name);
  expect(definition).toBeDefined();
  const { Environment = [], Secrets = [], Command = [] } = definition;
  const pairs = [
    ...Environment.map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, deployedText(Value)]),
    ...Secrets.map(({ Name, ValueFrom }: { Name: string; ValueFrom: unknown }) => [Name, deployedText(ValueFrom)]),
  ];
  return { definition, command: Command, environment: Object.fromEntries(pairs) };
}

function deployedText(value: unknown): string {
  if (typeof value === 'string') return value;
  const [id = '', attribute = ''] = (value as { 'Fn::GetAtt'?: string[] })['Fn::GetAtt'] ?? [];
  const reference = `${id.replace(/[0-9A-F]{8}$/, '')}.${attribute}`;
  expect(Object.keys(EXAMPLE)).toContain(reference);
  return EXAMPLE[reference] ?? '';
}
