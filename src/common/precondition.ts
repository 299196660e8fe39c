/**
 * What must be true of a thing for its change to go on, looked at in the unit of work that changes it,
 * once nobody else can. Throws when it is not true.
 */
export type Precondition<Thing> = (present: Thing) => void;

/** For a change that minds nothing. */
export const UNCONDITIONAL: Precondition<unknown> = () => undefined;
