import { type AwsClients, createClients } from '../../src/clients.js';

/** The function's own clients, pointed at an endpoint on loopback. */
export function clientsOf(url: string): AwsClients {
  const clients = createClients('eu-west-1', {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example-secret',
    AWS_SESSION_TOKEN: 'example-token',
  });
  const { hostname, port } = new URL(url);
  const endpoint = async () => ({ protocol: 'http:', hostname, port: Number(port), path: '/' });
  for (const client of [clients.ecs, clients.cloudWatch]) {
    client.config.endpoint = endpoint;
    client.config.isCustomEndpoint = true;
  }
  return clients;
}
