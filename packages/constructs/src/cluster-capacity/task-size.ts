import { Token } from 'aws-cdk-lib';
import { type ITaskDefinition, TaskDefinition } from 'aws-cdk-lib/aws-ecs';

/** What every task size can be given. */
export interface TaskSizeOptions {
  /**
   * How many more tasks of this size must always fit; 0 to 10,000.
   *
   * @default 0
   */
  readonly headroom?: number;
  /**
   * Group of the tasks, as `service:NAME` of a service: where they run already bears on `distinctInstance`, and a service's capacity
   * providers on which hosts take them.
   *
   * @default - none: the size is one more task of no service
   */
  readonly group?: string;
}

/** A task size in plain numbers. */
export interface TaskSizeProps extends TaskSizeOptions {
  /** Name, and value of the dimension `TaskSize`: 1 to 255 characters. */
  readonly name: string;
  /** CPU units that a task reserves (1,024 a vCPU); 0 reserves none. */
  readonly cpuUnits: number;
  /** Memory that a task reserves, in MiB: the reservation where there is one, else the hard limit. */
  readonly memoryMiB: number;
  /**
   * GPUs that a task reserves.
   *
   * @default 0
   */
  readonly gpus?: number;
  /**
   * Fixed TCP ports of the host that a task takes.
   *
   * @default - none
   */
  readonly tcpPorts?: number[];
  /**
   * Fixed UDP ports of the host that a task takes.
   *
   * @default - none
   */
  readonly udpPorts?: number[];
}

/** A task size that is read from a task definition. */
export interface TaskSizeFromDefinitionOptions extends TaskSizeOptions {
  /**
   * Name, and value of the dimension `TaskSize`.
   *
   * @default - the family of the task definition
   */
  readonly name?: string;
}

/** A size of task whose room in a cluster is counted. */
export class TaskSize {
  /**
   * A size in plain numbers.
   *
   * @param props the numbers
   */
  public static of(props: TaskSizeProps): TaskSize {
    const { headroom = 0, ...size } = props;
    return new TaskSize(props.name, headroom, size);
  }

  /**
   * The size of a task definition's tasks, which the function reads from Amazon ECS: so each rule of what counts is in one place.
   *
   * @param taskDefinition the task definition; a new revision changes the size
   * @param options name, headroom and group
   */
  public static fromTaskDefinition(taskDefinition: ITaskDefinition, options: TaskSizeFromDefinitionOptions = {}): TaskSize {
    const name = options.name ?? familyOf(taskDefinition);
    const { group } = options;
    const described = { name, taskDefinition: taskDefinition.taskDefinitionArn, ...(group !== undefined && { group }) };
    return new TaskSize(name, options.headroom ?? 0, described);
  }

  /** Whether the function reads the size from Amazon ECS. */
  public readonly isFromDefinition: boolean;

  private constructor(
    /** Value of the dimension `TaskSize`. */
    public readonly name: string,
    /** How many more tasks must always fit. */
    public readonly headroom: number,
    private readonly described: object,
  ) {
    this.isFromDefinition = 'taskDefinition' in described;
  }

  /** The size as the function's environment has it. */
  public toJson(): object {
    // A number that only the deployment knows is negative until then.
    const hasHeadroom = Token.isUnresolved(this.headroom) || this.headroom > 0;
    return { ...this.described, ...(hasHeadroom && { headroom: this.headroom }) };
  }
}

/** Family of the definition; empty where only the deployment knows it, and a name must be given. */
function familyOf(taskDefinition: ITaskDefinition): string {
  if (taskDefinition instanceof TaskDefinition) return taskDefinition.family;
  const arn = taskDefinition.taskDefinitionArn;
  return Token.isUnresolved(arn) ? '' : arn.replace(/^.*\//, '').replace(/:\d+$/, '');
}
