import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, writeCsv } from '../../../src/cli/prompts/csv.ts';
import type { Translation, Unit } from '../../../src/cli/prompts/unit.ts';
import { anyText } from './any-text.ts';

const unit = (rest: Partial<Unit> = {}): Unit => ({
  callflow: 'line',
  kind: 'prompt',
  prompt: 'hello',
  variant: null,
  source: 'Hello.',
  target: 'Hola.',
  audio: '',
  note: '',
  ...rest,
});
const table = (...units: readonly Unit[]): Translation => ({ from: 'en-US', to: 'es-ES', units });
/** The cells of the first text, as a spreadsheet shows them. */
const cells = (csv: string): string => csv.split('\r\n')[1] ?? '';

describe('the table', () => {
  it('has one row for each text, titles that name the languages, and the mark that spreadsheets know UTF-8 by', () => {
    const csv = writeCsv(
      table(
        unit({
          prompt: 'enter-code',
          variant: 'email',
          source: 'It is "{digits}".\nBye',
          target: '',
          note: 'Keep {digits}.',
        }),
        unit({ kind: 'message', prompt: 'sms', audio: 'hello.wav', target: 'שלום' }),
      ),
    );
    expect(csv).toBe(
      '\ufeff"callflow","prompt","variant","kind","source: en-US","target: es-ES","audio","note"\r\n' +
        '"line","enter-code","email","prompt","It is ""{digits}"".\nBye","","","Keep {digits}."\r\n' +
        '"line","sms","","message","Hello.","שלום","hello.wav",""\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', "'=1", "''@x"])(
    '%j is no formula to a spreadsheet, and comes back as it was',
    (text) => {
      const csv = writeCsv(table(unit({ source: text, target: text })));
      for (const cell of cells(csv).split('","').slice(4, 6)) expect(cell).toMatch(/^'/);
      expect(readCsv(csv).units[0]).toMatchObject({ source: text, target: text });
    },
  );

  it.each(["'tis", "l'abonné", "'", '1=1', '{x}', ' =1'])('%j needs nothing', (text) => {
    const csv = writeCsv(table(unit({ target: text })));
    expect(csv).toContain(`"${text}"`);
    expect(readCsv(csv).units[0]?.target).toBe(text);
  });

  it('any texts come back byte for byte', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ source: anyText, target: anyText }), { minLength: 1 }), (texts) => {
        const units = texts.map((each, index) => unit({ prompt: `p${index}`, ...each }));
        const { from, to, units: back } = readCsv(writeCsv(table(...units)));
        expect({ from, to }).toEqual({ from: 'en-US', to: 'es-ES' });
        expect(back.map(({ prompt, source, target }) => ({ prompt, source, target }))).toEqual(
          units.map(({ prompt, source, target }) => ({ prompt, source, target })),
        );
      }),
    );
  });
});

describe('a table that a spreadsheet has saved', () => {
  const saved = (text: string) =>
    readCsv(text).units.map(({ prompt, variant, target, at }) => [prompt, variant, target, at]);
  const expected = [
    ['hello', null, 'Hola; amigo, tú', 'row 2'],
    ['menu', 'ask', '¿Qué?\nSí', 'row 4'],
  ];

  it.each([
    [
      'with semicolons, line feeds and few quotes',
      'callflow;prompt;variant;kind;source: en-US;target: es-ES;audio;note\nline;hello;;prompt;Hello.;"Hola; amigo, tú";;\n;;;;;;;\nline;menu;ask;prompt;What?;"¿Qué?\nSí";;\n',
    ],
    [
      'with tabs',
      'callflow\tprompt\tvariant\tkind\tsource: en-US\ttarget: es-ES\nline\thello\t\tprompt\tHello.\tHola; amigo, tú\n\nline\tmenu\task\tprompt\tWhat?\t"¿Qué?\nSí"\n',
    ],
    [
      'with its columns in another order, and one more',
      'mine,target: es-ES,source: en-US,kind,variant,prompt,callflow\n!,"Hola; amigo, tú",Hello.,prompt,,hello,line\n,,,,,,\n,"¿Qué?\nSí",What?,prompt,ask,menu,line',
    ],
  ])('%s', (_what, text) => {
    expect(saved(text)).toEqual(expected);
  });

  it.each([
    [
      'without its titles',
      'line,hello,,prompt,Hello.,Hola.\n',
      'row 1: there is no column titled callflow, variant, kind, source, target',
    ],
    ['without one of them', 'callflow,prompt,variant,kind,source: en-US\n', 'row 1: there is no column titled target'],
    ['that is no table', 'Dear designer,\nhere are the texts.', 'row 1: there is no column titled'],
    [
      'with a quote that never ends',
      'callflow,prompt,variant,kind,source: en-US,target: es-ES\nline,"hello',
      'row 2: Quoted field unterminated',
    ],
    ['that is empty', '', 'row 1: there is no column'],
  ])('%s is refused', (_what, text, message) => {
    expect(() => readCsv(text)).toThrow(message);
  });
});
