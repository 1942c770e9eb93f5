/** One stack as DescribeStacks shows it. */
export interface Stack {
  /** Name. */
  readonly stackName: string;
  /** Amazon Resource Name, which is its id. */
  readonly stackId: string;
  /** Status, such as `UPDATE_ROLLBACK_IN_PROGRESS`. */
  readonly status: string;
  /** Why it has this status, in words. */
  readonly statusReason: string | undefined;
  /** When it was first set. */
  readonly createdAt: Date;
}

/** A stack to set. */
export interface StackSetting {
  /** Name. */
  readonly stackName: string;
  /** Status, such as `UPDATE_ROLLBACK_IN_PROGRESS`. */
  readonly status: string;
  /** Why it has this status, in words. @default none */
  readonly statusReason?: string;
  /** Amazon Resource Name. @default the one it has, else a new one */
  readonly stackId?: string;
}

/** Stacks in memory. */
export interface StackStore {
  /** Makes a stack or changes the one of the id or name. */
  set(setting: StackSetting): Stack;
  /** The stack of an id; of a name if it is not deleted. */
  find(nameOrId: string): Stack | undefined;
  /** Every stack that is not deleted, oldest first. */
  list(): readonly Stack[];
}

/** Status of a stack that only its id still finds. */
const DELETED = 'DELETE_COMPLETE';

/** Creates a store without stacks. */
export function createStackStore(options: {
  readonly now: () => Date;
  readonly newId: () => string;
  readonly region: string;
  readonly accountId: string;
}): StackStore {
  const stacks = new Map<string, Stack>();
  const find = (nameOrId: string): Stack | undefined =>
    stacks.get(nameOrId) ?? [...stacks.values()].find(({ stackName, status }) => stackName === nameOrId && status !== DELETED);
  return {
    set: ({ stackName, status, statusReason, stackId }) => {
      const known = find(stackId ?? stackName);
      const id =
        stackId ?? known?.stackId ?? `arn:aws:cloudformation:${options.region}:${options.accountId}:stack/${stackName}/${options.newId()}`;
      const stack = { stackName, stackId: id, status, statusReason, createdAt: known?.createdAt ?? options.now() };
      stacks.set(id, stack);
      return stack;
    },
    find,
    list: () => [...stacks.values()].filter(({ status }) => status !== DELETED),
  };
}
