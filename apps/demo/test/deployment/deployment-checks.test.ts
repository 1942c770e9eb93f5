import { allHold } from '../../src/check.js';
import type { Deployed } from '../../src/deployment/deploy.js';
import { deploymentChecks } from '../../src/deployment/deployment-checks.js';
import { deploymentSection } from '../../src/deployment/section.js';
import type { Synthesis } from '../../src/deployment/synthesise.js';
import { readTemplate } from '../../src/template/template.js';
import { rawTemplate, templateWith } from '../helpers/template.js';

const synthesis: Synthesis = { template: templateWith(), validator: 'validator 1', templates: 1, findings: 0 };
const first = { status: 'CREATE_COMPLETE', reason: '', command: 'migrate: migrate', taskDefinition: 'arn', applied: ['1 create-todos'] };
const task = { taskArn: 'arn', url: 'http://127.0.0.1:1', ended: new Map([['collectstatic', 0]]) };
const served = { task, pageStatus: 200, pageFiles: 4, specification: [{ name: 'answers', failure: undefined }] };
const second = {
  ...first,
  status: 'UPDATE_ROLLBACK_COMPLETE',
  reason: 'container migrate exited with code 3; <b>',
  service: { sameTaskRuns: true, healthStatus: 200, todoIsThere: true },
};
const good: Deployed = { changes: ['PORT=0 for 8000'], first, served, second: undefined };
const failing: Deployed = { ...good, second };

test('everything as it should be', () => {
  expect(allHold(deploymentChecks(synthesis, good))).toBe(true);
  expect(deploymentChecks(synthesis, failing)).toHaveLength(deploymentChecks(synthesis, good).length + 2);
  expect(allHold(deploymentChecks(synthesis, failing))).toBe(true);
});

const withoutOrder = rawTemplate();
for (const resource of Object.values(withoutOrder.Resources)) {
  if (resource.Type === 'AWS::ECS::Service') resource.DependsOn = [];
}

test.each<[string, Synthesis, Deployed]>([
  ['a finding', { ...synthesis, findings: 1 }, good],
  ['no template validated', { ...synthesis, templates: 0 }, good],
  ['a service before the migration', { ...synthesis, template: readTemplate(withoutOrder) }, good],
  ['a migration that failed', synthesis, { ...good, first: { ...first, status: 'ROLLBACK_COMPLETE' }, served: undefined }],
  ['a migration that did nothing', synthesis, { ...good, first: { ...first, applied: [] } }],
  ['no page', synthesis, { ...good, served: { ...served, pageStatus: 404 } }],
  ['an empty volume', synthesis, { ...good, served: { ...served, pageFiles: 0 } }],
  ['files not collected', synthesis, { ...good, served: { ...served, task: { ...task, ended: new Map() } } }],
  ['a check of the API that failed', synthesis, { ...good, served: { ...served, specification: [{ name: 'answers', failure: 'no' }] } }],
  ['no check of the API', synthesis, { ...good, served: { ...served, specification: [] } }],
  ['a failing migration that succeeds', synthesis, { ...good, second: { ...second, status: 'UPDATE_COMPLETE' } }],
  ['a reason without exit code', synthesis, { ...good, second: { ...second, reason: 'something' } }],
  ['another task', synthesis, { ...good, second: { ...second, service: { ...second.service, sameTaskRuns: false } } }],
  ['a service that is ill', synthesis, { ...good, second: { ...second, service: { ...second.service, healthStatus: 503 } } }],
  ['a todo that is lost', synthesis, { ...good, second: { ...second, service: { ...second.service, todoIsThere: false } } }],
])('%s breaks one promise', (_, validated, deployed) => {
  expect(deploymentChecks(validated, deployed).filter(({ holds }) => !holds)).toHaveLength(1);
});

test('the report shows what was replaced and why the deployment failed, escaped', () => {
  const { body } = deploymentSection(failing);
  expect(body).toContain('<code>PORT=0 for 8000</code>');
  expect(body).toContain('exited with code 3; &#60;b&#62;</pre>');
});
