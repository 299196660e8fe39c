import { concreteDatastoreFuzz } from '../surfaces/concrete-datastore/fuzz.js';
import type { Answer } from './api.js';
import type { TestGatehouse } from './gatehouse.js';

/** One route with every field that its document names. */
export interface FuzzRoute {
  readonly method: string;
  readonly path: string;
  readonly fields: readonly string[];
  /** A body without a fault of form, a fresh one each time, and the status that it is answered with. */
  readonly valid: () => Readonly<Record<string, unknown>>;
  readonly answers: number;
  /** What is sent beside the body, a credential above all. */
  readonly headers?: Readonly<Record<string, string>>;
  /** False where a document has JSON only. */
  readonly takesForms?: boolean;
}

/** One surface as the type-fuzz needs it. */
export interface FuzzSurface {
  readonly name: string;
  /** The routes, once whom they need is there. */
  prepare(server: TestGatehouse): Promise<readonly FuzzRoute[]>;
  /** Addresses with `{}` where a value goes that came from outside: a token, an id, a query value. */
  readonly addresses: readonly string[];
  /** What is wrong with an answer, or null when it has this surface's own shape. */
  faultOf(answer: Answer, route: { readonly method: string; readonly path: string }): string | null;
}

/** Every surface that takes part. */
export const FUZZ_SURFACES: readonly FuzzSurface[] = [concreteDatastoreFuzz];
