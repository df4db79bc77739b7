import { describe, expect, it } from 'vitest';
import { found, texts, type Files } from './overlay.ts';

/** A callflow that sends emails with this as their HTML. */
function html(written: string, messages = ''): Files {
  const tiny = texts('"{code}"');
  const callflow = (tiny['callflows/tiny.yaml'] ?? '').replace(
    'methods: [sms], messages: { sms: { from: "+12025550100" } }',
    'methods: [email], messages: { email: { from: a@example.com, subject: Code } }',
  );
  const prompts = `locale: en-US\nmessages:\n  email: "{code}"\n  email-html: ${written}\n${messages}`;
  return {
    'callflows/tiny.yaml': callflow,
    'prompts/en-US/tiny.yaml': prompts,
  };
}

describe('CF329: the HTML of an email', () => {
  it.each([
    ['a script', "'<script>x()</script> {code}'", '<script> would run or ask something'],
    ['an external image', `'<img src="https://example.com/p.png"> {code}'`, '<img> loads something'],
    ['a style sheet', `'<link href="https://example.com/a.css"> {code}'`, '<link> loads something'],
    ['a background', `'<p style="background: url(https://example.com/p)">{code}</p>'`, 'This style loads something'],
    ['an event', `'<p onclick="x()">{code}</p>'`, '"onclick" would run a script.'],
    ['a link that runs', `'<a href="javascript:x()">{code}</a>'`, '"javascript:x()" is no address for a link.'],
    ['a value in an address', `'<a href="https://example.com/{code}">{code}</a>'`, 'A value stands inside of a tag.'],
    ['a mistyped element', `'<strng>{code}</strng>'`, '<strng> is not known. Did you mean "strong"?'],
    ['a comment', `'<!-- {code} --> {code}'`, 'is no tag.'],
    ['a sign alone', `'{code} < 5'`, 'is no tag.'],
  ])('with %s', (_what, written, told) => {
    const all = found(html(written));
    expect(all[0]).toContain('prompts/en-US/tiny.yaml:4:');
    expect(all[0]).toContain(`error CF329 `);
    expect(all[0]).toContain(told);
  });

  it('for layout alone is none', () => {
    const written = `'<!doctype html><html lang="en"><body><table width="100%"><tr><td style="padding: 8px"><b>{code}</b><br><a href="https://example.com">Help</a></td></tr></table></body></html>'`;
    expect(found(html(written))).toEqual([]);
  });

  it('CF322: holds the code like the text beside it', () => {
    expect(found(html(`'<p>Hello.</p>'`))).toEqual([
      'prompts/en-US/tiny.yaml:4:15 error CF322 The message "email-html" does not hold the code.',
    ]);
  });
});

describe('CF309: what a message names', () => {
  it.each([
    ['"${OPT} {code}"', '4:16 error CF309 ${OPT} is no variable of messages. Did you mean "${OTP}"?'],
    [
      '"{code} ${ExpirePeriode}"',
      '4:23 error CF309 ${ExpirePeriode} is no variable of messages. Did you mean "${ExpirePeriod}"?',
    ],
    [
      '"{code} ${otpdestination}"',
      '4:23 error CF309 ${otpdestination} is no variable of messages. Did you mean "${otpDestination}"?',
    ],
  ])('L19 L30: %s', (written, told) => {
    expect(found(html(written)).map((each) => each.replace('prompts/en-US/tiny.yaml:', ''))).toEqual([told]);
  });

  it('L16: a subject has no code, which mail servers log', () => {
    expect(found(html(`'{code}'`, '  email-subject: "Code {code}"\n'))).toEqual([
      'prompts/en-US/tiny.yaml:5:24 error CF309 {code} has no value in a subject.',
    ]);
  });
});

describe('CF236: an email without a subject', () => {
  const without = (messages = ''): Files => {
    const files = html(`'{code}'`, messages);
    return {
      ...files,
      'callflows/tiny.yaml': (files['callflows/tiny.yaml'] ?? '').replace(', subject: Code', ''),
    };
  };

  it('G67: is told by language', () => {
    expect(found(without())).toEqual([expect.stringContaining('error CF236 Emails have no subject in en-US.')]);
  });

  it('G67: is none where each language has its own', () => {
    expect(found(without('  email-subject: "Code"\n'))).toEqual([]);
  });
});
