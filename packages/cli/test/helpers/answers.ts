import type { CapacityReport } from '../../src/report/capacity-report.js';
import type { ReplayReport } from '../../src/report/replay-report.js';
import type { Ran } from './program.js';
import { schemaErrors } from './schemas.js';

/** The answer of `capacity --json`, checked against its schema. */
export function capacityAnswer(ran: Ran): CapacityReport {
  const answer: CapacityReport = JSON.parse(ran.stdout);
  expect(schemaErrors('capacity', answer)).toEqual([]);
  return answer;
}

/** The lines of `replay --json`, each checked against its schema. */
export function replayAnswers(ran: Ran): readonly ReplayReport[] {
  return ran.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const answer: ReplayReport = JSON.parse(line);
      expect(schemaErrors('replay', answer)).toEqual([]);
      return answer;
    });
}
