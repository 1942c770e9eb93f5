/**
 * Memory and processor time of decisions by the bundle, by the size of the cluster: what the construct's default memory follows from.
 *
 * Each figure is of a process that makes three decisions in turn, with its heap bounded as Lambda bounds it. The answers of ECS are
 * made up here, as large as recorded ones: some 6 kB a host, 2 kB a task.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { listenOnLoopback, resourceRecords } from '@plimsoll/test-support';

const BUNDLE = join(process.cwd(), 'bundle/index.js');
const DECISIONS = 3;
const SERVICES = 50;
/** Hosts, tasks on each of them (none are read where it is 0), and memory in MiB: that of the construct at each of its limits. */
const CLUSTERS = [
  [100, 0, 256],
  [500, 10, 256],
  [2_000, 0, 256],
  [2_000, 10, 512],
  [5_000, 0, 512],
  [5_000, 10, 1_024],
];
/** Part of its memory that a function may take at most: the events of a batch take some, too. */
const TARGET_FRACTION = 0.75;
/** MiB at which a function has one processor: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const ONE_PROCESSOR_MIB = 1_769;

const ARN = 'arn:aws:ecs:eu-west-1:111122223333';
const id = (index) => index.toString(16).padStart(32, '0');
const tcpPorts = [22, 2376, 2375, 51678, 51679];
const resources = (cpuUnits, memoryMiB) => resourceRecords({ cpuUnits, memoryMiB, tcpPorts }, { zeros: true });

function hostOf(index, tasksOnEach) {
  const used = Math.max(1, tasksOnEach);
  return {
    containerInstanceArn: `${ARN}:container-instance/demo/${id(index)}`,
    ec2InstanceId: `i-${index.toString(16).padStart(17, '0')}`,
    version: 7,
    versionInfo: { agentVersion: '1.94.0', agentHash: '0a1b2c3d', dockerVersion: 'DockerVersion: 25.0.8' },
    remainingResources: resources(8192 - used * 256, 31000 - used * 512),
    registeredResources: resources(8192, 31000),
    status: 'ACTIVE',
    agentConnected: true,
    runningTasksCount: tasksOnEach,
    pendingTasksCount: 0,
    attributes: [
      ...Array.from({ length: 45 }, (_, number) => ({ name: `com.amazonaws.ecs.capability.docker-remote-api.1.${number}` })),
      { name: 'ecs.instance-type', value: 'm5.2xlarge' },
      { name: 'ecs.availability-zone', value: `eu-west-1${'abc'[index % 3]}` },
      { name: 'ecs.cpu-architecture', value: 'x86_64' },
    ],
    registeredAt: 1760000000,
    attachments: [],
    tags: [],
  };
}

function taskOf(index, tasksOnEach) {
  const service = index % SERVICES;
  return {
    taskArn: `${ARN}:task/demo/${id(index)}`,
    clusterArn: `${ARN}:cluster/demo`,
    containerInstanceArn: `${ARN}:container-instance/demo/${id(Math.floor(index / tasksOnEach))}`,
    taskDefinitionArn: `${ARN}:task-definition/s${service}:3`,
    group: `service:s${service}`,
    cpu: '256',
    memory: '512',
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    launchType: 'EC2',
    attachments: [],
    attributes: [],
    overrides: { containerOverrides: [{ name: 'app' }, { name: 'log-router' }], inferenceAcceleratorOverrides: [] },
    containers: ['app', 'log-router'].map((name) => ({
      containerArn: `${ARN}:container/demo/${id(index)}/${name}`,
      name,
      image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}:1`,
      runtimeId: `${id(index)}${id(index)}`,
      lastStatus: 'RUNNING',
      networkBindings: [{ bindIP: '0.0.0.0', containerPort: 8080, hostPort: 32768 + (index % 1000), protocol: 'tcp' }],
      networkInterfaces: [],
      healthStatus: 'HEALTHY',
      cpu: '128',
      memory: '256',
    })),
    createdAt: 1760000000,
    startedAt: 1760000010,
    version: 3,
  };
}

function serviceOf(index, tasks) {
  return {
    serviceArn: `${ARN}:service/demo/s${index}`,
    serviceName: `s${index}`,
    status: 'ACTIVE',
    launchType: 'EC2',
    schedulingStrategy: 'REPLICA',
    desiredCount: Math.ceil((tasks - index) / SERVICES),
    taskDefinition: `${ARN}:task-definition/s${index}:3`,
    placementConstraints: [],
  };
}

function definitionOf(taskDefinition) {
  return {
    taskDefinitionArn: taskDefinition,
    family: taskDefinition.split('/').at(-1).split(':')[0],
    networkMode: 'bridge',
    requiresAttributes: [],
    placementConstraints: [],
    containerDefinitions: ['app', 'log-router'].map((name) => ({ name, image: name, cpu: 128, memory: 256, essential: true })),
  };
}

/** ECS with one cluster, as far as the function asks. */
async function startEcs(hosts, tasksOnEach) {
  const tasks = hosts * tasksOnEach;
  const pageOf = (count, name, field, input, size) => {
    const start = Number(input.nextToken ?? 0);
    const end = Math.min(count, start + size);
    const arns = Array.from({ length: end - start }, (_, index) => name(start + index));
    return { [field]: arns, ...(end < count ? { nextToken: String(end) } : {}) };
  };
  const indexOf = (arn) => Number.parseInt(arn.split('/').at(-1), 16);
  const answers = {
    ListContainerInstances: (input) =>
      pageOf(hosts, (index) => `${ARN}:container-instance/demo/${id(index)}`, 'containerInstanceArns', input, 100),
    DescribeContainerInstances: ({ containerInstances }) => ({
      containerInstances: containerInstances.map((arn) => hostOf(indexOf(arn), tasksOnEach)),
    }),
    ListTasks: (input) => pageOf(tasks, (index) => `${ARN}:task/demo/${id(index)}`, 'taskArns', input, 100),
    DescribeTasks: (input) => ({ tasks: input.tasks.map((arn) => taskOf(indexOf(arn), tasksOnEach)) }),
    ListServices: (input) => pageOf(SERVICES, (index) => `${ARN}:service/demo/s${index}`, 'serviceArns', input, 100),
    DescribeServices: ({ services }) => ({ services: services.map((arn) => serviceOf(Number(arn.split('/s').at(-1)), tasks)) }),
    DescribeTaskDefinition: ({ taskDefinition }) => ({ taskDefinition: definitionOf(taskDefinition) }),
    PutMetricData: () => ({}),
  };
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1);
    const input = JSON.parse(await text(request));
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answers[operation](input)));
  });
  return listenOnLoopback(server);
}

