import { nativeFuzz } from '../native/fuzz.js';
import { backupRepositoryFuzz } from '../surfaces/backup-repository/fuzz.js';
import { concreteDatastoreFuzz } from '../surfaces/concrete-datastore/fuzz.js';
import { geminiFuzz } from '../surfaces/gemini/fuzz.js';
import { openLoyaltyFuzz } from '../surfaces/open-loyalty/fuzz.js';
import { romeoFuzz } from '../surfaces/romeo/fuzz.js';
import type { Answer } from './api.js';
import type { TestGatehouse } from './gatehouse.js';

/** One route with every field that its document names. */
export interface FuzzRoute {
  readonly method: string;
  readonly path: string;
  /** A nested one by its bracket name, `admin[email]`, which JSON writes as nested objects. */
  readonly fields: readonly string[];
  /** A body without a fault of form, a fresh one each time, and the status that it is answered with. */
  readonly valid: () => Readonly<Record<string, unknown>>;
  readonly answers: number;
  /** What is sent beside the body, a credential above all. */
  readonly headers?: Readonly<Record<string, string>>;
  /** False where a document has JSON only. */
  readonly takesForms?: boolean;
}

/** An address with `{}` where a value from outside goes: a token, an id, a query value. */
export interface FuzzAddress {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One surface as the type-fuzz needs it. */
export interface FuzzSurface {
  readonly name: string;
  /** Its routes and addresses, once whom they need is there. */
  prepare(server: TestGatehouse): Promise<FuzzTargets>;
  /** What is wrong with an answer, or null when it has this surface's own shape. */
  faultOf(answer: Answer, route: { readonly method: string; readonly path: string }): string | null;
}

export interface FuzzTargets {
  readonly routes: readonly FuzzRoute[];
  readonly addresses: readonly FuzzAddress[];
}

/** Every surface that takes part. */
export const FUZZ_SURFACES: readonly FuzzSurface[] = [
  geminiFuzz,
  backupRepositoryFuzz,
  romeoFuzz,
  concreteDatastoreFuzz,
  openLoyaltyFuzz,
  nativeFuzz,
];
