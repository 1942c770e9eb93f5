import { clusterNameOf } from '../src/cluster-name.js';

test.each([
  ['demo', 'demo'],
  ['arn:aws:ecs:us-east-1:111122223333:cluster/demo', 'demo'],
])('the name of cluster %s is %s', (nameOrArn, expected) => {
  expect(clusterNameOf(nameOrArn)).toBe(expected);
});
