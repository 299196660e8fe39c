import { bearer } from './api.js';
import { mailsWrittenTo, makePerson, signIn, type Person, type PersonFields } from './declared-people.js';
import type { TestGatehouse } from './gatehouse.js';

export const EMAIL_FACTOR = '/v1/me/factors/email';

/** Somebody who asked for codes by e-mail. */
export interface MailGuarded extends Person {
  /** A token of 004 from before; it goes on. */
  readonly token: string;
}

export async function makeMailGuarded(server: TestGatehouse, fields: PersonFields): Promise<MailGuarded> {
  const person = await makePerson(server, fields);
  const token = await signIn(server, person);
  const answer = await server.api.send('PUT', EMAIL_FACTOR, undefined, bearer(token));
  if (answer.status !== 204) throw new Error(`Not enabled: ${answer.status}`);
  return { ...person, token };
}

const CODE = /^\d{8}$/m;

/** The `count`th code that was mailed to an address, as soon as it is there. */
export async function mailedCode(server: TestGatehouse, address: string, count = 1): Promise<string> {
  const mail = await server.mailbox.waitFor(address, count, CODE);
  const [code] = CODE.exec(mail.text ?? '') ?? [];
  if (!code) throw new Error(`The mail to ${address} has no code`);
  return code;
}

/** How many codes were ever mailed to an address. */
export async function codesMailedTo(server: TestGatehouse, address: string): Promise<number> {
  return (await mailsWrittenTo(server, address)).filter((kind) => kind === 'sign-in-code').length;
}

/** Eight digits that are surely not this code. */
export const wrongCodeFor = (code: string): string => String((Number(code) + 1) % 1e8).padStart(8, '0');
