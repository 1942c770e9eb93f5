import type { Loose } from './synthetic-events';

const CLUSTER_ARN = 'arn:aws:ecs:eu-central-1:111122223333:cluster/harbour';
const INSTANCE_ARN = 'arn:aws:ecs:eu-central-1:111122223333:container-instance/harbour/00000000000000000000000000000001';
const TASK_ARN = 'arn:aws:ecs:eu-central-1:111122223333:task/harbour/00000000000000000000000000000007';
const SERVICE_ARN = 'arn:aws:ecs:eu-central-1:111122223333:service/harbour/tide';

function event(detailType: string, resource: string, detail: Loose): Loose {
  return {
    version: '0',
    id: '00000000-0000-4000-8000-000000000002',
    'detail-type': detailType,
    source: 'aws.ecs',
    account: '111122223333',
    time: '2030-01-01T00:00:00Z',
    region: 'eu-central-1',
    resources: [resource],
    detail,
  };
}

/** The least an event of this type can be. */
export function bareEvent(detailType: string, detail: Loose): Loose {
  return { 'detail-type': detailType, source: 'aws.ecs', detail };
}

/** A task event with every field the parser reads, made anew each time. */
export function taskEvent(): Loose {
  return event('ECS Task State Change', TASK_ARN, {
    clusterArn: CLUSTER_ARN,
    taskArn: TASK_ARN,
    taskDefinitionArn: 'arn:aws:ecs:eu-central-1:111122223333:task-definition/tide:3',
    containerInstanceArn: INSTANCE_ARN,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    version: 5,
    group: 'service:tide',
    startedBy: 'ecs-svc/0000000000000000001',
    launchType: 'EC2',
    capacityProviderName: 'quay',
    availabilityZone: 'eu-central-1a',
    cpu: '256',
    memory: '512',
    enableExecuteCommand: false,
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    attachments: [{ id: 'a-1', type: 'eni', status: 'ATTACHED', details: [{ name: 'privateIPv4Address', value: '10.0.0.7' }] }],
    attributes: [{ name: 'ecs.cpu-architecture', value: 'arm64' }],
    overrides: { containerOverrides: [{ name: 'tide', command: ['ebb'] }] },
    createdAt: '2030-01-01T00:00:00.5Z',
    updatedAt: '2030-01-01T00:00:09Z',
    containers: [
      {
        name: 'tide',
        containerArn: 'arn:aws:ecs:eu-central-1:111122223333:container/00000000-0000-4000-8000-000000000003',
        taskArn: TASK_ARN,
        lastStatus: 'STOPPED',
        exitCode: 1,
        reason: 'OutOfMemoryError: container killed due to memory usage',
        image: 'harbour.test/tide:3',
        imageDigest: 'sha256:00',
        runtimeId: '0007',
        cpu: '0',
        memory: '300',
        memoryReservation: '200',
        gpuIds: ['GPU-0'],
        networkInterfaces: [{ attachmentId: 'a-1', privateIpv4Address: '10.0.0.7', ipv6Address: '2001:db8::7' }],
        networkBindings: [{ bindIP: '0.0.0.0', containerPort: 80, hostPort: 32768, protocol: 'tcp' }],
      },
    ],
  });
}

/** A health event with every field the parser reads, made anew each time. */
export function healthEvent(): Loose {
  return event('ECS Container Instance Health Change', INSTANCE_ARN, {
    clusterArn: CLUSTER_ARN,
    containerInstanceArn: INSTANCE_ARN,
    capacityProviderName: null,
    ec2InstanceId: 'i-00000000000000001',
    overallStatus: 'IMPAIRED',
    healthChecks: [
      {
        type: 'AGENT_CONNECTIVITY',
        status: 'IMPAIRED',
        lastStatusChange: '2030-01-01T00:00:00Z',
        lastUpdated: '2029-12-31T23:59:00Z',
        statusReason: null,
      },
    ],
  });
}

/** A service action with every field the parser reads, made anew each time. */
export function serviceActionEvent(): Loose {
  return event('ECS Service Action', SERVICE_ARN, {
    eventType: 'ERROR',
    eventName: 'SERVICE_TASK_PLACEMENT_FAILURE',
    clusterArn: CLUSTER_ARN,
    createdAt: '2030-01-01T00:00:00.123Z',
    capacityProviderArns: ['arn:aws:ecs:eu-central-1:111122223333:capacity-provider/quay'],
    reason: 'RESOURCE:CPU',
    deploymentId: 'ecs-svc/0000000000000000001',
  });
}

/** A deployment event with every field the parser reads, made anew each time. */
export function deploymentEvent(): Loose {
  return event('ECS Deployment State Change', SERVICE_ARN, {
    eventType: 'INFO',
    eventName: 'SERVICE_DEPLOYMENT_COMPLETED',
    deploymentId: 'ecs-svc/0000000000000000001',
    updatedAt: '2030-01-01T00:00:00.1Z',
    reason: 'ECS deployment ecs-svc/0000000000000000001 completed.',
  });
}
