/** What has happened when a block leaves by a path, by verb and path; paths that callers press have none. */
const EVENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'find-methods': {
    found: 'contact methods are found',
    none: 'no verified contact method is found',
    failed: 'the service does not answer properly',
    locked: 'the account is locked',
  },
  'choose-method': {
    none: 'there is no contact method to choose',
  },
  'send-code': {
    sent: 'the code is sent',
    'nothing-to-send': 'the method needs no message',
    unreachable: 'the message cannot be delivered',
    rejected: 'the message is refused',
    error: 'the message cannot be sent',
    'too-many': 'no send is left',
    locked: 'the account is locked',
  },
  'verify-code': {
    right: 'the code is right',
    wrong: 'the code is wrong',
    finished: "the code's time is over",
    error: 'the code cannot be checked',
    blank: 'nothing was entered',
    'too-many': 'no attempt is left for the code',
    'no-send-left': "the code's time is over and no send is left",
    locked: 'the account is locked',
  },
};

/** The event that a path stands for, as the second half of "when ...". */
export function eventOf(verb: string, path: string): string {
  if (verb === 'service')
    return path === 'failed' ? 'the service does not answer properly' : `the service says "${path}"`;
  return EVENTS[verb]?.[path] ?? `the path is "${path}"`;
}
