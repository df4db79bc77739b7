/** Times of the turn engine, milliseconds. */

/** A claim whose process died may be taken over after this. */
export const LEASE = 8_000;
/** A request whose twin is being handled waits so long for its reply: as long as a turn may take, and short enough to take it over then. */
export const WAIT_FOR_TWIN = 3_500;
/** How often it looks. */
export const LOOK_AGAIN = 40;
/** Twice as long each time, but no longer than this: a hundred twins must not keep the store busy with their questions. */
export const LOOK_AGAIN_AT_LAST = 320;
/** A task that takes longer does not hold the caller in silence. */
export const PATIENCE = 3_000;
/** No task is waited for beyond this, counted from the arrival of the request. */
export const ANSWER_WITHIN = 4_500;
/** Whatever does not answer, the store itself perhaps: the apology goes out after this (security.md 8: never over 5 s). */
export const LAST_MOMENT = 4_700;
/** The store is looked at for so long until it counts as away; longer than one that is locked says so by itself. */
export const LOOK_AT_STORE = 4_000;
/** A held task is given up after this; a result that still comes is dropped. */
export const GIVE_UP = 20_000;
/** A turn that asks for more tasks than this goes in a circle: its callflow leads back without asking the caller. */
export const MOST_TASKS = 20;
/** A line is held no longer than this between two questions, however many tasks follow each other. */
export const LONGEST_HOLD = 60_000;
/** A held task's process says so often that it lives ... */
export const HEARTBEAT = 2_000;
/** ... and is taken for dead after this. */
export const TASK_LEASE = 6_000;
