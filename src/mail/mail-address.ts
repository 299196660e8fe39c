/** A recipient is not one plain address; whoever checked it let it through. */
export class UnusableAddress extends Error {
  constructor() {
    super('A mail was to be written to something that is not one plain address');
    this.name = 'UnusableAddress';
  }
}

const LOCAL = String.raw`(?:[^\p{C}\s<>,;:"()\\@]+|"(?:[^\p{C}"\\<>]|\\[^\p{C}<>])+")`;
const HOST = String.raw`[^\p{C}\s<>,;"()\\@]+`;
const ONE_ADDRESS = new RegExp(`^${LOCAL}@${HOST}$`, 'u');

/** True for one `local@host` of 254 characters at most, without line breaks, lists or invisible characters. */
export function isMailAddress(address: string): boolean {
  return address.length <= 254 && ONE_ADDRESS.test(address);
}

/**
 * The last fence against header injection: one `local@host` without line breaks or lists. That the
 * address may be used at all is for `users` to say.
 * @throws UnusableAddress
 */
export function assertMailAddress(address: string): void {
  if (!isMailAddress(address)) throw new UnusableAddress();
}
