/** Numbers from 0 up to 1 that look random and are the same for the same seed. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    // Mulberry32: the low bits are as good as the high ones.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An empty, eligible host. */
export function emptyHost(name, { cpuUnits, memoryMiB, gpus = 0 }) {
  const resources = { cpuUnits, memoryMiB, gpus, takenTcpPorts: [], takenUdpPorts: [], others: [] };
  return {
    containerInstanceArn: `arn:aws:ecs:us-east-1:111122223333:container-instance/bench/${name}`,
    status: 'ACTIVE',
    agentConnected: true,
    version: 1,
    attributes: [],
    registered: resources,
    remaining: resources,
  };
}

/** The host with a task more on it; with `sign` -1 with one less. */
export function withTask(host, task, sign = 1) {
  const { remaining } = host;
  return {
    ...host,
    remaining: {
      ...remaining,
      cpuUnits: remaining.cpuUnits - sign * task.cpuUnits,
      memoryMiB: remaining.memoryMiB - sign * task.memoryMiB,
      gpus: remaining.gpus - sign * task.gpus,
      takenTcpPorts:
        sign > 0 ? [...remaining.takenTcpPorts, ...task.tcpPorts] : remaining.takenTcpPorts.filter((port) => !task.tcpPorts.includes(port)),
    },
  };
}

/** Index of the host that a placement strategy chooses among those with room, or -1. */
export function chooseHost(hosts, running, task, strategy, random) {
  let best = -1;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const [index, { remaining }] of hosts.entries()) {
    if (!hasRoom(remaining, task)) continue;
    const score = strategy === 'spread' ? running[index] : strategy === 'binpack' ? remaining.memoryMiB : random();
    if (score < bestScore) {
      best = index;
      bestScore = score;
    }
  }
  return best;
}

function hasRoom(remaining, task) {
  return (
    remaining.cpuUnits >= task.cpuUnits &&
    remaining.memoryMiB >= task.memoryMiB &&
    remaining.gpus >= task.gpus &&
    !task.tcpPorts.some((port) => remaining.takenTcpPorts.includes(port))
  );
}
