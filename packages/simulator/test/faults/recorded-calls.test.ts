import { DescribeTasksCommand, ListTasksCommand, RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { closeAll, openSession } from '../helpers/open-endpoints.js';
import { makeCluster, registerJob } from '../helpers/task-setup.js';

afterEach(closeAll);

const CLUSTER = { 'ecs:cluster': 'arn:aws:ecs:us-east-1:111122223333:cluster/default' };
const PASSED = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };

describe('recorded calls', () => {
  test('name the permissions each call needs, on which ARNs and under which condition keys', async () => {
    const { endpoint, ecs } = await openSession();
    makeCluster(endpoint);
    registerJob(endpoint, [{}]);
    const { tasks } = await ecs.send(
      new RunTaskCommand({
        taskDefinition: 'job',
        tags: [{ key: 'a', value: 'b' }],
        overrides: { taskRoleArn: 'arn:aws:iam::111122223333:role/other' },
      }),
    );
    const taskArn = tasks?.[0]?.taskArn ?? '';
    await ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }));
    await ecs.send(new ListTasksCommand({ cluster: CLUSTER['ecs:cluster'], startedBy: 'me' }));
    await ecs.send(new StopTaskCommand({ cluster: 'default', task: taskArn.split('/').at(-1) ?? '' }));

    expect(endpoint.recordedCalls().map(({ iamActions }) => iamActions)).toEqual([
      [
        { action: 'ecs:RunTask', resources: ['arn:aws:ecs:us-east-1:111122223333:task-definition/job:1'], conditionKeys: CLUSTER },
        { action: 'iam:PassRole', resources: ['arn:aws:iam::111122223333:role/task'], conditionKeys: PASSED },
        { action: 'iam:PassRole', resources: ['arn:aws:iam::111122223333:role/execution'], conditionKeys: PASSED },
        { action: 'iam:PassRole', resources: ['arn:aws:iam::111122223333:role/other'], conditionKeys: PASSED },
        {
          action: 'ecs:TagResource',
          resources: ['arn:aws:ecs:us-east-1:111122223333:task/default/*'],
          conditionKeys: { 'ecs:CreateAction': 'RunTask' },
        },
      ],
      [{ action: 'ecs:DescribeTasks', resources: [taskArn], conditionKeys: CLUSTER }],
      [{ action: 'ecs:ListTasks', resources: ['arn:aws:ecs:us-east-1:111122223333:container-instance/default/*'], conditionKeys: CLUSTER }],
      [{ action: 'ecs:StopTask', resources: [taskArn], conditionKeys: CLUSTER }],
    ]);
    expect(endpoint.calls()[0]).not.toHaveProperty('iamActions');
  });
});