const SCRIPT = `
const { handler } = require(process.argv[1]);
const event = { version: '0', id: 'tick', 'detail-type': 'Scheduled Event', source: 'aws.events', resources: [], detail: { clusterArn: 'demo' } };
(async () => {
  const started = process.cpuUsage();
  for (let turn = 0; turn < ${DECISIONS}; turn += 1) await handler(event, { getRemainingTimeInMillis: () => 600000 });
  const { user, system } = process.cpuUsage(started);
  process.send({ peakMiB: process.resourceUsage().maxRSS / 1024, seconds: (user + system) / 1e6 / ${DECISIONS} });
})();
`;

async function measure([hosts, tasksOnEach, memoryMiB]) {
  const ecs = await startEcs(hosts, tasksOnEach);
  const env = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example-secret',
    AWS_ENDPOINT_URL: ecs.url,
    PLIMSOLL_ECS_CALLS_PER_SECOND: '20',
    ...(tasksOnEach > 0
      ? { PLIMSOLL_READ_TASKS: 'true', PLIMSOLL_DISCOVER_SERVICES: 'true', PLIMSOLL_DISCOVERED_HEADROOM: '1' }
      : { PLIMSOLL_TASK_SIZES: '[{"name":"web","cpuUnits":250,"memoryMiB":400,"headroom":1}]' }),
  };
  const heap = `--max-old-space-size=${Math.floor(memoryMiB * 0.9)}`;
  const semi = `--max-semi-space-size=${Math.max(1, Math.floor(memoryMiB * 0.05))}`;
  const child = spawn(process.execPath, [heap, semi, '-e', SCRIPT, BUNDLE], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const errors = text(child.stderr);
  const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])]);
  if (child.exitCode === null) await once(child, 'exit');
  await ecs.close();
  return { answer, error: (await errors).split('\n').find((line) => /heap|Error/.test(line)) };
}

async function main() {
  console.log('hosts  tasks   memory MiB  peak MiB  processor s  of one processor at that memory, s');
  for (const cluster of CLUSTERS) {
    const [hosts, tasksOnEach, memoryMiB] = cluster;
    const { answer, error } = await measure(cluster);
    const start = `${String(hosts).padStart(5)}  ${String(hosts * tasksOnEach).padStart(6)}  ${String(memoryMiB).padStart(10)}`;
    if (answer === undefined) {
      console.log(`${start}  MISSED: no decision, ${error}`);
      process.exitCode = 1;
      continue;
    }
    const { peakMiB, seconds } = answer;
    const slowed = seconds * Math.max(1, ONE_PROCESSOR_MIB / memoryMiB);
    const met = peakMiB <= memoryMiB * TARGET_FRACTION ? '' : `  MISSED: at most ${TARGET_FRACTION} of its memory`;
    console.log(`${start}  ${peakMiB.toFixed(0).padStart(8)}  ${seconds.toFixed(2).padStart(11)}  ${slowed.toFixed(1)}${met}`);
    if (met !== '') process.exitCode = 1;
  }
}

await main();
