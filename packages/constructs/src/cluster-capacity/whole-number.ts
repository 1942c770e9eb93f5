import { Token } from 'aws-cdk-lib';

/** Most hosts of a cluster: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const MOST_HOSTS = 5000;

/** Whether a number is a whole one within bounds, or known only to the deployment. */
export function isWhole(value: number, least: number, most: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= least && value <= most);
}
