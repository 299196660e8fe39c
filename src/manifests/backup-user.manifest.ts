import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { DeclaredUser } from '../accounts/declared-user.js';
import { isNetwork } from '../common/networks.js';
import { BACKUP_PASSWORD, backupPasswordHash } from '../passwords/backup-password.js';
import { levelOfRoles } from '../users/ladder-words.js';
import { hasField } from './document-fields.js';
import {
  email,
  flag,
  identifier,
  kubernetesMetadata,
  line,
  list,
  mapping,
  oneOf,
  text,
} from './manifest-fields.js';
import { BrokenReference, type ManifestKind, type References } from './manifest-kind.js';
import { SecretManifests } from './secret.manifest.js';

const KIND = 'BackupUser';

/** Those of the document's CRD, and `userManager`, the spelling that its code honours instead of `usersManager`. */
const ROLES = [
  'collectionManager',
  'usersManager',
  'userManager',
  'systemAdmin',
  'backupUploader',
  'backupDownloader',
  'uploadsAnytime',
] as const;

/** A valid document: a user, and where his password lies when it is not in the document. */
interface BackupUser {
  readonly user: DeclaredUser;
  readonly passwordFromRef: { readonly name: string; readonly entry: string } | null;
}

/** `kind: BackupUser`: a user of type admin, as document 001 declares him (contract 2). */
@Injectable()
export class BackupUserManifests implements ManifestKind<BackupUser> {
  readonly kind = KIND;
  readonly identifierFields = ['metadata.name', 'spec.email'];
  readonly fieldNames = new Map([
    ['type', null],
    ['emailVerified', null],
    ['level', 'roles'],
    ['networks', 'restrictByIP'],
  ]);

  constructor(private readonly secrets: SecretManifests) {}

  schema(): z.ZodType<BackupUser> {
    return mapping({
      apiVersion: oneOf(['backups.riotkit.org/v1alpha1']),
      kind: z.literal(KIND),
      metadata: kubernetesMetadata(identifier(150)),
      spec: specSchema(),
    }).transform(({ metadata, spec }): BackupUser => {
      const { passwordFromRef = null } = spec;
      return {
        user: {
          kind: KIND,
          name: metadata.name,
          type: 'admin',
          level: levelOfRoles(spec.roles),
          deactivated: spec.deactivated,
          email: spec.email,
          // An operator wrote it.
          emailVerified: true,
          roles: spec.roles,
          networks: spec.restrictByIP,
          password: passwordFromRef ? undefined : declaredPassword(spec.password),
        },
        passwordFromRef,
      };
    });
  }

  resolve({ user, passwordFromRef }: BackupUser, references: References): DeclaredUser {
    if (!passwordFromRef) return user;
    const secret = references.find(this.secrets, passwordFromRef.name, 'spec.passwordFromRef.name');
    if (!secret) return user;
    const field = 'spec.passwordFromRef.entry';
    const encoded = secret.get(passwordFromRef.entry);
    if (encoded === undefined) {
      throw new BrokenReference(field, `names an entry that the ${this.secrets.kind} does not have`);
    }
    const password = declaredPassword(encoded);
    if (!password) throw new BrokenReference(field, `names an entry that is not ${BACKUP_PASSWORD}`);
    return { ...user, password };
  }
}

function specSchema() {
  return mapping({
    email: email(),
    deactivated: flag().default(false),
    restrictByIP: list(text().refine(isNetwork, 'must be an address or a range in CIDR notation')).default(
      [],
    ),
    passwordFromRef: mapping({ name: line(1, 253), entry: text() }).optional(),
    password: text().optional(),
    organization: text().optional(),
    about: text().optional(),
    roles: list(oneOf(ROLES)),
  }).refine(isPasswordSound, {
    // Told beside the faults of single fields, not only once those are mended.
    when: () => true,
    path: ['password'],
    message: `must be ${BACKUP_PASSWORD}`,
  });
}

/** The reference comes before `password`, as it does in the origin, whose own examples fill both. */
function isPasswordSound(spec: unknown): boolean {
  if (hasField(spec, 'passwordFromRef') || !hasField(spec, 'password')) return true;
  return typeof spec.password !== 'string' || declaredPassword(spec.password) !== undefined;
}

function declaredPassword(encoded: string | undefined): DeclaredUser['password'] {
  const hash = encoded === undefined ? null : backupPasswordHash(encoded);
  return hash === null ? undefined : { kind: 'hash', text: hash };
}
