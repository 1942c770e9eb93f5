/** A container of a task, as DescribeTasks tells of it. */
export interface ContainerRecord {
  /** Name in the task definition. */
  readonly name?: string | undefined;
  /** Absent while it runs, and for good where it never started. */
  readonly exitCode?: number | undefined;
  /** More about how it ended: `CannotPullContainerError: …`. */
  readonly reason?: string | undefined;
}

/** A task, as far as it is read here. */
export interface TaskRecord {
  readonly taskArn?: string | undefined;
  /** `PROVISIONING`, `PENDING`, `RUNNING`, … `STOPPED`. */
  readonly lastStatus?: string | undefined;
  /** `STOPPED` once somebody or something told it to stop. */
  readonly desiredStatus?: string | undefined;
  readonly stopCode?: string | undefined;
  readonly stoppedReason?: string | undefined;
  /** When its containers ran; absent if they never did. */
  readonly startedAt?: Date | undefined;
  readonly containers?: readonly ContainerRecord[] | undefined;
  readonly overrides?: { readonly containerOverrides?: readonly ContainerOverrideRecord[] | undefined } | undefined;
}

/** What was overridden for one container. */
export interface ContainerOverrideRecord {
  readonly name?: string | undefined;
  readonly environment?: ReadonlyArray<{ readonly name?: string | undefined; readonly value?: string | undefined }> | undefined;
}

/** One entry of `failures`. */
export interface FailureRecord {
  readonly arn?: string | undefined;
  /** `RESOURCE:MEMORY`, `AGENT`, `MISSING`, … */
  readonly reason?: string | undefined;
  readonly detail?: string | undefined;
}

/** A container of a task definition, as far as it is read here. */
export interface ContainerDefinitionRecord {
  readonly name?: string | undefined;
  /** Absent means true. */
  readonly essential?: boolean | undefined;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly stopTimeout?: number | undefined;
  readonly logConfiguration?:
    | { readonly logDriver?: string | undefined; readonly options?: Readonly<Record<string, string>> | undefined }
    | undefined;
}

/** A task definition, as far as it is read here. */
export interface TaskDefinitionRecord {
  readonly taskDefinitionArn?: string | undefined;
  readonly containerDefinitions?: readonly ContainerDefinitionRecord[] | undefined;
}

/** Parameters of RunTask that are passed on as they were given. */
export type RunTaskParameters = Readonly<Record<string, unknown>>;

/** The calls of Amazon ECS that are made. A rejected promise carries the SDK's exception. */
export interface EcsPort {
  describeTaskDefinition(input: {
    readonly taskDefinition: string;
  }): Promise<{ readonly taskDefinition?: TaskDefinitionRecord | undefined }>;
  runTask(input: RunTaskParameters): Promise<{
    readonly tasks?: readonly TaskRecord[] | undefined;
    readonly failures?: readonly FailureRecord[] | undefined;
  }>;
  listTasks(input: {
    readonly cluster?: string;
    readonly startedBy: string;
    readonly desiredStatus: 'RUNNING' | 'STOPPED';
    readonly nextToken?: string;
  }): Promise<{ readonly taskArns?: readonly string[] | undefined; readonly nextToken?: string | undefined }>;
  describeTasks(input: { readonly cluster?: string; readonly tasks: readonly string[] }): Promise<{
    readonly tasks?: readonly TaskRecord[] | undefined;
    readonly failures?: readonly FailureRecord[] | undefined;
  }>;
  stopTask(input: { readonly cluster?: string; readonly task: string; readonly reason: string }): Promise<unknown>;
}

/** Where the log of a container is. */
export interface LogPlace {
  /** Region of the group; absent means the function's own. */
  readonly region?: string;
  readonly group: string;
  readonly stream: string;
}

/** The one call of CloudWatch Logs that is made. */
export interface LogsPort {
  getLogEvents(
    input: LogPlace & {
      /** Most events, 1 to 10,000. */
      readonly limit: number;
      /** From the oldest event on, page by page; else the newest. */
      readonly startFromHead?: boolean;
      readonly nextToken?: string;
    },
  ): Promise<{
    readonly events?: ReadonlyArray<{ readonly message?: string | undefined }> | undefined;
    readonly nextForwardToken?: string | undefined;
    readonly nextBackwardToken?: string | undefined;
  }>;
}

/** The one call of AWS CloudFormation that is made. */
export interface CloudFormationPort {
  describeStacks(input: {
    readonly StackName: string;
  }): Promise<{ readonly Stacks?: ReadonlyArray<{ readonly StackStatus?: string | undefined }> | undefined }>;
}

/** The one call of AWS Lambda that is made, in the mode `long` alone. */
export interface LambdaPort {
  /** Queues an event for a function; resolves once Lambda has it. */
  invokeAsync(input: { readonly functionName: string; readonly payload: string }): Promise<unknown>;
}
