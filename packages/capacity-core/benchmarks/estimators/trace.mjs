import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimate, Tally } from './estimates.mjs';
import { chooseHost, emptyHost, randomFrom, withTask } from './hosts.mjs';

/** Where the trace is published; who wants it replayed fetches it. */
export const TRACE_SOURCE =
  'https://github.com/hkust-adsl/kubernetes-scheduler-simulator, data/csv (openb_pod_list_default.csv, openb_node_list_all_node.csv)';

const HOSTS = [7, 8, 10, 12];
const STRATEGIES = ['spread', 'binpack'];

/**
 * Replays the pods of the trace, in the order they were scheduled, onto hosts drawn from the trace's own nodes.
 *
 * Each pod that arrives asks whether one more of it fits; then it is placed, or waits and is tried again whenever one ends. It runs as
 * long as in the trace. Pods that were never scheduled, or ask for no CPU or memory, are left out.
 */
export function replayTrace(folder) {
  const pods = readCsv(join(folder, 'openb_pod_list_default.csv')).flatMap(podOf);
  pods.sort((a, b) => a.start - b.start);
  const nodes = readCsv(join(folder, 'openb_node_list_all_node.csv'));
  const rows = [];
  for (const gpus of [false, true]) {
    for (const count of HOSTS) {
      for (const strategy of STRATEGIES)
        rows.push({ hosts: count, gpus, strategy, ...replay(pods, drawHosts(nodes, count, gpus), strategy, gpus) });
    }
  }
  return rows;
}

function drawHosts(nodes, count, gpus) {
  const random = randomFrom(count);
  return Array.from({ length: count }, (_, index) => {
    const node = nodes[Math.floor(random() * nodes.length)];
    return emptyHost(index, {
      cpuUnits: cpuUnitsOf(node.cpu_milli),
      memoryMiB: Number(node.memory_mib),
      gpus: gpus ? Number(node.gpu) : 0,
    });
  });
}

function replay(pods, hosts, strategy, gpus) {
  const random = randomFrom(1);
  const running = hosts.map(() => 0);
  const ends = [];
  const waiting = [];
  const tally = new Tally();
  const place = ({ task, seconds }, now) => {
    const index = chooseHost(hosts, running, task, strategy, random);
    if (index < 0) return false;
    hosts[index] = withTask(hosts[index], task);
    running[index] += 1;
    ends.push({ at: now + seconds, index, task });
    ends.sort((a, b) => b.at - a.at);
    return true;
  };
  const endUntil = (now) => {
    for (let next = ends.at(-1); next !== undefined && next.at <= now; next = ends.at(-1)) {
      ends.pop();
      hosts[next.index] = withTask(hosts[next.index], next.task, -1);
      running[next.index] -= 1;
      for (const pod of waiting.splice(0)) if (!place(pod, next.at)) waiting.push(pod);
    }
  };
  for (const pod of pods) {
    endUntil(pod.start);
    const asked = { ...pod, task: gpus ? pod.task : { ...pod.task, gpus: 0 } };
    tally.add(estimate(hosts, asked.task));
    if (!place(asked, pod.start)) waiting.push(asked);
  }
  return tally.result();
}

function podOf(row) {
  const task = {
    name: row.name,
    cpuUnits: cpuUnitsOf(row.cpu_milli),
    memoryMiB: Number(row.memory_mib),
    gpus: Number(row.num_gpu),
    tcpPorts: [],
    udpPorts: [],
    others: [],
    networkMode: 'bridge',
    requiredAttributes: [],
    placementConstraints: [],
    headroom: 0,
  };
  const [start, end] = [row.scheduled_time, row.deletion_time].map(Number);
  return row.scheduled_time === '' || task.cpuUnits === 0 || task.memoryMiB === 0
    ? []
    : [{ task, start, seconds: Math.max(1, end - start) }];
}

/** 1,000 of the trace's units are a vCPU, as are 1,024 of Amazon ECS's. */
function cpuUnitsOf(milli) {
  return Math.ceil((Number(milli) * 1024) / 1000);
}

function readCsv(path) {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [names[index], value])));
}
