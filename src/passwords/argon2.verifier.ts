import { verify } from '@node-rs/argon2';
import { parseArgon2 } from './argon2-phc.js';
import type { Argon2Parameters } from './argon2id.js';
import type { Verifier } from './verifier.js';

/** The most that a hash may ask for; `workKib` is memory times passes, which is what its time grows with. */
export interface Argon2Limits extends Argon2Parameters {
  readonly workKib: number;
}

/** 256 MiB, 16 passes, 16 lanes, and 1 GiB written in all: about a second. */
export const ARGON2_LIMITS: Argon2Limits = {
  memoryKib: 262_144,
  timeCost: 16,
  parallelism: 16,
  workKib: 1_048_576,
};

/** A shorter digest is broken: too many passwords would match it. */
const SHORTEST_DIGEST = 16;

/** argon2id, argon2i and argon2d in PHC form, of both versions. */
export class Argon2Verifier implements Verifier {
  constructor(private readonly limits: Argon2Limits = ARGON2_LIMITS) {}

  recognises(hash: string): boolean {
    const found = parseArgon2(hash);
    return (
      found !== null &&
      found.outputLen >= SHORTEST_DIGEST &&
      found.memoryCost <= this.limits.memoryKib &&
      found.timeCost <= this.limits.timeCost &&
      found.memoryCost * found.timeCost <= this.limits.workKib &&
      found.parallelism <= this.limits.parallelism
    );
  }

  async verify(hash: string, password: string): Promise<boolean> {
    return this.recognises(hash) && (await verify(hash, password));
  }
}
