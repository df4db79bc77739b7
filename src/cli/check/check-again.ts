import { changedFiles } from '../dev/changed-files.ts';
import type { RawEnvironment } from '../environment.ts';
import { explain } from '../exit-codes.ts';
import { checkFiles, type Checked } from './check-files.ts';

/** Checks all files once, and again when one of them has changed. */
export class CheckAgain {
  private readonly environment: () => RawEnvironment;
  private readonly tell: { readonly say: (text: string) => void; readonly print: (checked: Checked) => void };
  /** What the files held at the last check; null before the first. */
  private seen: ReadonlyMap<string, string> | null = null;
  /** Why the last look came to no check, if it did not. */
  private problem: string | null = null;

  constructor(environment: () => RawEnvironment, tell: CheckAgain['tell']) {
    this.environment = environment;
    this.tell = tell;
  }

  /** To be called whenever something may have changed, one look after the other. Never rejects. */
  async look(): Promise<void> {
    try {
      const checked = await checkFiles(this.environment());
      const isFirst = this.seen === null;
      const changed = changedFiles(this.seen ?? new Map(), checked.contents);
      const isWell = this.problem === null;
      this.seen = checked.contents;
      this.problem = null;
      if (!isFirst && changed.length === 0 && isWell) return;
      if (!isFirst && changed.length > 0) this.tell.say(`\nChanged: ${changed.join(', ')}`);
      this.tell.print(checked);
      if (isFirst) this.tell.say('Watching; Ctrl-C ends it.');
    } catch (error) {
      const problem = explain(error);
      // Editors touch files more often than they change them: the same is not said again.
      if (problem !== this.problem) this.tell.say(`\n${problem}`);
      this.problem = problem;
    }
  }
}
