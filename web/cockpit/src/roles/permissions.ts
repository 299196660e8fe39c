import { ACCESSES, RESOURCES } from '../api/vocabulary.js';

/** What a free role may allow (document 003, "ACL"). */
export const PERMISSION_CHOICES = RESOURCES.flatMap((resource) =>
  ACCESSES.map((access) => ({ id: `${resource}:${access}`, name: `${resource} ${access}` })),
);
