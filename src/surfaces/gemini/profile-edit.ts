import { characters } from '../../common/characters.js';
import {
  DETAILS,
  LONGEST_DETAIL,
  LONGEST_NAME,
  type ProfileChange,
  type ProfileKind,
} from '../../profiles/profile.js';
import { InvalidParameter } from './gemini.errors.js';
import type { Parameters } from './parameters.js';

/** A new profile: a name, and what else its kind may tell. @throws InvalidParameter */
export function newProfileOf(
  parameters: Parameters,
  kind: ProfileKind,
): { name: string; details: ProfileChange['details'] } {
  return { name: nameOf(parameters), details: detailsOf(parameters, kind) };
}

/** What is to be changed of a profile; a null or empty detail is taken away. @throws InvalidParameter */
export function profileChangeOf(parameters: Parameters, kind: ProfileKind): ProfileChange {
  const details = detailsOf(parameters, kind);
  return parameters.has('name') ? { name: nameOf(parameters), details } : { details };
}

function nameOf(parameters: Parameters): string {
  const name = parameters.text('name').trim();
  if (name === '' || characters(name) > LONGEST_NAME) throw new InvalidParameter('name');
  return name;
}

function detailsOf(parameters: Parameters, kind: ProfileKind): Record<string, string | null> {
  const given = DETAILS[kind].filter((name) => parameters.has(name));
  return Object.fromEntries(
    given.map((name) => {
      const value = parameters.optionalText(name);
      if (value !== null && characters(value) > LONGEST_DETAIL) throw new InvalidParameter(name);
      return [name, value];
    }),
  );
}
