import { v7 } from 'uuid';

/** A new row id: a UUID that grows with time, so that pages by id are in order of creation. Not a secret. */
export function newId(): string {
  return v7();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for text in the shape of a UUID, whatever its version. */
export function isUuidShaped(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}
