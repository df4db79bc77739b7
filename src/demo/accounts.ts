/** One way to reach a customer, as `<method>` of the reference service says it: `value` for email and SMS only (G34, G37). */
export interface DemoMethod {
  readonly name: 'email' | 'SMS' | 'authenticator';
  readonly value?: string;
}

/** A customer of the demo company, and what a call with this account shows. */
export interface DemoAccount {
  readonly account: string;
  readonly methods: readonly DemoMethod[];
  /** In dollars. */
  readonly balance: string;
  /** What to press in the callflow `main`, in the notation of `dialproof call --keys`. */
  readonly keys: string;
  readonly shows: string;
}

/**
 * Addresses are under the reserved example.test, numbers in the reserved range +1 202 555 0100 to 0199; the first of
 * these is the sender, the last one the agent.
 */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    account: '1001',
    methods: [
      { name: 'email', value: 'ana@example.test' },
      { name: 'SMS', value: '+12025550121' },
    ],
    balance: '128.40',
    keys: '1001#,2,{code}',
    shows: 'A choice: 1 sends the code by email, 2 by text message.',
  },
  {
    account: '1002',
    methods: [{ name: 'email', value: 'ben@example.test' }],
    balance: '52.05',
    keys: '1002#,{code}',
    shows: 'One method, so there is no question: the code goes out by email.',
  },
  {
    account: '1003',
    methods: [{ name: 'SMS', value: '+12025550143' }],
    balance: '-17.30',
    keys: '1003#,{code}',
    shows: 'One method, so there is no question: the code goes out by text message.',
  },
  {
    account: '1004',
    methods: [],
    balance: '0.00',
    keys: '1004#',
    shows: 'Nothing to send a code to: the call goes to an agent.',
  },
  {
    account: '1005',
    methods: [{ name: 'email', value: 'eve@example.test' }, { name: 'authenticator' }],
    balance: '3402.99',
    keys: '1005#,2,{code}',
    shows: 'A choice: 1 sends the code by email, 2 asks for the one that the authenticator app shows.',
  },
];

/** A digit and six more: an account for many calls at once; the first one says how its customer can be reached. */
const BULK_ACCOUNT = /^([6-9])(\d{6})$/;
const BULK_BY: Readonly<Record<string, readonly ('email' | 'SMS')[]>> = {
  6: [],
  7: ['SMS'],
  8: ['email', 'SMS'],
  9: ['email'],
};

/** The contact methods of an account; null when the demo company has no such customer. */
export function methodsOf(account: string): readonly DemoMethod[] | null {
  const [, series, number] = BULK_ACCOUNT.exec(account) ?? [];
  if (series === undefined) return DEMO_ACCOUNTS.find((known) => known.account === account)?.methods ?? null;
  const sms = `+1202555${String(FIRST_NUMBER + (Number(number) % NUMBERS)).padStart(4, '0')}`;
  const email = `bulk-${account}@example.test`;
  return (BULK_BY[series] ?? []).map((name) => ({ name, value: name === 'SMS' ? sms : email }));
}

/** Those of the reserved range between the sender and the agent; several customers have the same. */
const FIRST_NUMBER = 101;
const NUMBERS = 98;

/** The balance of an account; null when the demo company has no such customer. */
export function balanceOf(account: string): string | null {
  if (BULK_ACCOUNT.test(account)) return '100.00';
  return DEMO_ACCOUNTS.find((known) => known.account === account)?.balance ?? null;
}
