import { DemoError } from '../../src/demo-error.js';
import { inApiSpelling } from '../../src/template/api-spelling.js';
import { localReferences } from '../../src/template/local-references.js';
import { resolveValue } from '../../src/template/resolve-value.js';
import { theResource } from '../../src/template/template.js';
import { templateWith } from '../helpers/template.js';

const template = templateWith();
const migrate = theResource(template, 'AWS::ECS::TaskDefinition', ({ id }) => id.startsWith('Migrate'));
const references = localReferences(template, {
  region: 'us-east-1',
  accountId: '111122223333',
  taskDefinitionArns: new Map([[migrate.id, 'arn:of:migrate:7']]),
});
const resolve = (value: unknown) => resolveValue(value, references);
const cluster = theResource(template, 'AWS::ECS::Cluster').id;

test.each([
  ['a scalar', 7, 7],
  ['a resource', { Ref: cluster }, 'todobackend'],
  ['a registered task definition', { Ref: migrate.id }, 'arn:of:migrate:7'],
  ['a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
  ['an attribute', { 'Fn::GetAtt': [cluster, 'Arn'] }, 'arn:aws:ecs:us-east-1:111122223333:cluster/todobackend'],
  ['an attribute with a dot', { 'Fn::GetAtt': `${cluster}.Arn` }, 'arn:aws:ecs:us-east-1:111122223333:cluster/todobackend'],
  ['a join', { 'Fn::Join': ['-', ['a', { Ref: cluster }, 3]] }, 'a-todobackend-3'],
  ['a substitution', { 'Fn::Sub': `\${AWS::AccountId}/\${${cluster}}` }, '111122223333/todobackend'],
  ['what is inside', [{ deep: { er: { Ref: cluster } } }, null], [{ deep: { er: 'todobackend' } }, null]],
])('%s is resolved', (_, value, expected) => {
  expect(resolve(value)).toEqual(expected);
});

test.each([
  ['a function that is not known', { 'Fn::ImportValue': 'x' }, /Fn::ImportValue/],
  ['a resource that is not there', { Ref: 'Nowhere' }, /refers to Nowhere/],
  ['an attribute that nothing stands for', { 'Fn::GetAtt': [cluster, 'Moon'] }, /Moon of Cluster/],
])('%s is refused by name', (_, value, message) => {
  expect(() => resolve(value)).toThrow(DemoError);
  expect(() => resolve(value)).toThrow(message);
});

test('every task definition, the migration and the function of the stack are resolved whole', () => {
  for (const { type, properties } of template.resources.values()) {
    if (!['AWS::ECS::TaskDefinition', 'Custom::PlimsollTaskRun', 'AWS::Lambda::Function'].includes(type)) continue;
    expect(JSON.stringify(resolve(properties))).not.toMatch(/"(Ref|Fn::\w+)"/);
  }
});

test("names are spelled as the API's, a user's words are left", () => {
  expect(
    inApiSpelling({ LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': 'A', Max: 1 } }, Cpu: [{ PortMappings: [] }] }),
  ).toEqual({
    logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'A', Max: 1 } },
    cpu: [{ portMappings: [] }],
  });
});

test('a resource that is not the only one is refused', () => {
  expect(() => theResource(template, 'AWS::ECS::TaskDefinition')).toThrow(/2 resources of type AWS::ECS::TaskDefinition/);
  expect(() => theResource(template, 'AWS::ECS::Nothing')).toThrow(/0 resources/);
});
