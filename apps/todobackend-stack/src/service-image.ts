import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IgnoreMode } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';

/** The service's Dockerfile, from the root of the repository, which is its build context. */
export const SERVICE_DOCKERFILE = 'apps/todobackend/Dockerfile';

/** The root of the repository, from where this file is compiled to. */
export const REPOSITORY = join(__dirname, '..', '..', '..');

/**
 * The image of the service, built when the stack is deployed.
 *
 * Its tag is a hash of what the Dockerfile may copy, so that whatever changes the image changes the template too.
 *
 * @param repository root of the repository
 */
export function serviceImage(repository: string = REPOSITORY): ContainerImage {
  return ContainerImage.fromAsset(repository, {
    file: SERVICE_DOCKERFILE,
    platform: Platform.LINUX_AMD64,
    ignoreMode: IgnoreMode.DOCKER,
    exclude: ignoredBy(join(repository, `${SERVICE_DOCKERFILE}.dockerignore`)),
  });
}

/** The image of a folder that has a Dockerfile of its own. */
export function folderImage(folder: string): ContainerImage {
  return ContainerImage.fromAsset(folder, { platform: Platform.LINUX_AMD64 });
}

/** CDK reads the context's own `.dockerignore` alone, and needs the Dockerfile itself, which Docker is given by name. */
function ignoredBy(file: string): string[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return [...lines, `!${SERVICE_DOCKERFILE}`, 'cdk.out', '**/cdk.out'];
}
