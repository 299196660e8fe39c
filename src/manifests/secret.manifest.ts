import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { kubernetesMetadata, line, mapping, oneOf, text } from './manifest-fields.js';
import type { ManifestKind } from './manifest-kind.js';

const KIND = 'Secret';

/** The entries of a Secret by name. A Map: no name, however odd, reaches anything but an entry. */
export type SecretEntries = ReadonlyMap<string, string>;

/**
 * `kind: Secret`: what BackupUsers refer to, by name and entry. It declares nothing itself, so an
 * entry counts, and is looked at, only where a manifest names it.
 */
@Injectable()
export class SecretManifests implements ManifestKind<SecretEntries> {
  readonly kind = KIND;
  readonly identifierFields = [];

  schema(): z.ZodType<SecretEntries> {
    return mapping({
      apiVersion: oneOf(['v1']),
      kind: z.literal(KIND),
      metadata: kubernetesMetadata(line(1, 253)),
      type: text().optional(),
      data: entries(),
    }).transform(({ data }) => data);
  }

  resolve(): null {
    return null;
  }
}

/** Names text by text. The fault does not name the entry: its name may be a secret in the wrong place. */
function entries() {
  return z
    .custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), {
      error: ({ input }) => (input === undefined ? 'is missing' : 'must be a mapping'),
    })
    .transform((data) => new Map<string, unknown>(Object.entries(data)))
    .refine(
      (map): map is Map<string, string> => [...map.values()].every((value) => typeof value === 'string'),
      'has an entry that is not text: put it in quotes',
    );
}
