import { join, posix } from 'node:path';

/** A task definition as RegisterTaskDefinition takes it, as far as it is changed here. */
export interface TaskDefinition {
  readonly family: string;
  readonly containerDefinitions: readonly ContainerDefinition[];
  readonly volumes?: ReadonlyArray<{ readonly name: string }>;
}

/** A container of it. */
export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  /** CPU units that it reserves. */
  readonly cpu?: number;
  readonly environment?: readonly Variable[];
  readonly mountPoints?: ReadonlyArray<{ readonly sourceVolume: string; readonly containerPath: string }>;
  readonly secrets?: readonly unknown[];
  readonly logConfiguration?: { readonly options?: Readonly<Record<string, string>> };
}

/** An environment variable. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** What stands on this machine for what a container meets on a host. */
export interface Substitutes {
  /** SQLite file in place of the MySQL server. */
  readonly databaseFile: string;
  /** Folder with one folder a volume. */
  readonly volumesFolder: string;
}

/** A task definition for processes of this machine, and what was changed for it. */
export interface LocalDefinition {
  readonly definition: TaskDefinition;
  /** One phrase a change, such as `PORT=0 for 8000`. */
  readonly changes: readonly string[];
}

/** Variables that a process must have otherwise than a container: it shares address, ports and files with this machine. */
const OF_THIS_MACHINE: Readonly<Record<string, string>> = { HOST: '127.0.0.1', PORT: '0' };

/**
 * The task definition with its environment as a process of this machine needs it. Pure.
 *
 * Commands, container names, sizes, order and logs stay what they are. MySQL's variables make way for a file, the address and the port
 * for free ones of the loopback, and paths below a mount point for paths of a folder that stands for the volume.
 */
export function localDefinition(definition: TaskDefinition, substitutes: Substitutes): LocalDefinition {
  const changes = new Set<string>();
  const containerDefinitions = definition.containerDefinitions.map((container) => {
    const { secrets: _, ...rest } = container;
    const environment = localEnvironment(container, substitutes);
    for (const change of changesOf(container.environment ?? [], environment, substitutes)) changes.add(change);
    return { ...rest, environment };
  });
  return { definition: { ...definition, containerDefinitions }, changes: [...changes] };
}

function localEnvironment(container: ContainerDefinition, { databaseFile, volumesFolder }: Substitutes): readonly Variable[] {
  const given = container.environment ?? [];
  const kept = given
    .filter(({ name }) => !name.startsWith('MYSQL_'))
    .map(({ name, value }) => ({ name, value: OF_THIS_MACHINE[name] ?? localPath(container, value, volumesFolder) }));
  const usesDatabase = kept.length < given.length;
  return usesDatabase ? [...kept, { name: 'SQLITE_FILE', value: databaseFile }] : kept;
}

function localPath({ mountPoints = [] }: ContainerDefinition, value: string, volumesFolder: string): string {
  const mount = mountPoints.find(({ containerPath }) => value === containerPath || value.startsWith(`${containerPath}/`));
  return mount === undefined ? value : join(volumesFolder, mount.sourceVolume, posix.relative(mount.containerPath, value));
}

function changesOf(before: readonly Variable[], after: readonly Variable[], { volumesFolder }: Substitutes): readonly string[] {
  const values = new Map(after.map(({ name, value }) => [name, value]));
  const dropped = before.filter(({ name }) => !values.has(name)).map(({ name }) => name);
  const changed = before.filter(({ name, value }) => values.has(name) && values.get(name) !== value);
  return [
    ...(dropped.length > 0 ? [`SQLITE_FILE for ${dropped.join(', ')}, MYSQL_SECRET`] : []),
    ...changed.map(({ name, value }) => `${name}=${values.get(name)?.replace(volumesFolder, '…')} for ${value}`),
  ];
}
