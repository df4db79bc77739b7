import { NODE, type WordingNode } from './wording-tree.ts';
import type { Wordings } from './prompts.ts';
import type { Wording } from './wording.ts';
import { KEYS, type Key } from '../blocks/verb.ts';

/** An option of a menu as it was heard. */
export interface HeardOption {
  /** The variant of the prompt that names it. */
  readonly name: string;
  readonly key: Key;
}

/** What can be told from words alone: which prompts they may be of, and which keys a menu offers. */
export class WordReader {
  private readonly wordings: readonly Wordings[];
  private readonly patterns = new Map<Wording, RegExp>();
  private readonly menus = new Map<
    string,
    readonly { readonly name: string; readonly pattern: RegExp; readonly wordings: Wordings }[]
  >();

  /** Of all callflows and languages that a call may come to. */
  constructor(wordings: readonly Wordings[]) {
    this.wordings = wordings;
  }

  /** The prompts that begin like these words, by `prompt` or `prompt.variant`, the longest texts first. */
  promptsOf(text: string): readonly string[] {
    const found = this.wordings.flatMap(({ prompts }) =>
      [...prompts].flatMap(([name, wording]) => {
        const length = this.pattern(wording).exec(text)?.[0].length ?? 0;
        return length > 0 ? [{ name, length }] : [];
      }),
    );
    return [...new Set(found.toSorted((a, b) => b.length - a.length).map(({ name }) => name))];
  }

  /** The options that are offered in these words by the menu of this name; with `only`, the one of that name. */
  optionsOf(prompt: string, text: string, only?: string): readonly HeardOption[] {
    const [menu = ''] = prompt.split('.');
    const found = this.menu(menu).flatMap(({ name, pattern, wordings }) => {
      const said = only === undefined || only === name ? pattern.exec(text)?.[1] : undefined;
      const key = said === undefined ? undefined : keyOf(said, wordings);
      return key === undefined ? [] : [{ name, key }];
    });
    return found.filter(({ name }, index) => found.findIndex((each) => each.name === name) === index);
  }

  private pattern(wording: Wording): RegExp {
    const known = this.patterns.get(wording) ?? new RegExp(`^${patternOf(wording.tree, {})}`, 'u');
    this.patterns.set(wording, known);
    return known;
  }

  private menu(prompt: string) {
    const known = this.menus.get(prompt);
    if (known !== undefined) return known;
    const made = this.wordings.flatMap((wordings) =>
      [...wordings.prompts].flatMap(([name, option]) => {
        if (!name.startsWith(`${prompt}.`)) return [];
        const key = `(${['\\d', ...Object.values(wordings.keyNames).map(escaped)].join('|')})`;
        const pattern = patternOf(wordings.menuItem.tree, { option: patternOf(option.tree, {}), key });
        return [{ name: name.slice(prompt.length + 1), pattern: new RegExp(pattern, 'u'), wordings }];
      }),
    );
    this.menus.set(prompt, made);
    return made;
  }
}

function keyOf(said: string, { keyNames }: Wordings): Key | undefined {
  const named = (Object.keys(keyNames) as (keyof typeof keyNames)[]).find((key) => keyNames[key] === said);
  return named ?? KEYS.find((key) => key === said);
}

/** What a text sounds like with any values, as a transcript has it: a regular expression. */
function patternOf(tree: readonly WordingNode[], known: Readonly<Record<string, string>>, spelt = false): string {
  return tree
    .map((node) => {
      if (node.options !== undefined) {
        const choices = Object.values(node.options).map(({ value }) => patternOf(value, known, spelt));
        return `(?:${choices.join('|')})`;
      }
      switch (node.type) {
        case NODE.literal: {
          const { value = '' } = node;
          return escaped(spelt ? value.split('').join(' ') : value).replaceAll(/\s+/g, '\\s*');
        }
        case NODE.tag:
          if (node.value === 'pause') return '\\s*';
          return patternOf(node.children ?? [], known, spelt || node.value === 'digits' || node.value === 'spell');
        default:
          return (node.value === undefined ? undefined : known[node.value]) ?? '.*?';
      }
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
