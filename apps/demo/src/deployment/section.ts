import { escapeHtml } from '../report/chart.js';
import type { Section } from '../report/page.js';
import type { Deployed } from './deploy.js';

/** The report's part about the deployment: what was replaced, what ran, what failed. */
export function deploymentSection({ changes, first, served, second }: Deployed): Section {
  return {
    heading: 'Deployed',
    body: [
      `<p>The migration is the stack's own task definition (<code>${escapeHtml(first.command)}</code>), run by the shipped task runner because of the
template's own custom resource. The service is started from its task definition in the same way. For processes of this machine these
variables were replaced, and nothing else:</p>`,
      `<ul>${changes.map((change) => `<li><code>${escapeHtml(change)}</code></li>`).join('')}</ul>`,
      ...(served === undefined ? [] : [specification(served.specification)]),
      ...(second === undefined
        ? []
        : [
            `<p>The second release's migration failed: ${escapeHtml(second.status)}. What CloudFormation shows:</p><pre>${escapeHtml(second.reason)}</pre>`,
          ]),
    ].join('\n'),
  };
}

function specification(outcomes: NonNullable<Deployed['served']>['specification']): string {
  const rows = outcomes.map(
    ({ name, failure }) =>
      `<li>${failure === undefined ? '✓' : '✗'} the API ${escapeHtml(name)}${failure === undefined ? '' : `: ${escapeHtml(failure)}`}</li>`,
  );
  return `<details><summary>${outcomes.length} checks of the API</summary><ul>${rows.join('')}</ul></details>`;
}
