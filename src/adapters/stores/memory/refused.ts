import { DialproofError } from '../../../core/errors.ts';

/** A `store-unavailable` for what the tables of a SQL store would refuse. */
export function refused(why: string): DialproofError {
  return new DialproofError('store-unavailable', `The store refused a change: ${why}.`, {
    fix: 'This is a fault of ours: please report it.',
  });
}
