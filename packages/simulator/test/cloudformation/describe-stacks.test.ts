import { DescribeStacksCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { closeAll, openEndpoint } from '../helpers/open-endpoints.js';
import { cloudFormationClient } from '../helpers/sdk-clients.js';

afterEach(closeAll);

describe('DescribeStacks over HTTP', () => {
  test('shows the status that was set, by name and by id, with its reason', async () => {
    const endpoint = await openEndpoint();
    const client = cloudFormationClient(endpoint);
    const { stackId } = endpoint.stacks.set({ stackName: 'shop', status: 'UPDATE_IN_PROGRESS' });
    endpoint.stacks.set({ stackName: 'shop', status: 'UPDATE_ROLLBACK_IN_PROGRESS', statusReason: 'a < b & "c" > d' });

    for (const StackName of ['shop', stackId]) {
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
      expect(Stacks).toEqual([
        expect.objectContaining({
          StackId: stackId,
          StackName: 'shop',
          StackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS',
          StackStatusReason: 'a < b & "c" > d',
          CreationTime: expect.any(Date),
          DisableRollback: false,
        }),
      ]);
    }
    expect((await client.send(new DescribeStacksCommand({}))).Stacks).toHaveLength(1);
  });

  test('a stack that is not there, or deleted, is a ValidationError; a deleted one is found by its id', async () => {
    const endpoint = await openEndpoint();
    const client = cloudFormationClient(endpoint);
    const { stackId } = endpoint.stacks.set({ stackName: 'shop', status: 'CREATE_COMPLETE' });
    endpoint.stacks.set({ stackName: 'shop', status: 'DELETE_COMPLETE' });

    await expect(client.send(new DescribeStacksCommand({ StackName: 'shop' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id shop does not exist',
    });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
    expect(Stacks?.[0]?.StackStatus).toBe('DELETE_COMPLETE');
    const again = endpoint.stacks.set({ stackName: 'shop', status: 'CREATE_IN_PROGRESS' });
    expect(again.stackId).not.toBe(stackId);
  });

  test('other operations are not served', async () => {
    const client = cloudFormationClient(await openEndpoint());
    await expect(client.send(new ListStacksCommand({}))).rejects.toMatchObject({ name: 'InvalidAction' });
  });
});
