import { type IResolver, YamlFile } from 'projen';
import type { Monorepo } from '../monorepo.ts';
import { actions } from './actions.ts';

/** What a job may do with the repository, as GitHub names it; whatever is not named, nothing. */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

/** One job, in GitHub's own terms. */
export interface Job {
  readonly name?: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly environment?: string | Readonly<Record<string, string>>;
  readonly permissions: Permissions;
  readonly outputs?: Readonly<Record<string, string>>;
  /** Minutes after which GitHub ends the job. */
  readonly 'timeout-minutes': number;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
}

/** A workflow, in GitHub's own terms; it has no permission that a job does not ask for. */
export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** `.github/workflows/<name>.yml`, where each pinned action has its version as a comment. */
export class WorkflowFile extends YamlFile {
  public constructor(root: Monorepo, workflow: Workflow) {
    const jobs = Object.entries(workflow.jobs).map(([id, job]) => [id, { 'runs-on': 'ubuntu-24.04', ...job }]);
    super(root, `.github/workflows/${workflow.name}.yml`, {
      obj: { name: workflow.name, on: workflow.on, permissions: {}, concurrency: workflow.concurrency, jobs: Object.fromEntries(jobs) },
      lineWidth: 0,
    });
  }

  protected override synthesizeContent(resolver: IResolver): string | undefined {
    const text = super.synthesizeContent(resolver);
    return Object.values(actions).reduce((all, { uses, version }) => all?.replaceAll(uses, `${uses} # ${version}`), text);
  }
}
