import type { Check } from '../check.js';
import type { Template } from '../template/template.js';
import type { Deployed } from './deploy.js';
import { waitingForMigration } from './migration.js';
import type { Synthesis } from './synthesise.js';

/** What deploying promises. */
export function deploymentChecks(synthesis: Synthesis, deployed: Deployed): readonly Check[] {
  const { first, served, second } = deployed;
  return [
    synthesised(synthesis),
    ordered(synthesis.template),
    {
      promise: "the stack's own migrate task migrates the database",
      holds: first.status === 'CREATE_COMPLETE' && first.applied.length > 0,
      seen: `${first.status}; the database lists ${first.applied.join(', ') || 'nothing'}`,
    },
    ...(served === undefined ? [] : servedChecks(served)),
    ...(second === undefined ? [] : failedChecks(second)),
  ];
}

function synthesised({ template, validator, templates, findings }: Synthesis): Check {
  return {
    promise: "the stack is synthesised, and AWS's own validator finds nothing",
    holds: templates > 0 && findings === 0,
    seen: `${template.resources.size} resources; ${validator}: ${findings} findings in ${templates} template`,
  };
}

function ordered(template: Template): Check {
  const waiting = waitingForMigration(template).map(({ id }) => id);
  return {
    promise: 'CloudFormation makes the service only after the migration',
    holds: waiting.length > 0,
    seen: waiting.length > 0 ? `${waiting.join(', ')} depends on it` : 'no service depends on it',
  };
}

function servedChecks({ task, pageStatus, pageFiles, specification }: NonNullable<Deployed['served']>): readonly Check[] {
  const failed = specification.filter(({ failure }) => failure !== undefined);
  const collected = task.ended.get('collectstatic');
  return [
    {
      promise: 'the service starts once collectstatic has filled its volume, and serves the page',
      holds: collected === 0 && pageFiles > 0 && pageStatus === 200,
      seen: `collectstatic exited with ${collected ?? 'nothing yet'} and left ${pageFiles} files; GET / answers ${pageStatus}`,
    },
    {
      promise: 'it does what the Todo-Backend specification asks',
      holds: specification.length > 0 && failed.length === 0,
      seen: `${specification.length - failed.length} of ${specification.length} checks passed${failed.map(({ name }) => `; failed: ${name}`).join('')}`,
    },
  ];
}

function failedChecks({ status, reason, service }: NonNullable<Deployed['second']>): readonly Check[] {
  return [
    {
      promise: 'the failing migration fails the deployment, and the stack rolls back',
      holds: status === 'UPDATE_ROLLBACK_COMPLETE' && /exited with code [1-9]/.test(reason),
      seen: status,
    },
    {
      promise: 'the service is left untouched',
      holds: service.sameTaskRuns && service.healthStatus === 200 && service.todoIsThere,
      seen: `${service.sameTaskRuns ? 'the same task runs' : 'its task is gone'}, /health answers ${service.healthStatus ?? 'nothing'}, the todo of before ${service.todoIsThere ? 'is there' : 'is lost'}`,
    },
  ];
}
