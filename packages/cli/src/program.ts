import { Command, InvalidArgumentError, Option } from 'commander';
import { runCapacity } from './commands/capacity.js';
import type { CommandContext } from './commands/context.js';
import { runLocal } from './commands/local.js';
import { runReplay } from './commands/replay.js';
import { LONGEST_TIMEOUT_SECONDS, runRunTask } from './commands/run-task.js';
import { runSimulate } from './commands/simulate.js';
import { isHttpUrl } from './http-url.js';
import { readJsonArgument } from './input/json-argument.js';
import { POLICY_FORM } from './policy-spec.js';
import { programVersion } from './program-version.js';

const SPEC = 'NAME=CPU:MEMORY[,tcp=PORT][,udp=PORT][,gpu=N]; CPU in units of 1/1024 vCPU, memory in MiB; repeatable';

const HOST_TYPE = 'TYPE=CPU:MEMORY[,gpu=N][,cost=N]: pack all tasks and the headroom onto new hosts of these types; repeatable';

/** ECS describes at most 100 hosts a call: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html */
const DESCRIBE_ALL = `\
  aws ecs list-container-instances --cluster demo --query 'containerInstanceArns[]' --output text |
    xargs -r -n 100 aws ecs describe-container-instances --cluster demo --output json --container-instances`;

const EXIT_STATUSES = `
Exit status: 0 answered; 1 below --require; 2 usage or unreadable input; 3 a fault outside the input.`;

/**
 * Describes the command line; `done` hears the exit status of the command that ran.
 *
 * No option is mandatory to the parser, which would miss one before it names a misspelt one; the commands look themselves.
 */
