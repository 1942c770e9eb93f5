import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { requestSchemas } from '../../src/ecs/request-schemas.js';
import type { LocalEndpoint } from '../../src/index.js';
import { addDefinition, addHost, expectAccepted } from '../helpers/hosts.js';
import { jsonCall } from '../helpers/json-call.js';
import { startModel } from '../helpers/model-session.js';
import { closeAll, openEndpoint } from '../helpers/open-endpoints.js';
import { faultsOfOutput } from '../helpers/output-schema.js';

const OPERATIONS = Object.keys(requestSchemas);

/** Members that some operation reads, so that random requests get past the first check. */
const MEMBERS = [...new Set(Object.values(requestSchemas).flatMap(({ entries }) => Object.keys(entries)))];

const awkward = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    'default',
    'small',
    'small:1',
    '__proto__',
    'constructor',
    'toString',
    'RUNNING',
    'ACTIVE',
    'EC2',
    '\ud800',
    '0',
    '1e999',
  ),
  fc.constantFrom<unknown>(0, -1, 1.5, 2 ** 53, -0, true, null, [], {}),
  fc.constantFrom<unknown>(
    [{ name: 'a', image: 'i', memory: 1 }],
    [{ name: 'CPU', type: 'INTEGER', integerValue: 7 }],
    [{ type: 'spread', field: 'attribute:__proto__' }],
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

test('any input to any operation is answered, as the SDK expects it or by a named refusal', () => {
  const session = startModel();
  session.call('RegisterContainerInstance', {
    totalResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 999_999 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 999_999 },
    ],
  });
  fc.assert(
    fc.property(fc.constantFrom(...OPERATIONS), fc.dictionary(fc.constantFrom(...MEMBERS), awkward), (operation, input) => {
      const outcome = session.call(operation, input);
      if (outcome.ok) {
        expect(faultsOfOutput(operation, JSON.parse(JSON.stringify(outcome.response)))).toEqual([]);
      } else {
        expect(outcome.error.code).toMatch(/^(Client|ClusterNotFound|Conflict|InvalidParameter|Serialization)Exception$/);
        expect(outcome.error.message).not.toBe('');
      }
    }),
    propertyParameters(3000),
  );
});

describe('over HTTP', () => {
  let endpoint: LocalEndpoint;

  beforeEach(async () => {
    endpoint = await openEndpoint();
    addHost(endpoint);
    addDefinition(endpoint, 'web');
  });

  afterEach(closeAll);

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['a number for a text', '{"cluster":5}'],
    ['a text for a number', '{"maxResults":"5"}'],
    ['a fraction for a whole number', '{"maxResults":1.5}'],
    ['lists 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s is a SerializationException', async (_name, body) => {
    const answer = await jsonCall(endpoint, 'ListTasks', body);
    expect([answer.status, answer.body.__type]).toEqual([400, 'SerializationException']);
  });

  test('an empty body and null members count as left out', async () => {
    expect((await jsonCall(endpoint, 'ListTasks', '')).body).toEqual({ taskArns: [] });
    expect((await jsonCall(endpoint, 'ListTasks', '{"cluster":null,"maxResults":null,"unheardOf":[]}')).body).toEqual({ taskArns: [] });
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])('the name %s is a name like any other', async (name) => {
    const target = `{"cluster":"${name}"}`;
    expect((await jsonCall(endpoint, 'ListTasks', target)).body.__type).toBe('ClusterNotFoundException');
    expect((await jsonCall(endpoint, name, '{}')).body.__type).toBe('UnknownOperationException');
    const created = await jsonCall(endpoint, 'CreateCluster', `{"clusterName":"${name}"}`);
    expect(created.body).toMatchObject({ cluster: { clusterName: name } });
    expect((await jsonCall(endpoint, 'ListTasks', target)).body).toEqual({ taskArns: [] });
  });

  test('a member called __proto__ changes no prototype and no answer', async () => {
    const answer = await jsonCall(
      endpoint,
      'ListTasks',
      '{"__proto__":{"cluster":"other","maxResults":0},"constructor":{"prototype":{"x":1}}}',
    );
    expect(answer.body).toEqual({ taskArns: [] });
    expect({}).not.toHaveProperty('x');
  });

  test('the text of an identity document that is none is refused', async () => {
    for (const text of ['', 'x', '[]', '5', 'null']) {
      expect(endpoint.ecs('RegisterContainerInstance', { instanceIdentityDocument: text })).toMatchObject({
        ok: false,
        error: { code: 'ClientException' },
      });
    }
    const odd = expectAccepted(
      endpoint.ecs('RegisterContainerInstance', { instanceIdentityDocument: '{"instanceId":5,"__proto__":{"imageId":"x"}}' }),
    );
    expect(odd.containerInstance).toMatchObject({ ec2InstanceId: expect.stringMatching(/^i-/), attributes: [] });
  });

  test.each([
    [
      'a name twice',
      [
        { name: 'DISK', type: 'LONG', longValue: 1 },
        { name: 'DISK', type: 'LONG', longValue: 1 },
      ],
    ],
    ['CPU as a set', [{ name: 'CPU', type: 'STRINGSET', stringSetValue: ['1'] }]],
    ['CPU below 0', [{ name: 'CPU', type: 'INTEGER', integerValue: -1 }]],
    ['CPU above 32 bits', [{ name: 'CPU', type: 'INTEGER', integerValue: 2 ** 31 }]],
    ['CPU without value', [{ name: 'CPU', type: 'INTEGER' }]],
    ['no type', [{ name: 'DISK' }]],
    ['no name', [{ type: 'INTEGER', integerValue: 1 }]],
  ])('resources with %s are refused', (_name, totalResources) => {
    expect(endpoint.ecs('RegisterContainerInstance', { totalResources })).toMatchObject({
      ok: false,
      error: { code: 'InvalidParameterException' },
    });
  });

  test('resources of a user are kept as they are, whatever runs', () => {
    const own = [
      { name: 'CPU', type: 'INTEGER', integerValue: 1000 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 1000 },
      { name: 'DISK', type: 'LONG', longValue: 2 ** 40 },
      { name: 'SHARE', type: 'DOUBLE', doubleValue: 0.25 },
    ];
    expectAccepted(endpoint.ecs('CreateCluster', { clusterName: 'own' }));
    const { containerInstance } = expectAccepted(endpoint.ecs('RegisterContainerInstance', { cluster: 'own', totalResources: own }));
    expectAccepted(endpoint.ecs('RunTask', { cluster: 'own', taskDefinition: 'web' }));
    const { containerInstanceArn } = containerInstance as { containerInstanceArn: string };
    const { containerInstances } = expectAccepted(
      endpoint.ecs('DescribeContainerInstances', { cluster: 'own', containerInstances: [containerInstanceArn] }),
    );
    expect((containerInstances as { remainingResources: unknown[] }[])[0]?.remainingResources).toMatchObject([
      { integerValue: 744 },
      { integerValue: 488 },
      { name: 'DISK', longValue: 2 ** 40, integerValue: 0 },
      { name: 'SHARE', doubleValue: 0.25 },
      { name: 'PORTS', stringSetValue: [] },
      { name: 'PORTS_UDP', stringSetValue: [] },
    ]);
  });
});
