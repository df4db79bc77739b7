import { readFileSync } from 'node:fs';

/** What is copied: from the context of the build, or from an earlier stage. */
export interface Copied {
  readonly from: string | null;
  readonly sources: readonly string[];
  readonly to: string;
}

export interface Stage {
  readonly copied: readonly Copied[];
  /** Shell commands. */
  readonly runs: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string | null;
  readonly stopSignal: string | null;
  /** ENTRYPOINT and CMD, one after the other. */
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
}

/** The stages of a Containerfile in which every instruction is one line. */
export function readContainerfile(file: string): readonly Stage[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/ (.*)/s) as [string, string]);
  const starts = lines.flatMap(([name], index) => (name === 'FROM' ? [index] : []));
  return starts.map((start, n) => stage(lines.slice(start + 1, starts[n + 1])));
}

function stage(lines: readonly (readonly [string, string])[]): Stage {
  const all = (name: string): readonly string[] => lines.flatMap(([each, rest]) => (each === name ? [rest] : []));
  const json = (text = '[]'): readonly string[] => JSON.parse(text) as readonly string[];
  return {
    copied: all('COPY').map(copied),
    runs: all('RUN'),
    environment: Object.fromEntries(
      all('ENV').flatMap((rest) => rest.split(' ').map((each) => each.split('=') as [string, string])),
    ),
    user: all('USER').at(-1) ?? null,
    stopSignal: all('STOPSIGNAL').at(-1) ?? null,
    command: [...json(all('ENTRYPOINT').at(-1)), ...json(all('CMD').at(-1))],
    healthCheck: json(/CMD (.*)$/.exec(all('HEALTHCHECK').at(-1) ?? '')?.[1]),
  };
}

function copied(rest: string): Copied {
  const words = rest.split(' ');
  const from = words[0]?.startsWith('--from=') === true ? words.shift()?.slice('--from='.length) : undefined;
  return { from: from ?? null, sources: words.slice(0, -1), to: words.at(-1) ?? '' };
}
