import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CapacityStack } from './capacity-stack.js';

const app = new App();
// Beside AWS's own validator of templates, which is part of the CDK and whose findings cdk.json makes errors; both work offline.
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const text = (key: string, otherwise: string): string => app.node.tryGetContext(key) ?? otherwise;

new CapacityStack(app, 'ExampleCapacity', {
  existing: { clusterName: text('cluster', 'harbour'), autoScalingGroupName: text('autoScalingGroup', 'harbour-hosts') },
});
