import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Fewer digits are no account that could be another one. */
const FEWEST = 3;

/**
 * Names of one scenario's own, for what the scenario writes: many calls go on at once, and the locks, budgets and
 * messages of one must not be those of another. What callers hear of a name stays as it was: the first letter and the
 * domain of an address, the country and the last two digits of a number, the length of an account.
 */
export class Names {
  private given = 0;
  private readonly taken: (name: string) => boolean;

  constructor(taken: (name: string) => boolean) {
    this.taken = taken;
  }

  account(written: string): string {
    if (!/^\d+$/.test(written)) return this.next(written, (n) => `${written}-${n}`);
    if (written.length < FEWEST) return written;
    const first = 10 ** (written.length - 1);
    return this.next(written, (n) => String(first + (n % (9 * first))));
  }

  /** An address or a number; anything else is as it was. */
  destination(written: string): string {
    const [, local, domain] = /^([^@\s]+)@([^@\s]+)$/.exec(written) ?? [];
    if (local !== undefined) return this.next(written, (n) => `${local}.${n}@${domain}`);
    const number = parsePhoneNumberFromString(written);
    if (number?.isValid() !== true) return written;
    const free = (n: number): string => withMiddle(number.number, n);
    return this.next(written, free, (candidate) => {
      const found = parsePhoneNumberFromString(candidate);
      return found?.isValid() === true && found.country === number.country && found.getType() === number.getType();
    });
  }

  private next(written: string, make: (n: number) => string, fits: (made: string) => boolean = () => true): string {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const made = make((this.given += 1));
      if (fits(made) && !this.taken(made)) return made;
    }
    return written;
  }
}

const MOST_TRIES = 1_000;
/** Digits of a number that are replaced, before its last two. */
const MIDDLE = 5;

function withMiddle(number: string, n: number): string {
  const own = Number(number.slice(-2 - MIDDLE, -2));
  const middle = String((own + n) % 10 ** MIDDLE).padStart(MIDDLE, '0');
  return `${number.slice(0, -2 - MIDDLE)}${middle}${number.slice(-2)}`;
}
