import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { InstanceType, type IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { DatabaseInstance, DatabaseInstanceEngine, MysqlEngineVersion, ParameterGroup, StorageType } from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.js';
import type { DatabaseConfiguration } from './stack-configuration.js';

/** Name of the schema and prefix of its settings. */
export const DATABASE_NAME = 'todobackend';

/** The MySQL server, its password made, kept and rotated by Amazon RDS itself. */
export function database(scope: Construct, vpc: IVpc, configuration: DatabaseConfiguration): DatabaseInstance {
  const engine = DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.VER_8_4_8 });
  const { deletionProtection, multiAz } = configuration;
  const server = new DatabaseInstance(scope, 'Database', {
    engine,
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    instanceType: new InstanceType(configuration.instanceType),
    databaseName: DATABASE_NAME,
    credentials: { username: DATABASE_NAME },
    manageMasterUserPassword: true,
    parameterGroup: new ParameterGroup(scope, 'DatabaseParameters', { engine, parameters: { require_secure_transport: '1' } }),
    storageType: StorageType.GP3,
    allocatedStorage: configuration.storageGiB,
    maxAllocatedStorage: configuration.storageGiB * 4,
    storageEncrypted: true,
    backupRetention: Duration.days(configuration.backupDays),
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    cloudwatchLogsExports: ['error', 'slowquery'],
    autoMinorVersionUpgrade: true,
    multiAz,
    deletionProtection,
    removalPolicy: deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.SNAPSHOT,
  });
  acknowledge(server, {
    RDS11: 'the port of MySQL is no secret: security groups let in the hosts of the cluster alone',
    ...(multiAz ? {} : { RDS3: 'the preset for trying it out has one instance, and says so' }),
    ...(deletionProtection ? {} : { RDS10: 'the preset for trying it out can be removed in one go; a last snapshot stays' }),
  });
  return server;
}
