import { RemovalPolicy } from 'aws-cdk-lib';
import type { IConnectable, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { type AccessPoint, FileSystem } from 'aws-cdk-lib/aws-efs';
import { Construct, type IDependable } from 'constructs';

/** Port that the service listens on. */
export const SERVICE_PORT = 8080;

/** Folder of the volume inside the containers. */
export const DATA_DIRECTORY = '/data';

/** User and group of the image, as a POSIX id. */
const OWNER = '1000';

/** The guest book's files: an encrypted file system, and the one folder of it that tasks see. */
export class Storage extends Construct {
  private readonly fileSystem: FileSystem;
  private readonly accessPoint: AccessPoint;

  public constructor(scope: Construct, id: string, { vpc }: { readonly vpc: IVpc }) {
    super(scope, id);
    // Kept when the stack is deleted: it is the data.
    this.fileSystem = new FileSystem(this, 'Files', { vpc, encrypted: true, removalPolicy: RemovalPolicy.RETAIN });
    this.accessPoint = this.fileSystem.addAccessPoint('Guestbook', {
      path: '/guestbook',
      createAcl: { ownerUid: OWNER, ownerGid: OWNER, permissions: '750' },
      posixUser: { uid: OWNER, gid: OWNER },
    });
  }

  /** What must be there before a task can mount the files. */
  public get mountTargets(): IDependable {
    return this.fileSystem.mountTargetsAvailable;
  }

  /** Lets the tasks of a definition read and write the files, in the volume `data`. */
  public addTo(definition: TaskDefinition): void {
    definition.addVolume({
      name: 'data',
      efsVolumeConfiguration: {
        fileSystemId: this.fileSystem.fileSystemId,
        transitEncryption: 'ENABLED',
        authorizationConfig: { accessPointId: this.accessPoint.accessPointId, iam: 'ENABLED' },
      },
    });
    this.fileSystem.grantReadWrite(definition.taskRole);
  }

  /** Opens the way to the files. */
  public allowFrom(other: IConnectable): void {
    this.fileSystem.connections.allowDefaultPortFrom(other);
  }
}
