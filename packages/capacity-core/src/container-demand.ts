import { kindOf, ownFields, withoutSign } from './read-resources.js';
import { failure, type Result, success } from './result.js';

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with a field, and where. */
export interface FieldProblem {
  /** What kind of fault it is. */
  readonly code: 'MISSING_FIELD' | 'WRONG_TYPE' | 'OUT_OF_RANGE' | 'UNSUPPORTED';
  /** Where in the document. */
  readonly path: string;
  /** One sentence with the wrong value and the remedy. */
  readonly message: string;
}

type Refusal = { readonly ok: false; readonly error: FieldProblem };

/** What the containers of a task definition add up to. */
export interface ContainerDemand {
  /** CPU units over the containers. */
  readonly cpuUnits: number;
  /** MiB over the containers: of each the reservation where it is above 0, else the hard limit. */
  readonly memoryMiB: number;
  /** GPUs over the containers. */
  readonly gpus: number;
  /** Fixed TCP host ports, each once. */
  readonly tcpPorts: readonly number[];
  /** Fixed UDP host ports, each once. */
  readonly udpPorts: readonly number[];
}

const MAX_PORT = 65_535;

/** Adds up the containers of a task definition, as the network mode lets their ports through. */
export function readContainers(
  input: unknown,
  path: string,
  portsOf: 'hostPort' | 'containerPort' | 'none',
): Result<ContainerDemand, FieldProblem> {
  if (input === undefined) return refused('MISSING_FIELD', path, 'is missing: give the whole task definition');
  if (!Array.isArray(input)) return refused('WRONG_TYPE', path, `is ${kindOf(input)}: expected a list of container definitions`);
  const tcp = new Set<number>();
  const udp = new Set<number>();
  const sum = { cpuUnits: 0, memoryMiB: 0, gpus: 0 };
  for (const [index, item] of input.entries()) {
    const at = `${path}[${index}]`;
    const fields = ownFields(item);
    if (fields === undefined) return refused('WRONG_TYPE', at, `is ${kindOf(item)}: expected a container definition`);
    const amounts = readAmounts(fields, at);
    if (!amounts.ok) return amounts;
    sum.cpuUnits += amounts.value.cpuUnits;
    sum.memoryMiB += amounts.value.memoryMiB;
    sum.gpus += amounts.value.gpus;
    const ports = readPortMappings(fields.portMappings ?? [], `${at}.portMappings`, portsOf);
    if (!ports.ok) return ports;
    for (const { port, protocol } of ports.value) (protocol === 'udp' ? udp : tcp).add(port);
  }
  return success({ ...sum, tcpPorts: [...tcp], udpPorts: [...udp] });
}

function readAmounts(fields: Fields, at: string): Result<Pick<ContainerDemand, 'cpuUnits' | 'memoryMiB' | 'gpus'>, FieldProblem> {
  const cpu = readWhole(fields.cpu ?? 0, `${at}.cpu`, 'CPU units');
  if (!cpu.ok) return cpu;
  const reservation = readWhole(fields.memoryReservation ?? 0, `${at}.memoryReservation`, 'MiB');
  if (!reservation.ok) return reservation;
  const limit = readWhole(fields.memory ?? 0, `${at}.memory`, 'MiB');
  if (!limit.ok) return limit;
  const gpus = readGpus(fields.resourceRequirements ?? [], `${at}.resourceRequirements`);
  if (!gpus.ok) return gpus;
  return success({ cpuUnits: cpu.value, memoryMiB: reservation.value > 0 ? reservation.value : limit.value, gpus: gpus.value });
}

function readGpus(input: unknown, path: string): Result<number, FieldProblem> {
  if (!Array.isArray(input)) return refused('WRONG_TYPE', path, `is ${kindOf(input)}: expected a list of resource requirements`);
  let gpus = 0;
  for (const [index, item] of input.entries()) {
    const { type, value } = ownFields(item) ?? {};
    if (type !== 'GPU') {
      const found = typeof type === 'string' ? JSON.stringify(type.slice(0, 40)) : kindOf(type);
      return refused('UNSUPPORTED', `${path}[${index}].type`, `is ${found}: only GPU can be counted`);
    }
    const count = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
    const read = readWhole(count, `${path}[${index}].value`, 'GPUs');
    if (!read.ok) return read;
    gpus += read.value;
  }
  return success(gpus);
}

interface FixedPort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

function readPortMappings(
  input: unknown,
  path: string,
  portsOf: 'hostPort' | 'containerPort' | 'none',
): Result<readonly FixedPort[], FieldProblem> {
  if (!Array.isArray(input)) return refused('WRONG_TYPE', path, `is ${kindOf(input)}: expected a list of port mappings`);
  if (portsOf === 'none') return success([]);
  const ports: FixedPort[] = [];
  for (const [index, item] of input.entries()) {
    const at = `${path}[${index}]`;
    const fields = ownFields(item);
    if (fields === undefined) return refused('WRONG_TYPE', at, `is ${kindOf(item)}: expected a port mapping`);
    const port = readPort(fields, at, portsOf);
    if (!port.ok) return port;
    if (port.value > 0) ports.push({ port: port.value, protocol: fields.protocol === 'udp' ? 'udp' : 'tcp' });
  }
  return success(ports);
}

/** 0 for a port that ECS chooses when it places the task. */
function readPort(fields: Fields, at: string, portsOf: 'hostPort' | 'containerPort'): Result<number, FieldProblem> {
  const given = fields.hostPort ?? 0;
  const useContainerPort = portsOf === 'containerPort' && given === 0;
  const path = `${at}.${useContainerPort ? 'containerPort' : 'hostPort'}`;
  const port = useContainerPort ? fields.containerPort : given;
  if (port === undefined) return refused('MISSING_FIELD', path, 'is missing: network mode host takes the port of the container');
  if (typeof port !== 'number') return refused('WRONG_TYPE', path, `is ${kindOf(port)}: expected a port`);
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT || (useContainerPort && port === 0)) {
    return refused('OUT_OF_RANGE', path, `is ${port}: expected a port, 1 to ${MAX_PORT}`);
  }
  return success(withoutSign(port));
}

/** A whole number, 0 or more. */
export function readWhole(value: unknown, path: string, unit: string): Result<number, FieldProblem> {
  if (value === undefined) return refused('MISSING_FIELD', path, `is missing: expected a whole number of ${unit}`);
  if (typeof value !== 'number') return refused('WRONG_TYPE', path, `is ${kindOf(value)}: expected a whole number of ${unit}`);
  if (!Number.isInteger(value) || value < 0 || value > MAX_AMOUNT) {
    return refused('OUT_OF_RANGE', path, `is ${value}: expected a whole number of ${unit}, 0 to ${MAX_AMOUNT}`);
  }
  return success(withoutSign(value));
}

/** ECS's `Integer` has 32 bits. */
const MAX_AMOUNT = 2_147_483_647;

/** A refusal whose message begins with the path. */
export function refused(code: FieldProblem['code'], path: string, problem: string): Refusal {
  return failure({ code, path, message: path === '' ? `the task definition ${problem}` : `${path} ${problem}` });
}
