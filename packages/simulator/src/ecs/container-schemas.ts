import * as v from 'valibot';

const text = v.exactOptional(v.string());
const flag = v.exactOptional(v.boolean());
const whole = v.exactOptional(v.pipe(v.number(), v.integer()));
const texts = v.exactOptional(v.array(v.string()));
const options = v.exactOptional(v.record(v.string(), v.string()));

/** A tag. */
export const tag = v.object({ key: text, value: text });

const keyValues = v.exactOptional(v.array(v.object({ name: text, value: text })));
const secrets = v.exactOptional(v.array(v.object({ name: text, valueFrom: text })));
const files = v.exactOptional(v.array(v.object({ value: text, type: text })));
const requirements = v.exactOptional(v.array(v.object({ type: text, value: text })));

const portMapping = v.object({
  containerPort: whole,
  hostPort: whole,
  protocol: text,
  name: text,
  appProtocol: text,
  containerPortRange: text,
});

/**
 * A container definition: the members of the SDK's `ContainerDefinition` that
 * are kept and given back. `linuxParameters`, `restartPolicy` and
 * `repositoryCredentials` are read over, as is any member unknown here.
 */
export const containerDefinition = v.object({
  name: text,
  image: text,
  cpu: whole,
  memory: whole,
  memoryReservation: whole,
  links: texts,
  portMappings: v.exactOptional(v.array(portMapping)),
  essential: flag,
  entryPoint: texts,
  command: texts,
  environment: keyValues,
  environmentFiles: files,
  mountPoints: v.exactOptional(v.array(v.object({ sourceVolume: text, containerPath: text, readOnly: flag }))),
  volumesFrom: v.exactOptional(v.array(v.object({ sourceContainer: text, readOnly: flag }))),
  secrets,
  dependsOn: v.exactOptional(v.array(v.object({ containerName: text, condition: text }))),
  startTimeout: whole,
  stopTimeout: whole,
  versionConsistency: text,
  hostname: text,
  user: text,
  workingDirectory: text,
  disableNetworking: flag,
  privileged: flag,
  readonlyRootFilesystem: flag,
  dnsServers: texts,
  dnsSearchDomains: texts,
  extraHosts: v.exactOptional(v.array(v.object({ hostname: text, ipAddress: text }))),
  dockerSecurityOptions: texts,
  interactive: flag,
  pseudoTerminal: flag,
  dockerLabels: options,
  ulimits: v.exactOptional(v.array(v.object({ name: text, softLimit: whole, hardLimit: whole }))),
  logConfiguration: v.exactOptional(v.object({ logDriver: text, options, secretOptions: secrets })),
  healthCheck: v.exactOptional(v.object({ command: texts, interval: whole, timeout: whole, retries: whole, startPeriod: whole })),
  systemControls: v.exactOptional(v.array(v.object({ namespace: text, value: text }))),
  resourceRequirements: requirements,
  firelensConfiguration: v.exactOptional(v.object({ type: text, options })),
  credentialSpecs: texts,
});

/** What RunTask may override in one container. */
export const overrideOfContainer = v.object({
  name: text,
  command: texts,
  environment: keyValues,
  environmentFiles: files,
  cpu: whole,
  memory: whole,
  memoryReservation: whole,
  resourceRequirements: requirements,
});
