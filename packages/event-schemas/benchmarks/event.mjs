/** A container-instance event with as many resources as asked for, half of them registered and half remaining. */
export function containerInstanceEvent(resources) {
  const half = Array.from({ length: resources / 2 }, (_, index) =>
    index % 10 === 2
      ? { name: 'PORTS', type: 'STRINGSET', doubleValue: 0, longValue: 0, integerValue: 0, stringSetValue: ['22', '2375', '51678'] }
      : { name: index % 10 === 0 ? 'CPU' : `harbour-${index}`, type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: 2048 + index },
  );
  return {
    version: '0',
    id: '00000000-0000-4000-8000-000000000001',
    'detail-type': 'ECS Container Instance State Change',
    source: 'aws.ecs',
    account: '111122223333',
    time: '2030-01-01T00:00:00Z',
    region: 'eu-central-1',
    resources: ['arn:aws:ecs:eu-central-1:111122223333:container-instance/harbour/0001'],
    detail: {
      clusterArn: 'arn:aws:ecs:eu-central-1:111122223333:cluster/harbour',
      containerInstanceArn: 'arn:aws:ecs:eu-central-1:111122223333:container-instance/harbour/0001',
      ec2InstanceId: 'i-00000000000000001',
      status: 'ACTIVE',
      agentConnected: true,
      version: 17,
      runningTasksCount: 1,
      pendingTasksCount: 0,
      attributes: [{ name: 'ecs.capability.task-eni' }, { name: 'ecs.instance-type', value: 'c5.large' }],
      registeredResources: half,
      remainingResources: structuredClone(half),
      versionInfo: { agentVersion: '1.99.0' },
      updatedAt: '2030-01-01T00:00:00.12Z',
    },
  };
}

/** The same with one fault, in its last resource. */
export function faultyEvent(resources) {
  const event = containerInstanceEvent(resources);
  event.detail.remainingResources.at(-1).integerValue = '2048';
  return event;
}
