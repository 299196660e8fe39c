import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../support/api.js';
import { cookieHeader, cookieOf } from '../../support/cookies.js';
import { PASSWORD, makePerson } from '../../support/declared-people.js';
import { PUBLIC_URL, type TestGatehouse } from '../../support/gatehouse.js';
import { formErrors } from './answers.js';

/** Somebody signed in: his cookie, and the addresses of his account and of himself. */
export interface Visitor {
  readonly email: string;
  readonly headers: { readonly cookie: string };
  readonly account: string;
  readonly user: string;
}

/** Signs somebody in at document 002. */
export async function visit(server: TestGatehouse, email: string, password = PASSWORD): Promise<Visitor> {
  const answer = await server.api.post('/api/login', { username: email, password });
  return {
    email,
    headers: cookieHeader(cookieOf(answer)),
    account: answer.body.account.href as string,
    user: answer.body.user.href as string,
  };
}

/** Somebody new, signed in. */
export async function newVisitor(server: TestGatehouse, email: string): Promise<Visitor> {
  await makePerson(server, { email });
  return visit(server, email);
}

/** What a multipart body holds by the names of its parts: texts, files, or several of them. */
export type Parts = Readonly<Record<string, string | Buffer | readonly (string | Buffer)[]>>;

export function formData(parts: Parts): FormData {
  const form = new FormData();
  for (const [name, values] of Object.entries(parts)) {
    for (const value of Array.isArray(values) ? (values as (string | Buffer)[]) : [values]) {
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, new Blob([value as Buffer]), 'img.png');
    }
  }
  return form;
}

/** Changes an account by a multipart body. */
export const upload = (server: TestGatehouse, visitor: Visitor, parts: Parts): Promise<Answer> =>
  server.api.patch(visitor.account, formData(parts), visitor.headers);

export const accountOf = async (server: TestGatehouse, visitor: Visitor) =>
  (await server.api.get(visitor.account, visitor.headers)).body as {
    avatar: string | null;
    profile_cover: string | null;
  };

/** The files in the media folder. */
export function mediaFiles(server: TestGatehouse): string[] {
  const folder = join(server.dataDir, 'media');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** The path of an image by its address. */
export const pathOf = (address: string | null): string => (address ?? '').replace(PUBLIC_URL, '');

/** The bytes of an image by its address. */
export async function fetchImage(server: TestGatehouse, address: string | null): Promise<Buffer> {
  const response = await fetch(`${server.api.address}${pathOf(address)}`);
  return Buffer.from(await response.arrayBuffer());
}

export const INVALID_IMAGE = formErrors({ avatar: ['Invalid image.'] });
