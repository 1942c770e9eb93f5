import type { Reason } from './reason.js';
import type { TaskSize } from './task-size.js';

/** What was found over the registered hosts. */
export interface Findings {
  /** Copies that fit. */
  readonly copies: number;
  /** Hosts on which at least one fits. */
  readonly hostsWithRoom: number;
  /** Registered hosts. */
  readonly hosts: number;
  /** What stops one more, the most frequent first. */
  readonly reasons: ReadonlyArray<{ readonly reason: Reason; readonly hosts: number }>;
}

/** Says in a sentence how many copies fit, or what no host has, and then what stops one more on how many hosts. */
export function explanationSentence(size: TaskSize, found: Findings): string {
  if (found.hosts === 0) return 'no host is registered';
  const clauses = found.reasons.map(({ reason, hosts }, index) => {
    const count = index === 0 ? `${hosts} of ${plural(found.hosts, 'host')}` : String(hosts);
    return `${count} ${clauseOf(reason, hosts === 1, size)}`;
  });
  const [opening, link] =
    found.copies === 0 ? [whatNoHostHas(size, found), '; '] : [`${found.copies} more on ${plural(found.hostsWithRoom, 'host')}`, '; then '];
  return `${opening}${link}${clauses.join(', ')}`;
}

/** One thing that every host is short of; where there is none, everything together that the task asks for. */
function whatNoHostHas(size: TaskSize, { hosts, reasons }: Findings): string {
  const everywhere = reasons.find((reason) => reason.hosts === hosts && lackOf(reason.reason, size) !== undefined);
  if (everywhere !== undefined) return `no host has ${lackOf(everywhere.reason, size)}`;
  const closed = reasons.find(({ reason, hosts: count }) => count === hosts && (reason === 'AGENT' || reason === 'DRAINING'));
  if (closed !== undefined) return 'no host takes tasks';
  if (reasons.some(({ reason, hosts: count }) => count === hosts && reason === 'memberOf')) return 'no host satisfies memberOf';
  if (reasons.some(({ reason, hosts: count }) => count === hosts && reason === 'distinctInstance')) return 'no host is without one';
  const amounts = (['CPU', 'MEMORY', 'GPU', 'PORTS', 'PORTS_UDP', 'ENI'] as const).filter((reason) => asks(reason, size));
  const wanted = amounts.flatMap((reason) => lackOf(reason, size) ?? []).map((lack) => lack.replace(/ free$/, ''));
  return `no host takes ${size.name} with ${[...wanted, ...size.others.map(({ name, amount }) => `${amount} ${name}`)].join(', ')}`;
}

function asks(reason: 'CPU' | 'MEMORY' | 'GPU' | 'PORTS' | 'PORTS_UDP' | 'ENI', size: TaskSize): boolean {
  switch (reason) {
    case 'CPU':
      return size.cpuUnits > 0;
    case 'MEMORY':
      return size.memoryMiB > 0;
    case 'GPU':
      return size.gpus > 0;
    case 'PORTS':
      return size.tcpPorts.length > 0;
    case 'PORTS_UDP':
      return size.udpPorts.length > 0;
    case 'ENI':
      return size.networkMode === 'awsvpc';
  }
}

/** What a host that is short of it does not have; `undefined` for what is no lack of something. */
function lackOf(reason: Reason, size: TaskSize): string | undefined {
  switch (reason) {
    case 'CPU':
      return `${plural(size.cpuUnits, 'CPU unit')} free`;
    case 'MEMORY':
      return `${size.memoryMiB} MiB free`;
    case 'GPU':
      return `${plural(size.gpus, 'GPU')} free`;
    case 'PORTS':
      return `${portsOf('tcp', size.tcpPorts)} free`;
    case 'PORTS_UDP':
      return `${portsOf('udp', size.udpPorts)} free`;
    case 'ENI':
      return 'a network interface free';
    case 'ATTRIBUTE':
      return size.requiredAttributes.length === 1 ? `attribute ${attributeOf(size)}` : 'every required attribute';
    default:
      return otherOf(reason, size);
  }
}

function otherOf(reason: Reason, size: TaskSize): string | undefined {
  const other = size.others.find(({ name }) => reason === `RESOURCE:${name}`);
  return other === undefined ? undefined : `${other.amount} ${other.name} free`;
}

/** What is said of the hosts that the reason stops, after their number. */
function clauseOf(reason: Reason, single: boolean, size: TaskSize): string {
  const [are, have] = single ? ['is', 'has'] : ['are', 'have'];
  switch (reason) {
    case 'PORTS':
      return `${have} ${portsOf('tcp', size.tcpPorts)} taken`;
    case 'PORTS_UDP':
      return `${have} ${portsOf('udp', size.udpPorts)} taken`;
    case 'ENI':
      return `${have} no network interface free`;
    case 'ATTRIBUTE':
      return `${single ? 'lacks' : 'lack'} ${size.requiredAttributes.length === 1 ? `attribute ${attributeOf(size)}` : 'a required ATTRIBUTE'}`;
    case 'memberOf':
      return `${single ? 'does' : 'do'} not satisfy memberOf`;
    case 'distinctInstance':
      return `${have} one already, by distinctInstance`;
    case 'AGENT':
      return `${have} an AGENT that is not connected`;
    case 'DRAINING':
    case 'STATUS':
      return `${are} ${reason === 'DRAINING' ? 'DRAINING' : 'not ACTIVE'}`;
    default:
      return `${are} short of ${reason}`;
  }
}

function attributeOf({ requiredAttributes: [first] }: TaskSize): string {
  return first === undefined ? '' : first.value === undefined ? first.name : `${first.name}=${first.value}`;
}

function portsOf(protocol: 'tcp' | 'udp', ports: readonly number[]): string {
  const named = ports.map((port) => `${protocol}/${port}`);
  return named.length > 1 ? `one of ${named.join(', ')}` : named.join('');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
