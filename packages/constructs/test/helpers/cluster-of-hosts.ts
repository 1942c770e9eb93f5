import type { LocalEndpoint } from '@plimsoll/simulator';

/** Makes the cluster `harbour` with idle hosts, each an instance of EC2. */
export function registerHosts(endpoint: LocalEndpoint, instanceIds: readonly string[]): void {
  endpoint.ecs('CreateCluster', { clusterName: 'harbour' });
  for (const instanceId of instanceIds) {
    const outcome = endpoint.ecs('RegisterContainerInstance', {
      cluster: 'harbour',
      instanceIdentityDocument: JSON.stringify({ instanceId }),
      totalResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 3768 },
      ],
    });
    expect(outcome).toMatchObject({ ok: true });
  }
}

/** Registers a task definition of 250 CPU units and 400 MiB; gives its ARN. */
export function registerDefinition(endpoint: LocalEndpoint, family: string): string {
  const outcome = endpoint.ecs('RegisterTaskDefinition', {
    family,
    containerDefinitions: [{ name: family, image: 'example', cpu: 250, memoryReservation: 400 }],
  });
  return (outcome as unknown as { response: { taskDefinition: { taskDefinitionArn: string } } }).response.taskDefinition.taskDefinitionArn;
}
