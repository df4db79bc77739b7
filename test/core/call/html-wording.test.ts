import { describe, expect, it } from 'vitest';
import { readHtml } from '../../../src/core/call/html-wording.ts';
import { readWording } from '../../../src/core/call/wording.ts';

describe('the HTML of an email', () => {
  it('holds values as text, whatever is in them', () => {
    const html = readHtml('<b>{code}</b> for {destination}', 'en-US');
    expect(html.write({ code: '012345', destination: '<i>&"\'' })).toBe('<b>012345</b> for &lt;i&gt;&amp;&quot;&#39;');
  });

  it('L19: has line breaks of the documents as <br>, also in choices, and those of the file as they are', () => {
    const html = readHtml('{n, plural, one {a${LineBreak}b} other {c}}\n<br>${LineBreak}d', 'en-US');
    expect(html.write({ n: 1 })).toBe('a<br>b\n<br><br>d');
  });
});

describe("the documents' variables", () => {
  it.each([
    ['${OTP} ${ExpirePeriod} ${otpDestination}', '123456 5 a***', ['code', 'minutes', 'destination']],
    ['a${LineBreak}b', 'a\nb', []],
    ['It costs $5 and ${code}', 'It costs $5 and $123456', ['code']],
    ['$${OTP}', '$123456', ['code']],
    ['<slow>${OTP}</slow> {minutes, plural, one {${OTP}} other {#: ${OTP}${OTP}}}', '123456 5: 123456123456', null],
  ])('L19 L30: %s', (text, written, variables) => {
    const wording = readWording(text, 'en-US');
    expect(wording.write({ code: '123456', minutes: 5, destination: 'a***' })).toBe(written);
    if (variables !== null) expect(wording.variables).toEqual(variables);
  });

  it('keep their places in the file', () => {
    const [, variable] = readWording('ab ${OTP}', 'en-US').tree;
    expect(variable?.location).toMatchObject({
      start: { offset: 3 },
      end: { offset: 9 },
    });
  });
});
