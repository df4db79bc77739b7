import { VERBS } from '../blocks/index.ts';
import { askedServices } from '../callflow/asked-services.ts';
import type { Flow } from '../callflow/compile.ts';
import { linkedFrom } from '../callflow/secrets.ts';
import type { Library } from '../call/world.ts';
import { METHODS } from '../method.ts';
import { offers } from '../settings.ts';

/** What scenarios may name of the calls to one callflow: it and all that it links to. */
export interface KnownNames {
  /** By `prompt` and by `prompt.variant`. */
  readonly prompts: ReadonlySet<string>;
  /** Texts that are heard as a part of their menu only, by `prompt.variant`. */
  readonly inMenus: ReadonlySet<string>;
  readonly options: ReadonlySet<string>;
  readonly exits: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** Those that somebody asks. */
  readonly asked: ReadonlySet<string>;
  /** Those that callers are offered. */
  readonly methods: ReadonlySet<string>;
  readonly inputs: ReadonlySet<string>;
  readonly verbs: ReadonlySet<string>;
}

export function knownNames(flow: Flow, library: Library): KnownNames {
  const callflows = [...linkedFrom(flow.callflow, (name) => library.flow(name)?.callflow)];
  const blocks = callflows.flatMap(({ blocks: each }) => [...each.values()]);
  const wordings = callflows.flatMap(({ name }) => [...(library.flow(name)?.wordings.values() ?? [])]);
  const texts = wordings.flatMap(({ prompts }) => [...prompts.keys()]);
  const recorded = new Set(wordings.flatMap(({ recordings }) => [...recordings.keys()]));
  const menus = new Set(
    blocks.flatMap(({ verb, body }) => {
      const { options, prompts } = VERBS.get(verb) ?? {};
      return options === undefined ? [] : (prompts?.(body).slice(0, 1) ?? []);
    }),
  );
  const { account, inputs } = flow.callflow;
  return {
    prompts: new Set(texts.flatMap((text) => [text, promptOf(text)])),
    inMenus: new Set(texts.filter((text) => text.includes('.') && menus.has(promptOf(text)) && !recorded.has(text))),
    options: new Set(
      blocks.flatMap(({ verb, body }) => (VERBS.get(verb)?.options?.(body) ?? []).map(({ name }) => name)),
    ),
    exits: new Set([...callflows.flatMap(({ exits }) => Object.keys(exits)), 'error']),
    services: new Set(callflows.flatMap(({ services }) => Object.keys(services))),
    asked: new Set(callflows.flatMap((callflow) => [...askedServices(callflow)])),
    methods: new Set(METHODS.filter((method) => callflows.some(({ settings }) => offers(settings, method)))),
    inputs: new Set([...inputs, ...(account === null ? [] : [account])]),
    verbs: new Set(blocks.map(({ verb }) => verb)),
  };
}

export function promptOf(text: string): string {
  return text.split('.')[0] ?? text;
}
