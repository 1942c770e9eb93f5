import type { LocalEndpoint } from '@plimsoll/simulator';

/** The cluster of the local run: it stands for one that was there before. */
export const CLUSTER = 'harbour';

/** Makes the cluster and a task definition that reserves what the task size `web` says. */
export function createCluster(endpoint: LocalEndpoint): void {
  endpoint.ecs('CreateCluster', { clusterName: CLUSTER });
  endpoint.ecs('RegisterTaskDefinition', {
    family: 'web',
    containerDefinitions: [
      {
        name: 'web',
        image: 'example/web:1',
        cpu: 250,
        memoryReservation: 400,
        portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
      },
    ],
  });
}

/** Lets one more host join, as an instance of the Auto Scaling group would. */
export function joinHost(endpoint: LocalEndpoint): void {
  endpoint.ecs('RegisterContainerInstance', {
    cluster: CLUSTER,
    totalResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 3768 },
    ],
  });
}

/** Runs one more task of `web`; a second one on the same host would want the same port. */
export function runWeb(endpoint: LocalEndpoint): void {
  endpoint.ecs('RunTask', { cluster: CLUSTER, taskDefinition: 'web' });
}
