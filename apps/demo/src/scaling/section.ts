import { type ChartLine, escapeHtml, renderChart, renderLegend } from '../report/chart.js';
import type { Section } from '../report/page.js';
import type { ScalingMoment, ScalingPlay } from './moment.js';
import type { TriggeredPolicy } from './settings.js';

/** Minutes from one number on the axis to the next. */
const EVERY_MINUTES = 5;

/** The report's part about scaling: what the template says, two charts, and what happened. */
export function scalingSection({ moments, settings, invocations }: ScalingPlay): Section {
  const { hosts, tasks, hostPolicy, drainableAlarm, taskPolicies } = settings;
  const { Period, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = drainableAlarm;
  const minutes = Period / 60;
  const labels = moments.map(({ happenings }) => happenings.join('; '));
  const chart = { unit: 'minute', labels, firstNumber: 0, every: EVERY_MINUTES };
  const load: readonly ChartLine[] = [
    {
      label: 'CPU utilisation of the service, % of what its tasks reserve',
      className: 'one',
      values: moments.map(({ cpuPercent }) => cpuPercent),
    },
  ];
  const counts: readonly ChartLine[] = [
    { label: 'tasks', className: 'one', values: moments.map((moment) => moment.tasks.running) },
    { label: 'hosts that take tasks', className: 'two', values: moments.map((moment) => moment.hosts.active) },
    { label: 'HostsShort', className: 'three', values: moments.map(({ published }) => published.hostsShort) },
  ];
  return {
    heading: 'Scaled out and in',
    body: `<p>Minutes are virtual; the bundle of the capacity function was invoked ${invocations} times, once for each of them, with the events and the
schedule's message. Hosts and tasks are records here, since SQLite is served by one process; hosts take two minutes to join, and tasks start and
stop within their minute. All else is the template's:</p>
<ul>
<li>${hosts.minimum} to ${hosts.maximum} hosts; ${described(hostPolicy)}, which warms up ${hostPolicy.pauseSeconds} s</li>
<li>a host goes when ${escapeHtml(drainableAlarm.MetricName)} has been ${drainableAlarm.Threshold} or more in ${DatapointsToAlarm * minutes} of ${EvaluationPeriods * minutes} minutes</li>
<li>${tasks.minimum} to ${tasks.maximum} tasks; ${taskPolicies.map((policy) => `${described(policy)}, then ${policy.pauseSeconds} s of rest`).join('; ')}</li>
</ul>
${renderLegend(load)}
${renderChart({ ...chart, title: 'CPU utilisation over the minutes', lines: load, thresholds: taskPolicies.map(({ alarm }) => alarm.Threshold) })}
${renderLegend(counts)}
${renderChart({ ...chart, title: 'Tasks and hosts over the minutes', lines: counts })}
<div class="scroll"><table>
<thead><tr><th>minute</th><th>what happens</th><th>CPU %</th><th>tasks</th><th>hosts</th><th>HostsShort</th><th>DrainableHosts</th></tr></thead>
<tbody>
${moments
  .filter(({ happenings }) => happenings.length > 0)
  .map(row)
  .join('\n')}
</tbody>
</table></div>`,
  };
}

function described({ alarm, steps }: TriggeredPolicy): string {
  const { MetricName, Threshold, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, ComparisonOperator } = alarm;
  const sign = ComparisonOperator.startsWith('Greater') ? '≥' : '≤';
  const changes = steps
    .map(({ ScalingAdjustment }) => (ScalingAdjustment > 0 ? `+${ScalingAdjustment}` : `−${-ScalingAdjustment}`))
    .join(', ');
  return escapeHtml(`${MetricName} ${sign} ${Threshold} in ${DatapointsToAlarm} of ${EvaluationPeriods} minutes: ${changes}`);
}

function row({ minute, happenings, cpuPercent, tasks, hosts, published }: ScalingMoment): string {
  const numbers = [cpuPercent, tasks.running, hosts.active, published.hostsShort, published.drainableHosts];
  return `<tr><td class="number">${minute}</td><td>${escapeHtml(happenings.join('; '))}</td>${numbers.map((value) => `<td class="number">${value}</td>`).join('')}</tr>`;
}
