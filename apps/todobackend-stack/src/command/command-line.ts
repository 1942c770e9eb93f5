import { parseArgs } from 'node:util';

/** What is to be done with the stack. */
export type Verb = 'deploy' | 'destroy';

/** A command, read. */
export interface CommandLine {
  readonly verb: Verb;
  /** Context of the app, by key: what `-c key=value` gave. */
  readonly context: ReadonlyMap<string, string>;
  /** Options for the CDK, as they were given. */
  readonly cdkOptions: readonly string[];
  /** Profile of AWS's configuration files, if one is named. */
  readonly profile: string | undefined;
  /** Region, if one is named. */
  readonly region: string | undefined;
  /** Name of the stack that bootstrapping made. */
  readonly toolkitStackName: string;
  /** Whether nothing is asked. */
  readonly yes: boolean;
}

/** A command, or why there is none; `help` is no mistake. */
export type ReadCommandLine =
  | { readonly ok: true; readonly value: CommandLine }
  | { readonly ok: false; readonly error: { readonly code: 'USAGE' | 'HELP'; readonly message: string } };

/** What the commands take. */
export const USAGE = `usage: npx projen deploy  [-c key=value ...] [--profile NAME] [--region NAME] [--yes] [options of cdk deploy]
       npx projen destroy [-c key=value ...] [--profile NAME] [--region NAME] [--yes] [options of cdk destroy]

keys: preset (small, production), vpcId, certificateArn, domainName, corsOrigins, alarmEmail, deletionProtection (true, false)
docs/deploying.md tells what is needed, what it costs and what stays.`;

/**
 * Reads the arguments. What is not of these commands is the CDK's, and passed on as it is.
 *
 * @param argv `deploy` or `destroy`, then options
 */
export function readCommandLine(argv: readonly string[]): ReadCommandLine {
  const [verb, ...rest] = argv;
  if (verb !== 'deploy' && verb !== 'destroy') return usage(`the command is ${verb ?? 'missing'}: give deploy or destroy`);
  if (rest.some((argument) => argument === '--help' || argument === '-h')) return { ok: false, error: { code: 'HELP', message: USAGE } };
  const { values } = parseArgs({
    args: rest,
    strict: false,
    allowPositionals: true,
    options: {
      context: { type: 'string', short: 'c', multiple: true },
      profile: { type: 'string' },
      region: { type: 'string' },
      'toolkit-stack-name': { type: 'string' },
      yes: { type: 'boolean', short: 'y' },
    },
  });
  const context = new Map<string, string>();
  for (const pair of values.context ?? []) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(String(pair)) ?? [];
    if (key === undefined || value === undefined) return usage(`-c ${pair} is no pair: give key=value, such as -c preset=production`);
    context.set(key, value);
  }
  const { 'toolkit-stack-name': toolkit, yes = false } = values;
  const [profile, region] = [textOf(values.profile), textOf(values.region)];
  if (values.profile === true || values.region === true) return usage('--profile and --region want a name each');
  return {
    ok: true,
    value: {
      verb,
      context,
      cdkOptions: rest.filter((argument) => argument !== '--yes' && argument !== '-y'),
      profile,
      region,
      toolkitStackName: textOf(toolkit) ?? 'CDKToolkit',
      yes: yes === true,
    },
  };
}

/** What the CDK is started with: it asks by itself where a deployment widens rights, unless told not to. */
export function cdkArguments({ verb, cdkOptions, yes }: CommandLine, stackName: string): string[] {
  const approval = yes ? ['--require-approval', 'never'] : [];
  return [verb, stackName, ...(verb === 'destroy' ? ['--force'] : approval), ...cdkOptions];
}

function textOf(value: string | boolean | (string | boolean)[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function usage(problem: string): ReadCommandLine {
  return { ok: false, error: { code: 'USAGE', message: `${problem}\n\n${USAGE}` } };
}
