/** A message that reached one of the demo company's customers. */
export interface InboxMessage {
  readonly id: string;
  readonly method: 'email' | 'sms';
  readonly to: string;
  /** Email only. */
  readonly subject?: string;
  readonly text: string;
  /** The HTML body of an email that has one. */
  readonly html?: string;
  /** The first run of 4 to 10 digits in the text. */
  readonly code: string | null;
  /** Token of the send, which the call's challenge keeps a hash of; empty when the message carries none. */
  readonly report: string;
  /** Milliseconds of the wall clock. */
  readonly at: number;
}

const MOST = 500;
const CODE = /(?<!\d)\d{4,10}(?!\d)/;

/** What the demo's mail server and SMS gateway received: the last 500 messages. */
export class Inbox {
  readonly #now: () => number;
  #messages: InboxMessage[] = [];
  #received = 0;

  constructor(options: { readonly now: () => number }) {
    this.#now = options.now;
  }

  /** Oldest first. */
  get messages(): readonly InboxMessage[] {
    return this.#messages;
  }

  add(received: Omit<InboxMessage, 'id' | 'code' | 'at'>): void {
    this.#received += 1;
    const code = CODE.exec(received.text)?.[0] ?? null;
    const message: InboxMessage = { ...received, id: String(this.#received), code, at: this.#now() };
    this.#messages = [...this.#messages.slice(1 - MOST), message];
  }
}
