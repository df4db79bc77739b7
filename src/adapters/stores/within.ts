import { isCount } from './count.ts';

/** Whether `now` lies between two times that were kept, both included; one that cannot be believed is over. */
export function isWithin(from: number | null, until: number | null, now: number): boolean {
  return isCount(from) && isCount(until) && now >= from && now <= until;
}
