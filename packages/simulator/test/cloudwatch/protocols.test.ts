import { GetMetricDataOutput$, GetMetricStatisticsOutput$, ListMetricsOutput$ } from '@aws-sdk/client-cloudwatch';
import { cbor } from '@smithy/core/cbor';
import { createCloudWatch, type ServiceRequest, type ServiceResponse } from '../../src/index.js';
import { jsonRequest, queryRequest } from '../helpers/cloudwatch-requests.js';
import { schemaViolations } from '../helpers/cloudwatch-response.js';

const NOW = new Date('2026-03-01T10:30:00Z');
const SECONDS = NOW.getTime() / 1000;

const cloudWatch = () => createCloudWatch({ clock: () => NOW });
const send = async (request: ServiceRequest, service = cloudWatch()): Promise<ServiceResponse> => service.handle(request);
const text = ({ body }: ServiceResponse): string => (typeof body === 'string' ? body : Buffer.from(body).toString());
const json = (response: ServiceResponse): unknown => JSON.parse(text(response));

function cborRequest(operation: string, body: Uint8Array): ServiceRequest {
  const headers = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor', 'x-amzn-query-mode': 'true' };
  return { method: 'POST', path: `/service/GraniteServiceVersion20100801/operation/${operation}`, headers, body };
}

describe('an operation that is not served', () => {
  it.each(['DescribeAlarms', 'constructor', '__proto__', 'toString', ''])(
    'is %p: AWS JSON says UnknownOperationException',
    async (operation) => {
      const response = await send(jsonRequest(operation, {}));
      expect(response.status).toBe(400);
      expect(json(response)).toMatchObject({ __type: 'com.amazon.coral.service#UnknownOperationException' });
      expect(response.headers['x-amzn-query-error']).toBe('InvalidAction;Sender');
    },
  );

  it('is InvalidAction in Query', async () => {
    const response = await send(queryRequest({ Action: 'DescribeAlarms' }));
    expect(response.status).toBe(400);
    expect(response.headers['content-type']).toBe('text/xml');
    expect(text(response)).toBe(
      '<ErrorResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><Error><Type>Sender</Type><Code>InvalidAction</Code>' +
        '<Message>Could not find operation DescribeAlarms for version 2010-08-01</Message></Error>' +
        '<RequestId>00000000-0000-4000-8000-000000000001</RequestId></ErrorResponse>',
    );
  });

  it('is UnknownOperationException in CBOR', async () => {
    const response = await send(cborRequest('DescribeAlarms', cbor.serialize({})));
    expect(response.status).toBe(400);
    expect(response.headers['smithy-protocol']).toBe('rpc-v2-cbor');
    expect(cbor.deserialize(response.body as Uint8Array)).toMatchObject({ __type: 'com.amazon.coral.service#UnknownOperationException' });
  });
});

describe('a body that is not what its protocol says', () => {
  it.each([
    ['{', 'The request is not JSON.'],
    ['[]', 'The request is not a structure.'],
    ['{"Namespace":1}', 'Namespace is not a string.'],
    ['{"Namespace":"x","MetricData":{}}', 'MetricData is not a list.'],
    ['{"MetricData":[{"MetricName":"a","Value":"1"}]}', 'MetricData.member.1.Value is not a double.'],
    ['{"MetricData":[{"StorageResolution":1.5}]}', 'MetricData.member.1.StorageResolution is not a integer.'],
    ['{"MetricData":[{"Timestamp":"2026-03-01T10:00:00Z"}]}', 'MetricData.member.1.Timestamp is not a timestamp.'],
    ['{"MetricData":[{"Timestamp":1e300}]}', 'MetricData.member.1.Timestamp is not a timestamp.'],
    ['{"MetricData":[null]}', 'MetricData.member.1 is not a structure.'],
  ])('is a SerializationException in AWS JSON: %s', async (body, message) => {
    const response = await send(jsonRequest('PutMetricData', body));
    expect(response.status).toBe(400);
    expect(json(response)).toEqual({ __type: 'com.amazon.coral.service#SerializationException', message });
  });

  it.each([
    { 'MetricData.member.x.Value': '1' },
    { 'MetricData.member.1.Value': 'one' },
    { 'MetricData.member.1.Timestamp': 'March' },
    { 'MetricData.member.1.Timestamp': '2026-02-30T25:00:00Z' },
    { MetricData: 'x' },
    { StrictEntityValidation: '__proto__' },
  ])('is MalformedInput in Query: %p', async (parameters) => {
    const response = await send(queryRequest({ Action: 'PutMetricData', Namespace: 'x', ...parameters } as Record<string, string>));
    expect(response.status).toBe(400);
    expect(text(response)).toContain('<Code>MalformedInput</Code>');
  });

  it.each([Uint8Array.of(0xff), Uint8Array.of(0xa1, 0x61), Uint8Array.of(0x9a, 255, 255, 255, 254), Uint8Array.of(0x01)])(
    'is a SerializationException in CBOR: %p',
    async (body) => {
      const response = await send(cborRequest('PutMetricData', body));
      expect(response.status).toBe(400);
      expect(cbor.deserialize(response.body as Uint8Array)).toMatchObject({ __type: 'com.amazon.coral.service#SerializationException' });
    },
  );

  it('may name members of the prototype, which stay without effect', async () => {
    const service = cloudWatch();
    const hostile =
      '{"__proto__":{"Namespace":"a"},"constructor":{"prototype":{"Namespace":"a"}},"MetricData":[{"__proto__":{"Value":1}}]}';
    expect(json(await send(jsonRequest('PutMetricData', hostile), service))).toMatchObject({
      __type: 'com.amazonaws.cloudwatch#MissingRequiredParameterException',
    });
    await send(queryRequest({ Action: 'PutMetricData', '__proto__.Namespace': 'a', 'constructor.prototype.Namespace': 'a' }), service);
    expect(({} as { readonly Namespace?: string }).Namespace).toBeUndefined();
    expect(service.store.metrics()).toEqual([]);
  });
});

