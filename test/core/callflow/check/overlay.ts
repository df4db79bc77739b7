import { check, filesWith } from '../../../docs/examples.ts';

/** Files by their path, for example `prompts/en-US/tiny.yaml`. */
export type Files = Readonly<Record<string, string>>;

/** What is found in the files that come with Dialproof, with these over them. */
export function found(files: Files): readonly string[] {
  const { findings } = check(new Map([...filesWith([]), ...Object.entries(files)]));
  return findings.map(({ code, severity, at, message }) => {
    const place = `${at.file}:${at.line}:${at.column}`;
    return `${place} ${severity} ${code} ${message}`;
  });
}

/** A callflow `tiny`: its blocks, or all of it but its name. */
export function callflow(blocks: string, rest = 'exits: { bye: { hang-up: true } }'): Files {
  const start = /^ *([\w-]+):/m.exec(blocks)?.[1] ?? '';
  return { 'callflows/tiny.yaml': `callflow: tiny\nstart: ${start}\n${rest}\nblocks:\n${blocks}\n` };
}

/** The prompts of `tiny`, in a language. */
export function prompts(texts: string, locale = 'en-US'): Files {
  return { [`prompts/${locale}/tiny.yaml`]: `locale: ${locale}\nprompts:\n${texts}\n` };
}

/** A callflow that says one prompt, `hello`, and this as its text. */
export function says(text: string, locale = 'en-US'): Files {
  const hello = callflow('  hello: { say: hello, next: bye }');
  const spoken = prompts(`  hello: ${text}`, locale);
  return { ...hello, ...(locale === 'en-US' ? {} : prompts('  hello: "Hello."')), ...spoken };
}

/** A callflow that sends this as its text message, and no codes of any other kind. */
export function texts(message: string, options: { readonly locale?: string; readonly settings?: string } = {}): Files {
  const { locale = 'en-US', settings = '' } = options;
  const messages = (written: string, language: string): Files => ({
    [`prompts/${language}/tiny.yaml`]: `locale: ${language}\nmessages:\n  sms: ${written}\n`,
  });
  return {
    ...callflow(
      '  send: { send-code: chosen, paths: { sent: bye, failed: error } }',
      `account: AccountNumber\ninputs: [AccountNumber]\nsettings: { methods: [sms], messages: { sms: { from: "+12025550100" } }${settings} }\nexits: { bye: { hang-up: true } }`,
    ),
    ...messages('"{code}"', 'en-US'),
    ...messages(message, locale),
  };
}
