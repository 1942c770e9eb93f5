/** Everything in a simulation is in this account, Region and cluster. */
export const SIMULATED_CLUSTER = {
  account: '111122223333',
  region: 'us-east-1',
  name: 'simulated',
  clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/simulated',
  hostArnPrefix: 'arn:aws:ecs:us-east-1:111122223333:container-instance/simulated/',
  taskArnPrefix: 'arn:aws:ecs:us-east-1:111122223333:task/simulated/',
} as const;