describe('a metric named like a member of the prototype', () => {
  it('is a metric like another', async () => {
    const service = cloudWatch();
    for (const name of ['__proto__', 'constructor']) {
      const datum = { MetricName: name, Value: 1, Dimensions: [{ Name: '__proto__', Value: 'hasOwnProperty' }] };
      expect((await send(jsonRequest('PutMetricData', { Namespace: '__proto__', MetricData: [datum] }), service)).status).toBe(200);
    }
    expect(service.store.metrics().map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
  });
});

describe('AWS JSON', () => {
  it('answers in the shapes of the model', async () => {
    const service = cloudWatch();
    const metric = { Namespace: 'x', MetricName: 'a', Dimensions: [{ Name: 'd', Value: 'v' }] };
    await send(jsonRequest('PutMetricData', { Namespace: 'x', MetricData: [{ ...metric, Value: 1, Timestamp: SECONDS - 60.5 }] }), service);
    const range = { StartTime: SECONDS - 3600, EndTime: SECONDS };
    const statistics = json(
      await send(jsonRequest('GetMetricStatistics', { ...metric, ...range, Period: 60, Statistics: ['Sum'] }), service),
    );
    const queries = [{ Id: 'a', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } }];
    const values = json(await send(jsonRequest('GetMetricData', { ...range, MetricDataQueries: queries }), service));
    const listed = json(await send(jsonRequest('ListMetrics', {}), service));
    expect(statistics).toMatchObject({ Datapoints: [{ Timestamp: SECONDS - 120, Sum: 1 }] });
    expect(schemaViolations(GetMetricStatisticsOutput$, statistics)).toEqual([]);
    expect(schemaViolations(GetMetricDataOutput$, values)).toEqual([]);
    expect(schemaViolations(ListMetricsOutput$, listed)).toEqual([]);
  });

  it('is checked by something that finds what is wrong', () => {
    const wrong = { Metrics: [{ Namespace: 1, Color: 'red' }], NextToken: [] };
    expect(schemaViolations(ListMetricsOutput$, wrong)).toEqual([
      '$.Metrics[0].Namespace is number, not string',
      '$.Metrics[0].Color is not in the model',
      '$.NextToken is object, not string',
    ]);
  });

  it('takes the numbers JSON lacks as text, and refuses them as values', async () => {
    const response = await send(jsonRequest('PutMetricData', { Namespace: 'x', MetricData: [{ MetricName: 'a', Value: 'NaN' }] }));
    expect(json(response)).toEqual({
      __type: 'com.amazonaws.cloudwatch#InvalidParameterValueException',
      message: 'The value NaN for parameter MetricData.member.1.Value is invalid.',
    });
  });

  it('names the Query code only to a client that asks for it', async () => {
    const { headers, ...request } = jsonRequest('PutMetricData', {});
    const { 'x-amzn-query-mode': _mode, ...quiet } = headers;
    expect((await send({ ...request, headers })).headers['x-amzn-query-error']).toBe('MissingParameter;Sender');
    expect((await send({ ...request, headers: quiet })).headers).not.toHaveProperty('x-amzn-query-error');
  });
});

