/** Something that callers, or those who work with the callflow, would notice between two versions. */
export interface Change {
  readonly about:
    | 'callflow'
    | 'start'
    | 'inputs'
    | 'account'
    | 'block'
    | 'key'
    | 'path'
    | 'limit'
    | 'time'
    | 'entry'
    | 'code'
    | 'methods'
    | 'exit'
    | 'service'
    | 'setting'
    | 'sign-in'
    | 'words'
    | 'message'
    | 'success';
  /** The block, exit, service, prompt or setting; empty where it is about the whole callflow. */
  readonly name: string;
  /** One sentence; for words what is worded, and the words themselves in `before` and `after`. */
  readonly text: string;
  readonly before?: string;
  readonly after?: string;
  /** Whether it makes it easier or harder to get through without being who one says; null where it does neither. */
  readonly security: 'looser' | 'tighter' | null;
}

/** `looser` where the second number is the larger, as in more attempts. */
export function looserIfMore(before: number, after: number): Change['security'] {
  return before === after ? null : after > before ? 'looser' : 'tighter';
}

/** `looser` where the second number is the smaller, as in fewer digits. */
export function looserIfLess(before: number, after: number): Change['security'] {
  return looserIfMore(after, before);
}
