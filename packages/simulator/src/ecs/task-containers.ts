import type { EcsState, Host, TaskContainer, TaskDefinition } from './ecs-state.js';
import { members } from './host-resources.js';
import { arnOf, freshId } from './identifiers.js';
import type { ContainerDefinition, RunTaskRequest } from './request-schemas.js';
import { containersOf, gpusOf, mapsHostPorts } from './task-size.js';
import type { Transition } from './transition.js';

/**
 * First and last port the agent assigns on its own: the default range where the
 * kernel names none (SDK model, `PortMapping.hostPort`).
 */
const EPHEMERAL_PORTS = { first: 49_153, last: 65_535 } as const;

/** The task whose containers are built. */
export interface ContainersRequest {
  /** The account. */
  readonly state: EcsState;
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Id of the task. */
  readonly taskId: string;
  /** Where it runs; ports are drawn here. */
  readonly host: Host | undefined;
  /** Its definition. */
  readonly definition: TaskDefinition;
  /** Overrides of the run. */
  readonly overrides: RunTaskRequest['overrides'];
  /** GPUs of the whole task, handed out container by container. */
  readonly gpuIds: readonly string[];
}

/**
 * Builds the containers of a new task and binds their ports.
 *
 * A port mapping without a fixed host port is given the lowest free ephemeral
 * one. It does not count among the PORTS of the host: these are the ports that
 * agent and tasks *reserve*, and automatic ones are reserved by nobody
 * (SDK model, `ContainerInstance.remainingResources` and `PortMapping.hostPort`).
 */
export function buildContainers(request: ContainersRequest, transition: Transition): readonly TaskContainer[] {
  let gpusGiven = 0;
  return containersOf(request.definition, request.overrides).map((definition) => {
    const wanted = gpusOf(definition);
    const gpuIds = request.gpuIds.slice(gpusGiven, gpusGiven + wanted);
    gpusGiven += wanted;
    return {
      arn: arnOf(request.state.settings, 'container', `${request.clusterName}/${request.taskId}/${freshId(transition)}`),
      definition,
      networkBindings:
        request.host !== undefined && mapsHostPorts(request.definition.content.networkMode) ? bind(request.host, definition) : [],
      gpuIds,
      lastStatus: 'PENDING',
      exitCode: undefined,
      reason: undefined,
    };
  });
}

function bind(host: Host, definition: ContainerDefinition): TaskContainer['networkBindings'] {
  return (definition.portMappings ?? []).flatMap(({ containerPort, hostPort, protocol }) => {
    const bound = hostPort === undefined || hostPort === 0 ? assignPort(host, protocol ?? 'tcp') : hostPort;
    return bound === undefined || containerPort === undefined
      ? []
      : [{ bindIP: '0.0.0.0', containerPort, hostPort: bound, protocol: protocol ?? 'tcp' }];
  });
}

function assignPort(host: Host, protocol: string): number | undefined {
  const reserved = new Set([...members(host.remaining, 'PORTS'), ...members(host.remaining, 'PORTS_UDP')]);
  for (let port = EPHEMERAL_PORTS.first; port <= EPHEMERAL_PORTS.last; port += 1) {
    if (!host.dynamicPorts.has(port) && !reserved.has(String(port))) {
      host.dynamicPorts.set(port, protocol);
      return port;
    }
  }
  return undefined;
}
