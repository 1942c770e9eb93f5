import { readTaskSizes } from '../lib/index.js';

/** Numbers that look random and are the same in every run. */
function* numbers(seed) {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/**
 * Hosts of several types with tasks placed on them.
 *
 * @param fill - share of a host that is in use on the average
 */
export function placedCluster({ hosts: count, sizes: kinds, fill, seed = 1, most = 60, headroom = 1 }) {
  const next = numbers(seed);
  const random = () => next.next().value;
  const read = readTaskSizes(
    Array.from({ length: kinds }, (_, index) => ({
      name: `size-${index}`,
      cpuUnits: 64 + 32 * Math.floor(random() * 30),
      memoryMiB: 128 + 64 * Math.floor(random() * 40),
      tcpPorts: index % 5 === 4 ? [8000 + index] : [],
      headroom,
    })),
  );
  if (!read.ok) throw new RangeError(read.error.message);
  const sizes = read.value;
  const tasks = [];
  const hosts = Array.from({ length: count }, (_, index) => {
    const containerInstanceArn = `arn:aws:ecs:us-east-1:111122223333:container-instance/bench/${index}`;
    const scale = 2 ** Math.floor(random() * 3);
    const registered = { cpuUnits: 2048 * scale, memoryMiB: 7680 * scale, gpus: 0, takenTcpPorts: [22], takenUdpPorts: [], others: [] };
    const target = fill * 2 * random();
    let { cpuUnits, memoryMiB } = registered;
    const takenTcpPorts = [...registered.takenTcpPorts];
    for (let tried = 0; tried < most; tried += 1) {
      const size = sizes[Math.floor(random() * kinds)];
      const used = Math.max(1 - (cpuUnits - size.cpuUnits) / registered.cpuUnits, 1 - (memoryMiB - size.memoryMiB) / registered.memoryMiB);
      if (used > Math.min(1, target) || size.tcpPorts.some((port) => takenTcpPorts.includes(port))) continue;
      cpuUnits -= size.cpuUnits;
      memoryMiB -= size.memoryMiB;
      takenTcpPorts.push(...size.tcpPorts);
      tasks.push({
        taskArn: `task-${tasks.length}`,
        containerInstanceArn,
        group: 'service:bench',
        lastStatus: 'RUNNING',
        daemon: false,
        size,
      });
    }
    return {
      containerInstanceArn,
      status: 'ACTIVE',
      agentConnected: true,
      version: 1,
      attributes: [],
      registered,
      remaining: { ...registered, cpuUnits, memoryMiB, takenTcpPorts },
    };
  });
  return { hosts, tasks, taskSizes: sizes };
}