export function createProgram(context: CommandContext, done: (status: number) => void): Command {
  const program = new Command('plimsoll')
    .description('How many more containers an Amazon ECS cluster can place, counted host by host.')
    .version(programVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help of a command')
    .addHelpText(
      'after',
      `
Examples:
${DESCRIBE_ALL} > hosts.json
  plimsoll capacity --snapshot hosts.json --task-size web=250:400
  plimsoll capacity --cluster demo --task-size web=250:400,tcp=8080 --require 2 --json
  plimsoll local --events events.jsonl
  plimsoll replay --events events.jsonl --task-size web=250:400
  plimsoll simulate --generate diurnal --policy exact --policy capacity-provider
${EXIT_STATUSES}`,
    );
  program.addCommand(capacityCommand(context, done));
  program.addCommand(replayCommand(context, done));
  program.addCommand(runTaskCommand(context, done));
  program.addCommand(simulateCommand(context, done));
  program.addCommand(localCommand(context, done));
  return program;
}

function capacityCommand(context: CommandContext, done: (status: number) => void): Command {
  return new Command('capacity')
    .description('Count how many more tasks of each size the cluster can place now.')
    .option('--snapshot <FILE>', 'container instances as the AWS CLI describes them, or events; - is standard input; repeatable', collect)
    .addOption(single('--cluster <NAME>', 'name or ARN of a live cluster'))
    .addOption(
      single('--region <REGION>', 'AWS region of the live cluster (default: AWS_REGION, AWS_DEFAULT_REGION, or the AWS configuration)'),
    )
    .addOption(single('--endpoint-url <URL>', 'send the calls there instead of to AWS', readUrl))
    .option('--task-size <SPEC>', SPEC, collect)
    .option('--task-definition <FILE>', 'a task size from what `aws ecs describe-task-definition` prints; repeatable', collect)
    .option('--group <NAME=GROUP>', 'the group that tasks of a size are in, such as web=service:web; repeatable', collect)
    .option('--daemon <NAME>', 'a daemon service; a size of its name is taken off each host that has yet to start it; repeatable', collect)
    .option('--headroom <NAME=N>', 'for --drainable, --hosts-needed: tasks of a size that must always still fit; repeatable', collect)
    .option('--tasks <FILE>', 'tasks as the AWS CLI describes them, or events, where a count needs them to be exact; repeatable', collect)
    .addOption(single('--method <METHOD>', 'exact counts host by host, pooled is the formula over sums', readMethod, 'exact'))
    .addOption(single('--reference-host <ARN>', "the host that pooled measures idle hosts in (default: the input's first)"))
    .option('--explain', 'say for each size what stops one more, and on how many hosts')
    .option('--drainable', 'name hosts that could be emptied together, in order, with their tasks and the headroom placed elsewhere')
    .option('--hosts-needed <TYPE>', HOST_TYPE, collect)
    .addOption(single('--require <N>', 'exit with status 1 when the container capacity is below N', readCount))
    .option('--json', 'print JSON, as schemas/capacity.schema.json describes it')
    .addHelpText(
      'after',
      `
A SPEC asks for CPU, memory, GPUs and fixed host ports; a task definition also for network interfaces, attributes and constraints.

Examples:
  plimsoll capacity --snapshot hosts.json --task-size web=250:400 --task-size worker=1024:512
${DESCRIBE_ALL} |
    plimsoll capacity --snapshot - --task-size web=250:400 --json
  plimsoll capacity --snapshot hosts.json --tasks tasks.json --task-definition web.json --explain
  plimsoll capacity --snapshot hosts.json --tasks tasks.json --task-size web=250:400 --headroom web=2 --drainable
  plimsoll capacity --cluster demo --region eu-west-1 --task-size web=250:400 --require 1
${EXIT_STATUSES}`,
    )
    .action(async (options) => done(await runCapacity(options, context)));
}

function replayCommand(context: CommandContext, done: (status: number) => void): Command {
  return new Command('replay')
    .description('Print the capacity after each Container Instance State Change event of a file.')
    .addOption(single('--events <FILE>', 'one event a line, or a JSON array; - is standard input'))
    .option('--task-size <SPEC>', SPEC, collect)
    .option('--json', 'print a JSON object a line, as schemas/replay.schema.json describes it')
    .addHelpText(
      'after',
      `
Examples:
  plimsoll replay --events events.jsonl --task-size web=250:400
  tail -f events.jsonl | plimsoll replay --events - --task-size web=250:400 --json

Exit status: 0 when an event was readable or there was none; 2 usage, or every event unreadable; 3 a fault outside the input.`,
    )
    .action(async (options) => done(await runReplay(options, context)));
}

function runTaskCommand(context: CommandContext, done: (status: number) => void): Command {
  return new Command('run-task')
    .description('Run one Amazon ECS task to its end, with its log; Ctrl-C stops it.')
    .addOption(single('--task-definition <NAME>', 'family, family:revision or ARN'))
    .addOption(single('--cluster <NAME>', 'name or ARN (default: the cluster named default)'))
    .addOption(single('--overrides <JSON>', "RunTask's overrides; file://PATH reads a file", readJsonArgument))
    .addOption(single('--network-configuration <JSON>', "RunTask's networkConfiguration; file://PATH reads a file", readJsonArgument))
    .addOption(single('--launch-type <TYPE>', "EC2, FARGATE or EXTERNAL (default: the cluster's own strategy)"))
    .addOption(single('--container <NAME>', 'container whose exit code decides (default: the one essential container)'))
    .addOption(single('--timeout <SECONDS>', 'seconds until the task is stopped', readSeconds, 3600))
    .addOption(single('--region <REGION>', 'AWS region (default: AWS_REGION, AWS_DEFAULT_REGION, or the AWS configuration)'))
    .addOption(single('--endpoint-url <URL>', 'send the calls there instead of to AWS', readUrl))
    .option('--json', 'print JSON, as schemas/run-task.schema.json describes it, and the log on standard error')
    .addHelpText(
      'after',
      `
Examples:
  plimsoll run-task --cluster demo --task-definition migrate
  plimsoll run-task --task-definition migrate:7 --timeout 600 --json \\
    --overrides '{"containerOverrides":[{"name":"migrate","command":["migrate","--dry-run"]}]}'

Exit status: that of the container; 125 where it has none, was stopped, or could not be run; 2 usage.`,
    )
    .action(async (options) => done(await runRunTask(options, context)));
}

function simulateCommand(context: CommandContext, done: (status: number) => void): Command {
  return new Command('simulate')
    .description('Say what scaling policies would have done with a workload, in virtual time.')
    .addOption(single('--trace <FILE>', 'tasks by time; - is standard input'))
    .addOption(single('--format <FORMAT>', 'csv (time,duration,cpu,memory[,count][,gpu]), openb, or events of ECS (default: csv)'))
    .addOption(single('--copies <N>', 'lay so many copies of the trace over each other, each an hour later (default: 1)', readCount))
    .addOption(single('--jitter <SECONDS>', 'move each task of the trace by chance, so far at most (default: 0)', readCount))
    .addOption(single('--headroom <N>', 'how many more tasks of each size exact and patient keep room for (default: 0)', readCount))
    .addOption(single('--generate <SPEC>', 'make a workload: PATTERN[:KEY=VALUE,...][+PATTERN...]'))
    .option('--policy <NAME>', `${POLICY_FORM}; repeatable`, collect)
    .option(
      '--host-type <TYPE>',
      'TYPE=CPU:MEMORY[,gpu=N] as such a host registers; repeatable (default: one that holds the largest task)',
      collect,
    )
    .addOption(single('--placement <STRATEGY>', 'binpack, spread or random (default: binpack)'))
    .addOption(single('--min-hosts <N>', 'least hosts of the group (default: 0)', readCount))
    .addOption(single('--max-hosts <N>', 'most hosts of the group (default: 5000)', readCount))
    .addOption(single('--zones <N>', 'Availability Zones (default: 1)', readCount))
    .addOption(single('--seed <N>', 'seed of all that is random; the same seed gives the same answer (default: 1)', readSeed))
    .option('--json', 'print JSON, as schemas/simulate.schema.json describes it')
    .addOption(single('--html <FILE>', 'write one page with the table and charts'))
    .addHelpText(
      'after',
      `
Patterns: diurnal, bursty, deployments, batch, daemon. Keys: hours, tasks, rate, duration, every, burst, trough, start, minimum,
maximum, size=CPU:MEMORY[|CPU:MEMORY...]. What is modelled and what is not: docs/policy-simulation.md.

Examples:
  plimsoll simulate --generate diurnal:tasks=40,hours=72+batch --policy exact --policy capacity-provider --policy book
  plimsoll simulate --trace tasks.csv --policy exact --host-type m5.xlarge=4096:15800 --html comparison.html

Exit status: 0 simulated; 2 usage or unreadable input; 3 a fault.`,
    )
    .action(async (options) => done(await runSimulate(options, context)));
}

function localCommand(context: CommandContext, done: (status: number) => void): Command {
  return new Command('local')
    .description('Serve a simulated Amazon ECS and CloudWatch on this machine until interrupted.')
    .addOption(single('--port <PORT>', 'port to listen on; 0 takes a free one', readPort, 0))
    .addOption(single('--region <REGION>', 'AWS region to be'))
    .addOption(single('--events <FILE>', 'append each EventBridge event to FILE, one JSON object a line'))
    .addHelpText(
      'after',
      `
Examples:
  plimsoll local --port 4510 --events events.jsonl
  aws --endpoint-url http://127.0.0.1:4510 ecs create-cluster --cluster-name demo

Exit status: 0 when interrupted; 2 usage, port in use; 3 a fault.`,
    )
    .action(async (options) => done(await runLocal(options, context)));
}

/** An option that may be given once; given twice, one of the two would be lost. */
function single<Value = string>(flags: string, description: string, read?: (text: string) => Value, initial?: Value): Option {
  const option = new Option(flags, description);
  let given = false;
  option.argParser((text: string) => {
    if (given) throw new InvalidArgumentError('It is given twice: give it once.');
    given = true;
    if (text === '') throw new InvalidArgumentError('It is empty: give a value.');
    return read === undefined ? text : read(text);
  });
  return initial === undefined ? option : option.default(initial);
}

function collect(text: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), text];
}

function readMethod(text: string): string {
  if (text !== 'exact' && text !== 'pooled') throw new InvalidArgumentError('Write exact or pooled.');
  return text;
}

function readCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Write a whole number, 0 or more.');
  return Number(text);
}

function readSeconds(text: string): number {
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= LONGEST_TIMEOUT_SECONDS) return seconds;
  throw new InvalidArgumentError(`Write whole seconds, 1 to ${LONGEST_TIMEOUT_SECONDS}.`);
}

function readSeed(text: string): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > 4_294_967_295) throw new InvalidArgumentError('Write a whole number, 0 to 4294967295.');
  return Number(text);
}

function readPort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('Write a port, 0 to 65535.');
  return Number(text);
}

function readUrl(text: string): string {
  if (!isHttpUrl(text)) throw new InvalidArgumentError('Write a URL such as http://127.0.0.1:4510.');
  return text;
}
