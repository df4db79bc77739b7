import { setTimeout as pause } from 'node:timers/promises';
import type { LibrarySources } from '../../core/callflow/library.ts';
import { explain } from '../exit-codes.ts';
import { readSources } from '../library-files.ts';
import type { Service } from '../serve/start-service.ts';
import { changedFiles } from './changed-files.ts';

/** So many files are named; the others are counted. */
const MOST_NAMED = 3;
/** A file that is being written is empty for a moment: what cannot be used is looked at twice, milliseconds. */
const SECOND_LOOK = 100;

type Publishing = Pick<Service, 'folders' | 'library' | 'publish'>;
type Texts = ReadonlyMap<string, string>;

/** Publishes what the files hold once that has changed, and says what came of it. What cannot be used changes nothing. */
export class FilePublisher {
  private readonly service: Publishing;
  private readonly say: (text: string) => void;
  /** The text of each file at the last look, whether it could be used or not. */
  private seen: Texts;
  /** The digest of each recording at the last look; null before the first. */
  private recordings: Texts | null = null;
  /** Why the last look came to no library, if it did not. */
  private problem: string | null = null;

  constructor(service: Publishing, say: (text: string) => void) {
    this.service = service;
    this.say = say;
    this.seen = textsOf(service.library.texts);
  }

  /** To be called whenever something may have changed, one look after the other. Never rejects. */
  async look(): Promise<void> {
    let texts: Texts | null = null;
    try {
      const sources = await readSources(this.service.folders);
      texts = textsOf(sources);
      const recordings = new Map(sources.audio.map(({ file, digest }) => [file, digest]));
      const changed = [...changedFiles(this.seen, texts), ...changedFiles(this.recordings ?? recordings, recordings)];
      if (changed.length === 0 && this.problem === null && this.recordings !== null) return;
      this.recordings = recordings;
      const { revision } = this.service.library;
      const { library, warnings } = await this.service.publish(sources);
      if (changed.length === 0 && this.problem === null && library.revision === revision) return;
      const callflows = library.flows.map(({ callflow }) => callflow.name).join(', ');
      const lines = [
        `${this.whatHappened(changed)}: the next call gets revision ${library.revision} (${callflows}).`,
        ...warnings.map((warning) => `Warning: ${warning}.`),
      ];
      this.problem = null;
      this.say(lines.join('\n'));
    } catch (error) {
      await pause(SECOND_LOOK);
      if (await this.areOther(texts)) return this.look();
      const problem = explain(error);
      // Editors touch files more often than they change them: the same is not said again.
      const isNew = problem !== this.problem || changedFiles(this.seen, texts ?? this.seen).length > 0;
      this.problem = problem;
      if (isNew) this.say(`\n${problem}\n${this.whatCallersGet()}\n`);
    }
    this.seen = texts ?? this.seen;
  }

  /** Null is for files that cannot be read. */
  private async areOther(texts: Texts | null): Promise<boolean> {
    const now = await readSources(this.service.folders).then(textsOf, () => null);
    return texts === null || now === null ? texts !== now : changedFiles(texts, now).length > 0;
  }

  private whatHappened(changed: readonly string[]): string {
    if (changed.length === 0) return 'All is well again';
    const named = changed.length > MOST_NAMED ? changed.slice(0, MOST_NAMED - 1) : changed;
    const rest = changed.length - named.length;
    const files = new Intl.ListFormat('en-GB').format([...named, ...(rest === 0 ? [] : [`${rest} more`])]);
    return `${files} changed${this.problem === null ? '' : ', and all is well again'}`;
  }

  private whatCallersGet(): string {
    const { flows, revision } = this.service.library;
    return flows.length === 0
      ? 'Until then nobody can call: whoever does is put through to AGENT_NUMBER.'
      : `Until then calls get the version from before, revision ${revision}.`;
  }
}

function textsOf({ callflows, prompts }: LibrarySources): Texts {
  return new Map([...callflows, ...prompts].map(({ file, text }) => [file, text]));
}
