/** The hosts of the cluster. */
export interface HostsConfiguration {
  /** Type of Amazon EC2, x86-64. */
  readonly instanceType: string;
  /** Least number of hosts, 1 to 100. */
  readonly minimum: number;
  /** Largest number of hosts, to 100. */
  readonly maximum: number;
  /** Whether hosts that could be removed are only told of in the log. */
  readonly scaleInDryRun: boolean;
}

/** The tasks of the service. */
export interface TasksConfiguration {
  /** Least number of tasks, 1 to 1,000. */
  readonly minimum: number;
  /** Largest number of tasks, to 1,000. */
  readonly maximum: number;
  /** How many more tasks must always fit, 0 to 100. */
  readonly headroom: number;
}

/** The database. */
export interface DatabaseConfiguration {
  /** Type of Amazon RDS, without `db.`. */
  readonly instanceType: string;
  /** Storage at first, in GiB, from 20; it grows to four times as much by itself. */
  readonly storageGiB: number;
  /** Days that backups are kept, 1 to 35. */
  readonly backupDays: number;
  /** Whether a second instance stands by in another zone. */
  readonly multiAz: boolean;
  /** Whether neither the stack nor its database and load balancer can be deleted by a mistake. */
  readonly deletionProtection: boolean;
}

/** Everything that can be chosen about the stack. */
export interface StackConfiguration {
  /** A VPC that is there, with public, private and isolated subnets; looking it up needs credentials. A new one if left out. */
  readonly vpcId?: string;
  /** Certificate of the load balancer; with it and `domainName` the service speaks HTTPS and redirects HTTP. */
  readonly certificateArn?: string;
  /** Name that the service is reached by, such as todo.example.com; whoever owns it points it to the load balancer. */
  readonly domainName?: string;
  /** Origins whose pages may call the service, with commas between, or `*`: the public specification at todobackend.com needs it. None if left out. */
  readonly corsOrigins?: string;
  /** Address that alarms are mailed to. */
  readonly alarmEmail?: string;
  /** Availability Zones of a new VPC, 2 or 3. */
  readonly zones: number;
  /** NAT gateways of a new VPC, 1 to `zones`. */
  readonly natGateways: number;
  readonly hosts: HostsConfiguration;
  readonly tasks: TasksConfiguration;
  readonly database: DatabaseConfiguration;
  /** Whether Container Insights are on. */
  readonly containerInsights: boolean;
  /** Days that logs are kept. */
  readonly logDays: number;
  /** How long the migration may take, with the wait for the first host, in minutes, 1 to 57. */
  readonly migrationTimeoutMinutes: number;
}
