import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { DeclaredClient } from '../accounts/declared-client.js';
import { GRANT_TYPES, REQUESTABLE_SCOPES } from '../clients/client.js';
import { hasField } from './document-fields.js';
import { flag, line, list, mapping, oneOf, text } from './manifest-fields.js';
import type { ManifestKind } from './manifest-kind.js';

const KIND = 'OAuthClient';
/** Visible ASCII: what Basic and a form carry unharmed (RFC 6749 appendix A). */
const CLIENT_ID = /^[\x21-\x39\x3b-\x7e]{1,128}$/;
const SHORTEST_SECRET = 16;
const LONGEST_SECRET = 256;
const MOST_SECRETS = 2;

/** `kind: OAuthClient`: an application that exchanges its users' passwords for tokens (contract 2). */
@Injectable()
export class OAuthClientManifests implements ManifestKind<DeclaredClient> {
  readonly kind = KIND;
  readonly identifierFields = [];

  schema(): z.ZodType<DeclaredClient> {
    return mapping({
      apiVersion: oneOf(['gatehouse/v1']),
      kind: z.literal(KIND),
      metadata: mapping({
        name: text().regex(CLIENT_ID, 'must have 1 to 128 visible ASCII characters, no colon'),
      }),
      spec: specSchema(),
    }).transform(({ metadata, spec }): DeclaredClient => {
      const { secret, secrets, disabled = false, ...allowed } = spec;
      return { kind: KIND, name: metadata.name, secrets: secrets ?? [secret ?? ''], disabled, ...allowed };
    });
  }

  resolve(client: DeclaredClient): DeclaredClient {
    return client;
  }
}

function specSchema() {
  // Told beside the faults of single fields, not only once those are mended.
  const always = { when: () => true };
  return mapping({
    secret: secretText().optional(),
    secrets: list(secretText())
      .refine(
        (secrets) => secrets.length >= 1 && secrets.length <= MOST_SECRETS,
        'must have one or two items',
      )
      .optional(),
    grants: list(oneOf(GRANT_TYPES)).default([]),
    scopes: list(oneOf(REQUESTABLE_SCOPES)).default([]),
    disabled: flag().optional(),
  }).refine((spec) => hasField(spec, 'secret') !== hasField(spec, 'secrets'), {
    ...always,
    message: 'must have either secret or secrets',
  });
}

const secretText = () =>
  line(1, LONGEST_SECRET).refine(
    (value) => value.length >= SHORTEST_SECRET,
    `must have at least ${SHORTEST_SECRET} characters`,
  );
