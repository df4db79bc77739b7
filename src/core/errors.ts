/**
 * Every error Dialproof raises on purpose, by code. `docs/errors.md` documents each; a test holds the two together.
 * Expected outcomes of a call (a wrong code, a limit, no contact method) are paths and never stand here.
 */
export const ERRORS = {
  'callflow-invalid': 'A callflow or prompt file cannot be used as it stands.',
  'settings-invalid': 'The environment holds a setting that cannot be used, or lacks one that is needed.',
  'store-key-mismatch': 'The store was made with a SECRET_KEY that is not among the ones given.',
  'store-unavailable': 'The store did not answer, so nothing can be proved and nobody is let in.',
  'revision-unknown': 'A call in progress began with callflows that cannot be found or loaded any more.',
  'wiring-broken': 'A block met an event, a task or a result that its verb does not know: a fault of ours.',
  'translation-invalid': 'A file that came back from translators cannot be taken as it stands.',
  'server-unreachable': 'The simulated telephone could not reach the server, or the server refused the request.',
  'twiml-invalid': 'The simulated telephone got a reply that the voice platforms do not all understand.',
  'files-in-the-way': 'A command would have to overwrite files that are there already.',
  'usage-wrong': 'A command was given an argument that it cannot read.',
  'code-not-found': 'A simulated caller should type a code, and none was found in the inbox of the call.',
  'call-endless': 'A simulated call was still going when it had made more requests than a call needs.',
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** The one error class: what happened (with the value) in `message`, what to do in `fix`. */
export class DialproofError extends Error {
  readonly code: ErrorCode;
  readonly fix: string;

  constructor(code: ErrorCode, message: string, options: { fix: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DialproofError';
    this.code = code;
    this.fix = options.fix;
  }
}
