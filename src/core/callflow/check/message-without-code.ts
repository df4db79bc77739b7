import { DOCUMENT_VARIABLES } from '../../call/document-variables.ts';
import { similar } from '../similar.ts';
import type { Rule } from './rule.ts';
import { asSent, sentMessages } from './sent-messages.ts';

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
      const mistyped = wording.variables.some((name) => name !== 'code' && similar(name, CODE) !== undefined);
      if (written.trim() === '' || mistyped || asSent(text, file, code).includes(code)) continue;
      const named = wording.variables.includes('code');
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
