import { isEmail } from 'class-validator';
import { z } from 'zod';
import { normaliseIdentifier } from '../common/identifier.js';

/** The fields of manifests, whatever their kind. No message holds a value: it may be a secret. */

const MAX_EMAIL_LENGTH = 254;
const UNWRITABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** As many characters as the column of normalised identifiers has; NFKC may make text longer. */
const MAX_NORMALISED = 320;

/** Text; a number or a flag is refused, for YAML has lost its leading zeros or its spelling by then. */
export const text = () =>
  z.string({
    error: ({ input }) => {
      if (input === undefined) return 'is missing';
      return input === null || typeof input === 'object' ? 'must be text' : 'must be text: put it in quotes';
    },
  });

/** True for well-formed text of `least` to `most` characters, counted as people do. */
export function hasLength(value: string, least: number, most: number): boolean {
  const { length } = [...value.slice(0, 2 * most + 1)];
  return length >= least && length <= most;
}

/** One line of text of `least` to `most` characters. */
export const line = (least: number, most: number) =>
  text()
    .refine((value) => hasLength(value, least, most), `must have ${least} to ${most} characters`)
    .refine((value) => !UNWRITABLE.test(value), 'must not contain control characters');

/** Something by which a user signs in: a line that is not blank. */
export const identifier = (most: number) =>
  line(1, most).refine((value) => {
    const { length } = normaliseIdentifier(value);
    return value === '' || (length > 0 && length <= MAX_NORMALISED);
  }, 'must not be blank, nor become too long when normalised');

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, {
    error: ({ input }) => (input === undefined ? 'is missing' : `must be one of ${values.join(', ')}`),
  });

export const flag = () => z.boolean('must be true or false');

/** A mapping with these fields and no other. */
export const mapping = <T extends z.core.$ZodLooseShape>(shape: T) =>
  z.strictObject(shape, {
    error: ({ input }) => (input === undefined ? 'is missing' : 'must be a mapping'),
  });

/** Items of one kind, in order. */
export const list = <T extends z.ZodType>(item: T) =>
  z.array(item, {
    error: ({ input }) => (input === undefined ? 'is missing' : 'must be a list'),
  });

/** An e-mail address; one of this machine, without a dot, passes. */
export const email = () =>
  text().refine(
    (value) => value.length <= MAX_EMAIL_LENGTH && isEmail(value, { require_tld: false }),
    'must be an e-mail address',
  );

/** `metadata` as Kubernetes writes it: the name counts, the rest is accepted. */
export const kubernetesMetadata = <T extends z.ZodType>(name: T) =>
  mapping({
    name,
    namespace: text().optional(),
    labels: z.unknown().optional(),
    annotations: z.unknown().optional(),
  });
