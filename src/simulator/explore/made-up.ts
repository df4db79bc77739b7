import type { WordReader } from '../../core/call/heard-words.ts';
import type { Step } from '../../core/scenario/scenario-schema.ts';
import type { Improviser, Question } from '../improviser.ts';
import { stepsOf } from './answers.ts';
import type { Move } from './caller.ts';

/** A caller who makes one move at each question, and hangs up when there are no more. */
export class MadeUp implements Improviser {
  /** What came of the moves. */
  readonly steps: Step[] = [];
  private readonly moves: readonly Move[];
  private readonly reader: WordReader;
  private made = 0;

  constructor(moves: readonly Move[], reader: WordReader) {
    this.moves = moves;
    this.reader = reader;
  }

  answer(question: Question): readonly Step[] {
    const move = this.next();
    return move === undefined ? [] : this.keep(stepsOf(move, question, this.reader));
  }

  afterCall(): readonly Step[] {
    return this.next()?.manner === 'leave' ? this.keep(['redials']) : [];
  }

  private next(): Move | undefined {
    return this.moves[this.made++];
  }

  private keep(steps: readonly Step[]): readonly Step[] {
    this.steps.push(...steps);
    return steps;
  }
}
