import { isSaid } from '../../call/call-messages.ts';
import { DOCUMENT_VARIABLES } from '../../call/document-variables.ts';
import type { SpeechPart } from '../../call/verbs.ts';
import { similar } from '../similar.ts';
import type { Found, Rule } from './rule.ts';
import { asSent, sentMessages } from './sent-messages.ts';
import type { Worded } from './worded.ts';

/** What a variable with the code is called, here and in the OTP-node reference. */
const CODE = Object.keys(DOCUMENT_VARIABLES)
  .filter((name) => DOCUMENT_VARIABLES[name] === 'code')
  .concat('code');

/** Every message carries the code, as it is to be typed. */
export const messageWithoutCode: Rule = {
  code: 'CF322',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    const code = '0123456789'.slice(0, file.callflow.settings.code.digits);
    for (const text of sentMessages(file, project)) {
      const { wording, written, path, key } = text;
      if (isSaid(key) && key !== 'voice') continue;
      const mistyped = wording.variables.some((name) => name !== 'code' && similar(name, CODE) !== undefined);
      if (written.trim() === '' || mistyped) continue;
      const named = wording.variables.includes('code');
      if (asSent(text, file, code).includes(code)) {
        if (key === 'voice' && !saysDigits(wording.speak({ code }), code)) yield asNumber(text);
        continue;
      }
      yield {
        at: text.file.yaml.place(path),
        message: named
          ? `The message "${key}" does not always hold the code as it is typed, with every digit.`
          : `The message "${key}" does not hold the code.`,
        fix: 'Write {code} where it stands, outside of choices and without `number`: "{code} is your security code."',
      };
    }
  },
};

/** A voice reads a bare code as one number: a hundred and twenty-three thousand ... */
function saysDigits(parts: readonly SpeechPart[], code: string): boolean {
  return parts.some((part) =>
    part.kind === 'slow' ? saysDigits(part.parts, code) : part.kind === 'digits' && part.text.includes(code),
  );
}

function asNumber({ file, path, key }: Worded): Found {
  return {
    at: file.yaml.place(path),
    message: `The message "${key}" says the code as one number.`,
    fix: 'Write it digit by digit: "Your code is <slow><digits>{code}</digits></slow>."',
  };
}
