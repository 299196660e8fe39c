import { told, type Told } from '../database/personal-data.service.js';
import type { Profile } from './profile.js';

/** A profile as its owner is told what is kept of him. */
export function tellProfile({ id, kind, name, details, createdAt, updatedAt }: Profile): Told {
  return { id, kind, name, details, createdAt: told(createdAt), updatedAt: told(updatedAt) };
}
