/** 3GPP TS 23.038: one septet each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Two septets each. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** How much of one SMS a text takes: GSM-7 septets of 160 (L18), or UTF-16 units of 70 once one character is outside GSM-7. */
export function smsLength(text: string): { readonly units: number; readonly most: number } {
  let septets = 0;
  for (const character of text) {
    if (BASIC.has(character)) septets += 1;
    else if (EXTENDED.has(character)) septets += 2;
    else return { units: text.length, most: 70 };
  }
  return { units: septets, most: 160 };
}
