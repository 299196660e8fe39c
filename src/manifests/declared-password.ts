import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { DeclaredPassword } from '../accounts/declared-user.js';
import { MAX_PASSWORD_CHARACTERS } from '../password-policy/password-rules.js';
import { isVerifiableHash, VERIFIABLE_HASHES } from '../passwords/verifiable-hash.js';
import { hasLength, text } from './manifest-fields.js';

/** The ways to declare a password; a manifest uses one of them at most. */
export const PASSWORD_FIELDS = ['password', 'passwordHash', 'passwordFromEnv', 'passwordFromFile'] as const;

const MAX_FILE_BYTES = 16 * 1024;
const LENGTH = `must have 1 to ${MAX_PASSWORD_CHARACTERS} characters`;

/** Where `passwordFromEnv` and `passwordFromFile` are looked up. */
export interface PasswordSources {
  /** The variable's value; undefined when it is unset or empty. */
  readonly variable: (name: string) => string | undefined;
  /** What a relative path starts from. */
  readonly folder: string;
}

/**
 * The four fields, each answering the password that it declares, taken exactly as written. Messages
 * name neither variable nor file: somebody may have written the password itself there.
 */
export function passwordFields({ variable, folder }: PasswordSources) {
  return {
    password: text().refine(isPassword, LENGTH).transform(plain).optional(),
    passwordHash: text()
      .refine(isVerifiableHash, `must be ${VERIFIABLE_HASHES}`)
      .transform((hash): DeclaredPassword => ({ kind: 'hash', text: hash }))
      .optional(),
    passwordFromEnv: text()
      .transform(
        (name, context) => variable(name) ?? fail(context, 'names a variable that is unset or empty'),
      )
      .refine(isPassword, `names a variable whose value ${LENGTH}`)
      .transform(plain)
      .optional(),
    passwordFromFile: text()
      .transform(async (path, context) => {
        const read = await readPasswordFile(resolve(folder, path));
        return typeof read === 'string' ? read : fail(context, read.fault);
      })
      .refine(isPassword, `names a file whose content ${LENGTH}`)
      .transform(plain)
      .optional(),
  };
}

/** The file's text without one line end after it, or what is wrong with it. */
async function readPasswordFile(path: string): Promise<string | { readonly fault: string }> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { fault: 'names something that is not a regular file' };
    if (found.size > MAX_FILE_BYTES) return { fault: `names a file whose content ${LENGTH}` };
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)).replace(/\r?\n$/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { fault: 'names a file that does not exist' };
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return { fault: 'names a file that is not UTF-8 text' };
    return { fault: 'names a file that cannot be read' };
  }
}

function isPassword(value: string): boolean {
  return hasLength(value, 1, MAX_PASSWORD_CHARACTERS);
}

function plain(value: string): DeclaredPassword {
  return { kind: 'plain', text: value };
}

function fail(context: z.core.$RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
