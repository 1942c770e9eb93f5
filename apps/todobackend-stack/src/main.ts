import { App } from 'aws-cdk-lib';
import { readConfiguration } from './configuration.js';
import { folderImage, serviceImage } from './service-image.js';
import { TodobackendStack } from './todobackend-stack.js';

const app = new App();
const configuration = readConfiguration((key) => app.node.tryGetContext(key));
if (configuration.ok) {
  const imageDirectory: unknown = app.node.tryGetContext('imageDirectory');
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
  new TodobackendStack(app, 'Todobackend', {
    configuration: configuration.value,
    image: imageDirectory === undefined ? serviceImage() : folderImage(String(imageDirectory)),
    // Looking a VPC up needs to know where; all else is deployed to any account and Region.
    ...(configuration.value.vpcId !== undefined && account && region && { env: { account, region } }),
  });
} else {
  for (const problem of configuration.error.problems) console.error(problem);
  process.exitCode = 2;
}
