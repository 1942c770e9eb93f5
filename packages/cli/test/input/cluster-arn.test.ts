import { clusterArnOf, lastPartOf } from '../../src/input/cluster-arn.js';

describe('clusterArnOf', () => {
  it.each([
    ['arn:aws:ecs:us-east-1:111122223333:container-instance/demo/abc', 'arn:aws:ecs:us-east-1:111122223333:cluster/demo'],
    ['arn:aws-cn:ecs:cn-north-1:111122223333:container-instance/demo/abc', 'arn:aws-cn:ecs:cn-north-1:111122223333:cluster/demo'],
    ['arn:aws:ecs:us-east-1:111122223333:container-instance/abc', undefined],
    ['some-host', undefined],
  ])('of %s is %s', (containerInstanceArn, expected) => {
    expect(clusterArnOf({ containerInstanceArn })).toBe(expected);
  });

  it('believes the record before the ARN', () => {
    const host = {
      containerInstanceArn: 'arn:aws:ecs:us-east-1:111122223333:container-instance/demo/abc',
      clusterArn: 'arn:x:cluster/other',
    };
    expect(clusterArnOf(host)).toBe('arn:x:cluster/other');
  });
});

it.each([
  ['arn:aws:ecs:us-east-1:111122223333:cluster/demo', 'demo'],
  ['arn:aws:ecs:us-east-1:111122223333:container-instance/demo/abc', 'abc'],
  ['arn:aws:ecs:us-east-1:111122223333:container-instance/abc', 'abc'],
])('the last part of %s is %s', (arn, expected) => {
  expect(lastPartOf(arn)).toBe(expected);
});
