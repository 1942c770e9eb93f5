import { type Project, ProjenrcFile } from 'projen';

/** Lets the markers of a workspace's generated files name the file they come from: the root's. */
export class ParentProjenrc extends ProjenrcFile {
  public readonly filePath = '.projenrc.ts';

  public constructor(workspace: Project) {
    super(workspace);
  }

  /** The file is not the workspace's own, so its `.gitignore` does not mention it. */
  public override preSynthesize(): void {}
}
