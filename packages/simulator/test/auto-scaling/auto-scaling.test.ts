import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { type AutoScaling, createAutoScaling, type LocalEndpoint, startLocalEndpoint } from '../../src/index.js';

const NOW = new Date('2026-01-01T00:00:00.000Z');
const HOSTS = { autoScalingGroupName: 'hosts', minSize: 1, desiredCapacity: 3, instanceIds: ['i-1', 'i-2', 'i-3'] };

describe('createAutoScaling', () => {
  let autoScaling: AutoScaling;
  let endpoint: LocalEndpoint;
  let client: AutoScalingClient;
  let terminated: string[];
  beforeEach(async () => {
    terminated = [];
    autoScaling = createAutoScaling({
      clock: () => NOW,
      newId: () => 'activity',
      onTerminate: (id, { desiredCapacity }) => terminated.push(`${id} of ${desiredCapacity + 1}`),
    });
    autoScaling.setGroup(HOSTS);
    endpoint = await startLocalEndpoint({ services: [autoScaling] });
    client = new AutoScalingClient({
      endpoint: endpoint.url,
      region: endpoint.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
  });
  afterEach(async () => {
    client.destroy();
    await endpoint.close();
  });

  const terminate = (InstanceId: string, ShouldDecrementDesiredCapacity = true) =>
    client.send(new TerminateInstanceInAutoScalingGroupCommand({ InstanceId, ShouldDecrementDesiredCapacity }));

  test('takes the named instance out of its group and lowers the desired capacity', async () => {
    const { Activity } = await terminate('i-2');
    expect(Activity).toEqual({
      ActivityId: 'activity',
      AutoScalingGroupName: 'hosts',
      Cause: expect.stringContaining('from 3 to 2'),
      Description: 'Terminating EC2 instance: i-2',
      Details: '{}',
      Progress: 0,
      StartTime: NOW,
      StatusCode: 'InProgress',
    });
    expect(autoScaling.groups()).toEqual([{ ...HOSTS, desiredCapacity: 2, instanceIds: ['i-1', 'i-3'] }]);
    expect(terminated).toEqual(['i-2 of 3']);
    expect(endpoint.calls()).toMatchObject([{ service: 'autoscaling', operation: 'TerminateInstanceInAutoScalingGroup' }]);
  });

  test('keeps the desired capacity where that is asked for', async () => {
    await terminate('i-2', false);
    expect(autoScaling.groups()).toMatchObject([{ desiredCapacity: 3, instanceIds: ['i-1', 'i-3'] }]);
  });

  test.each([
    ['an instance it does not know', 'i-9', 3, 'Instance Id not found - No managed instance found for instance ID: i-9'],
    ['an instance twice', 'i-1', 3, 'No managed instance found'],
    ["to go below the group's minimum", 'i-2', 1, 'desiredSize equals minSize (1)'],
  ])('refuses %s', async (_, instanceId, desiredCapacity, words) => {
    if (instanceId === 'i-1') await terminate('i-1');
    else autoScaling.setGroup({ ...HOSTS, desiredCapacity });
    const before = autoScaling.groups();
    await expect(terminate(instanceId)).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining(words) });
    expect(autoScaling.groups()).toEqual(before);
  });

  test('tells of instances that are asked for by name, and leaves out those of no group', async () => {
    autoScaling.setGroup({ ...HOSTS, protectedInstanceIds: ['i-3'] });
    autoScaling.setGroup({ autoScalingGroupName: 'others', minSize: 0, desiredCapacity: 1, instanceIds: ['i-7'] });
    const describeInstances = async (InstanceIds: string[]) =>
      (await client.send(new DescribeAutoScalingInstancesCommand({ InstanceIds }))).AutoScalingInstances;
    expect(await describeInstances(['i-3', 'i-1', 'i-9', 'i-7'])).toMatchObject([
      { InstanceId: 'i-1', AutoScalingGroupName: 'hosts', LifecycleState: 'InService', ProtectedFromScaleIn: false },
      { InstanceId: 'i-3', AutoScalingGroupName: 'hosts', ProtectedFromScaleIn: true },
      { InstanceId: 'i-7', AutoScalingGroupName: 'others' },
    ]);
    expect(await describeInstances(['i-9'])).toEqual([]);
    await terminate('i-1');
    expect(await describeInstances(['i-1'])).toEqual([]);
    const many = Array.from({ length: 51 }, (_, index) => `i-${index}`);
    await expect(describeInstances(many)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('asks for both parameters, and knows no other operation', async () => {
    const unchecked = terminate as (instanceId: string, decrement?: unknown) => Promise<unknown>;
    await expect(unchecked('', true)).rejects.toMatchObject({ message: expect.stringContaining('InstanceId') });
    await expect(client.send(new DescribeAutoScalingGroupsCommand({}))).rejects.toMatchObject({ name: 'InvalidAction' });
  });
});
