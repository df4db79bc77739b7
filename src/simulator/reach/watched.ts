import { VERBS } from '../../core/blocks/index.ts';
import type { Flow } from '../../core/callflow/compile.ts';
import { variablesOf } from '../../core/callflow/facts.ts';
import { triedIn } from '../../core/callflow/secrets.ts';
import type { Facts } from '../../core/call/session.ts';

/** A value that no `when` names. */
export const OTHER = '12';

/** The variables that decide where a call goes, in any of the callflows: all others are alike whatever they hold. */
export class Watched {
  /** By variable: the values that a `when` tells apart. */
  private readonly values = new Map<string, Set<string>>();

  constructor(flows: readonly Flow[]) {
    for (const { callflow } of flows) {
      const { account, settings } = callflow;
      const set = [settings['customer-email-variable'], settings['customer-phone-variable'], ...triedIn(callflow)];
      for (const name of account === null ? set : [account, ...set]) this.valuesOf(name);
      for (const { verb, body } of callflow.blocks.values()) {
        const kind = VERBS.get(verb)?.kind;
        if (kind?.does !== 'decide') continue;
        for (const value of Object.keys(kind.values(body))) this.valuesOf(kind.variable(body)).add(value);
      }
    }
  }

  /** Values that a `when` asks for; empty where none asks. */
  asked(name: string): readonly string[] {
    return [...(this.values.get(name) ?? [])];
  }

  /** What of the variables makes one call different from another. */
  of(facts: Facts): readonly string[] {
    const variables = variablesOf(facts);
    return [...this.values].map(([name, asked]) => {
      const value = variables[name] ?? '';
      return value === '' || asked.has(value) ? value : OTHER;
    });
  }

  /** All combinations of the values that these variables may get. */
  combinations(names: readonly string[]): readonly Readonly<Record<string, string>>[] {
    return names.reduce<readonly Readonly<Record<string, string>>[]>(
      (found, name) =>
        found.flatMap((each) =>
          [OTHER, ...this.asked(name)].map((value) => ({
            ...each,
            [name]: value,
          })),
        ),
      [{}],
    );
  }

  private valuesOf(name: string): Set<string> {
    const known = this.values.get(name) ?? new Set<string>();
    this.values.set(name, known);
    return known;
  }
}
