import type { StackConfiguration } from '../stack-configuration.js';
import type { Verb } from './command-line.js';
import type { Sights, StackSight } from './judge.js';

/** What is about to happen, in lines; what deletion leaves and protection keeps above all. */
export function announcement(verb: Verb, configuration: StackConfiguration, sights: Sights): string[] {
  return [...whereLines(sights), ...(verb === 'deploy' ? deployLines(configuration) : destroyLines(configuration))];
}

function whereLines({ toolkit, stack }: Sights): string[] {
  const known = [stack, toolkit].find((sight): sight is Extract<StackSight, { kind: 'there' }> => sight.kind === 'there');
  if (known === undefined) return ['where: an account whose stacks these credentials may not see; the CDK finds out'];
  const state = stack.kind === 'there' ? `stack Todobackend, ${stack.status}` : 'stack Todobackend, which is new';
  return [`where: account ${known.account}, ${known.region}; ${state}`];
}

function deployLines({ hosts, tasks, natGateways, database }: StackConfiguration): string[] {
  const { instanceType, storageGiB, multiAz, deletionProtection } = database;
  return [
    `what: ${hosts.minimum} to ${hosts.maximum} hosts ${hosts.instanceType}, ${tasks.minimum} to ${tasks.maximum} tasks, ` +
      `MySQL db.${instanceType} with ${storageGiB} GiB${multiAz ? ' and a standby' : ''}, a load balancer, ${natGateways} NAT gateway(s)`,
    'cost: charged from the moment they are made; docs/deploying.md has the formula',
    deletionProtection
      ? 'kept: stack, database and load balancer are protected from deletion until deployed with -c deletionProtection=false'
      : 'kept: nothing is protected; npx projen destroy removes all but a last snapshot of the database',
  ];
}

function destroyLines({ database }: StackConfiguration): string[] {
  const { backupDays } = database;
  return [
    'what: service, hosts, load balancer, database and network are deleted, and with them every todo',
    `left: a last snapshot of the database, its automated backups for ${backupDays} day(s), and the log groups that Amazon RDS made`,
    'left: image and templates in the bucket and repository of the bootstrap stack, which other stacks may use',
    'cost: of what is left, storage',
  ];
}