describe('Query', () => {
  it('is understood in the path of a GET', async () => {
    const response = await send({ method: 'GET', path: '/?Action=ListMetrics&Version=2010-08-01', headers: {}, body: new Uint8Array() });
    expect(text(response)).toBe(
      '<ListMetricsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><ListMetricsResult><Metrics/></ListMetricsResult>' +
        '<ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000001</RequestId></ResponseMetadata></ListMetricsResponse>',
    );
  });

  it('takes members of a list by their number, not by their place', async () => {
    const service = cloudWatch();
    const values = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [`MetricData.member.1.Values.member.${11 - index}`, String(11 - index)]),
    );
    const counts = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [`MetricData.member.1.Counts.member.${index + 1}`, index === 10 ? '1' : '0']),
    );
    await send(
      queryRequest({ Action: 'PutMetricData', Namespace: 'x', 'MetricData.member.1.MetricName': 'a', ...values, ...counts }),
      service,
    );
    expect(service.store.points({ namespace: 'x', name: 'a', dimensions: [] })[0]?.statistics.sum).toBe(11);
  });

  it.each([
    ['2026-03-01T10:05:30Z', '2026-03-01T10:05:00Z'],
    ['2026-03-01T10:05:30.999', '2026-03-01T10:05:00Z'],
    ['2026-03-01T11:05:30+01:00', '2026-03-01T10:05:00Z'],
    ['2026-03-01', '2026-03-01T00:00:00Z'],
  ])('reads the time %s as UTC wherever the machine is', async (Timestamp, expected) => {
    const service = cloudWatch();
    const datum = { 'MetricData.member.1.MetricName': 'a', 'MetricData.member.1.Value': '1', 'MetricData.member.1.Timestamp': Timestamp };
    await send(queryRequest({ Action: 'PutMetricData', Namespace: 'x', ...datum }), service);
    expect(service.store.points({ namespace: 'x', name: 'a', dimensions: [] })[0]?.timestampMs).toBe(Date.parse(expected));
  });

  it.each(['NaN', 'nan', 'Infinity', '-inf', '1e400'])('refuses the value %s', async (value) => {
    const datum = { 'MetricData.member.1.MetricName': 'a', 'MetricData.member.1.Value': value };
    const response = await send(queryRequest({ Action: 'PutMetricData', Namespace: 'x', ...datum }));
    expect(text(response)).toContain('<Code>InvalidParameterValue</Code>');
  });

  it('answers XML even where a name holds what XML cannot', async () => {
    const service = cloudWatch();
    await send(jsonRequest('PutMetricData', { Namespace: 'x', MetricData: [{ MetricName: 'a\u0000\ud800]]>&', Value: 1 }] }), service);
    expect(text(await send(queryRequest({ Action: 'ListMetrics' }), service))).toContain(
      '<MetricName>a\ufffd\ufffd]]&gt;&amp;</MetricName>',
    );
  });
});

describe('a request', () => {
  const signed = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260301/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  });
  const query = queryRequest({ Action: 'DescribeStacks' });

  it.each([
    ['AWS JSON for CloudWatch', true, jsonRequest('ListMetrics', {})],
    [
      'AWS JSON for Amazon ECS',
      false,
      { ...jsonRequest('x', {}), headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters' } },
    ],
    ['CBOR for CloudWatch', true, cborRequest('ListMetrics', new Uint8Array())],
    ['CBOR for another service', false, { ...cborRequest('x', new Uint8Array()), path: '/service/Other/operation/ListMetrics' }],
    ['Query of this version', true, query],
    ['Query signed for CloudWatch', true, { ...query, headers: { ...query.headers, ...signed('monitoring') } }],
    ['Query signed for CloudFormation', false, { ...query, headers: { ...query.headers, ...signed('cloudformation') } }],
    ['Query of another version', false, queryRequest({ Action: 'DescribeStacks', Version: '2010-05-15' })],
    ['a GET of a page', false, { method: 'GET', path: '/', headers: {}, body: new Uint8Array() }],
  ])('%s: accepted is %s', (_name, accepted, request) => {
    expect(cloudWatch().accepts(request)).toBe(accepted);
  });

  it('that was not accepted is answered 404', async () => {
    expect((await send({ method: 'GET', path: '/', headers: {}, body: new Uint8Array() })).status).toBe(404);
  });
});
