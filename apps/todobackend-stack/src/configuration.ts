import type { DatabaseConfiguration, HostsConfiguration, StackConfiguration, TasksConfiguration } from './stack-configuration.js';

/** Why a configuration is refused: every problem, each with its remedy. */
export interface ConfigurationError {
  readonly code: 'INVALID_CONFIGURATION';
  readonly problems: readonly string[];
}

/** A configuration, or why there is none. */
export type ReadConfiguration =
  | { readonly ok: true; readonly value: StackConfiguration }
  | { readonly ok: false; readonly error: ConfigurationError };

/** For trying it out: one of everything, nothing protected. */
export const SMALL: StackConfiguration = {
  zones: 2,
  natGateways: 1,
  hosts: { instanceType: 't3.small', minimum: 1, maximum: 4, scaleInDryRun: false },
  tasks: { minimum: 1, maximum: 4, headroom: 1 },
  database: { instanceType: 't4g.micro', storageGiB: 20, backupDays: 1, multiAz: false, deletionProtection: false },
  containerInsights: false,
  logDays: 7,
  migrationTimeoutMinutes: 14,
};

/** For keeping: two of everything, the database protected and backed up. */
export const PRODUCTION: StackConfiguration = {
  zones: 2,
  natGateways: 2,
  hosts: { instanceType: 't3.medium', minimum: 2, maximum: 8, scaleInDryRun: false },
  tasks: { minimum: 2, maximum: 12, headroom: 2 },
  database: { instanceType: 't4g.medium', storageGiB: 50, backupDays: 14, multiAz: true, deletionProtection: true },
  containerInsights: true,
  logDays: 30,
  migrationTimeoutMinutes: 30,
};

const PRESETS: ReadonlyMap<string, StackConfiguration> = new Map([
  ['small', SMALL],
  ['production', PRODUCTION],
]);

/** Retentions that CloudWatch Logs knows, in days, as far as they are of use here. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

/**
 * Reads a configuration from the CDK's context: `preset`, and `vpcId`, `certificateArn`, `domainName`, `corsOrigins`, `alarmEmail`,
 * `deletionProtection` beside it.
 *
 * @param context value of a context key; undefined if it is not set
 */
export function readConfiguration(context: (key: string) => unknown): ReadConfiguration {
  const preset = context('preset') ?? 'small';
  const chosen = PRESETS.get(String(preset));
  if (chosen === undefined) return refused([`preset is ${String(preset)}: choose ${[...PRESETS.keys()].join(' or ')}`]);
  const given = ['vpcId', 'certificateArn', 'domainName', 'corsOrigins', 'alarmEmail'].flatMap((key) => {
    const value = context(key);
    return value === undefined ? [] : [[key, String(value)]];
  });
  const protection = context('deletionProtection');
  if (protection === undefined) return checkConfiguration({ ...chosen, ...Object.fromEntries(given) });
  if (!['true', 'false'].includes(String(protection)))
    return refused([`deletionProtection is ${String(protection)}: choose true or false`]);
  const database = { ...chosen.database, deletionProtection: String(protection) === 'true' };
  return checkConfiguration({ ...chosen, database, ...Object.fromEntries(given) });
}

/** Checks a configuration that was put together by hand. */
export function checkConfiguration(configuration: StackConfiguration): ReadConfiguration {
  const { zones, natGateways, hosts, tasks, database, logDays, migrationTimeoutMinutes } = configuration;
  const problems = [
    ...textProblems(configuration),
    ...range('zones', zones, 2, 3),
    ...range('natGateways', natGateways, 1, zones),
    ...hostsProblems(hosts),
    ...tasksProblems(tasks),
    ...databaseProblems(database),
    ...(LOG_DAYS.includes(logDays) ? [] : [`logDays is ${logDays}: choose one of ${LOG_DAYS.join(', ')}`]),
    ...range('migrationTimeoutMinutes', migrationTimeoutMinutes, 1, 57),
  ];
  return problems.length > 0 ? refused(problems) : { ok: true, value: configuration };
}

function textProblems({ vpcId, certificateArn, domainName, corsOrigins, alarmEmail }: StackConfiguration): string[] {
  const problems = corsOrigins === undefined ? [] : originProblems(corsOrigins);
  if (vpcId !== undefined && !/^vpc-[0-9a-f]{8,17}$/.test(vpcId))
    problems.push(`vpcId is ${vpcId}: give an id such as vpc-0123456789abcdef0`);
  if (certificateArn !== undefined && !/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/.test(certificateArn)) {
    problems.push(`certificateArn is ${certificateArn}: give the ARN of a certificate of AWS Certificate Manager in the stack's Region`);
  }
  if (domainName !== undefined && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domainName))
    problems.push(`domainName is ${domainName}: give a name such as todo.example.com`);
  if ((certificateArn === undefined) !== (domainName === undefined))
    problems.push('certificateArn and domainName belong together: give both or neither');
  if (alarmEmail !== undefined && !/^[^@\s]+@[^@\s]+$/.test(alarmEmail)) problems.push(`alarmEmail is ${alarmEmail}: give one address`);
  return problems;
}

function originProblems(origins: string): string[] {
  if (origins === '*') return [];
  const wrong = origins.split(',').find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  return wrong === undefined ? [] : [`corsOrigins has ${wrong}: give origins without path, such as https://todobackend.com, or * alone`];
}

function hostsProblems({ instanceType, minimum, maximum }: HostsConfiguration): string[] {
  return [
    ...typeProblems('hosts.instanceType', instanceType),
    ...range('hosts.minimum', minimum, 1, 100),
    ...range('hosts.maximum', maximum, Math.max(minimum, 1), 100),
  ];
}

function tasksProblems({ minimum, maximum, headroom }: TasksConfiguration): string[] {
  return [
    ...range('tasks.minimum', minimum, 1, 1000),
    ...range('tasks.maximum', maximum, Math.max(minimum, 1), 1000),
    ...range('tasks.headroom', headroom, 0, 100),
  ];
}

function databaseProblems({ instanceType, storageGiB, backupDays }: DatabaseConfiguration): string[] {
  return [
    ...typeProblems('database.instanceType', instanceType),
    ...range('database.storageGiB', storageGiB, 20, 65_536),
    // Without backups there is no point in time to go back to: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
    ...range('database.backupDays', backupDays, 1, 35),
  ];
}

function typeProblems(name: string, type: string): string[] {
  return /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type) ? [] : [`${name} is ${type}: give family and size, such as t3.small`];
}

function range(name: string, value: number, least: number, most: number): string[] {
  return Number.isInteger(value) && value >= least && value <= most
    ? []
    : [`${name} is ${value}: give a whole number from ${least} to ${most}`];
}

function refused(problems: readonly string[]): ReadConfiguration {
  return { ok: false, error: { code: 'INVALID_CONFIGURATION', problems } };
}
