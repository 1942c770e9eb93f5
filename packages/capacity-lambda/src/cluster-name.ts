/** Name of a cluster: the last part of its ARN, or the name itself where that is given. */
export function clusterNameOf(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}
