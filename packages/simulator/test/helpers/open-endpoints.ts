import type { ECSClient } from '@aws-sdk/client-ecs';
import { type LocalEndpoint, type LocalEndpointOptions, startLocalEndpoint } from '../../src/index.js';
import { checkedClient } from './checked-client.js';

const open: { end(): void | Promise<void> }[] = [];

/** Starts an endpoint that {@link closeAll} closes, however the test ends: one left open would keep the process alive. */
export async function openEndpoint(options?: LocalEndpointOptions): Promise<LocalEndpoint> {
  const endpoint = await startLocalEndpoint(options);
  open.push({ end: () => endpoint.close() });
  return endpoint;
}

/** As {@link openEndpoint}, with a client that checks answers. */
export async function openSession(options?: LocalEndpointOptions): Promise<{ readonly endpoint: LocalEndpoint; readonly ecs: ECSClient }> {
  const endpoint = await openEndpoint(options);
  const ecs = checkedClient(endpoint);
  open.push({ end: () => ecs.destroy() });
  return { endpoint, ecs };
}

/** Closes whatever is open. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((one) => one.end()));
}
