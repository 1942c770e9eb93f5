import { closeAll, openEndpoint } from '../helpers/open-endpoints.js';
import { rawHttp } from '../helpers/raw-http.js';

afterEach(closeAll);

const TARGET = 'X-Amz-Target: AmazonEC2ContainerServiceV20141113.CreateCluster';

test.each([
  ['its address', (port: number) => `127.0.0.1:${port}`],
  ['its address alone', () => '127.0.0.1'],
  ['localhost', (port: number) => `localhost:${port}`],
  ['localhost in capitals, without port', () => 'LOCALHOST'],
])('a client that names %s is served', async (_name, hostOf) => {
  const endpoint = await openEndpoint();
  const answer = await rawHttp(endpoint.port, ['POST / HTTP/1.1', `Host: ${hostOf(endpoint.port)}`, TARGET], '{}');
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(endpoint.calls()).toHaveLength(1);
});

test.each([
  ['a page of another site', ['Host: 127.0.0.1', 'Origin: https://example.com']],
  ['a page of this machine', ['Host: localhost', 'Origin: http://localhost:8080']],
  ['a page without an origin of its own', ['Host: 127.0.0.1', 'Origin: null']],
  ['a name made to resolve to this machine', ['Host: example.com']],
  ['a name that begins like the address', ['Host: 127.0.0.1.example.com:80']],
  ['a name that ends like localhost', ['Host: evil-localhost']],
  ['an address that is not listened on', ['Host: [::1]']],
  ['an empty name', ['Host:']],
])('%s is refused before anything is read or done', async (_name, headers) => {
  const endpoint = await openEndpoint();
  const answer = await rawHttp(endpoint.port, ['POST / HTTP/1.1', ...headers, TARGET], '{}');
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(answer).toContain('"__type":"AccessDeniedException"');
  expect(endpoint.calls()).toEqual([]);
  expect(endpoint.ecs('DescribeClusters', {})).toMatchObject({ response: { clusters: [] } });
});

test('a preflight is refused, without leave for any origin', async () => {
  const endpoint = await openEndpoint();
  const lines = ['OPTIONS / HTTP/1.1', 'Host: 127.0.0.1', 'Origin: https://example.com', 'Access-Control-Request-Method: POST'];
  const answer = await rawHttp(endpoint.port, lines);
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(answer.toLowerCase()).not.toContain('access-control-allow');
});

test('HTTP/1.0 without a host is refused', async () => {
  const endpoint = await openEndpoint();
  expect(await rawHttp(endpoint.port, ['POST / HTTP/1.0', TARGET], '{}')).toMatch(/^HTTP\/1\.1 403 /);
});
