/** The answer of a contact-methods service (G33) that lists these `<method .../>` elements. */
export function contactMethods(listed: string): string {
  return `<checkVerifiedContactMethods><status>success</status><methods>${listed}</methods></checkVerifiedContactMethods>`;
}
