import type { Principal } from './security/principal.js';

/** Who asks, from where: the first argument of every use case that is audited, noticed or limited. */
export interface Actor {
  readonly principal: Principal | null;
  /** The peer's address, after as many proxy hops as `TRUST_PROXY` believes. */
  readonly address: string;
  readonly userAgent: string;
  readonly requestId: string;
  /** The documented API that was asked; absent where none was. */
  readonly surface?: string;
  /** Aborted when the caller has hung up: work that nobody waits for any more may be dropped. */
  readonly signal?: AbortSignal;
}

/** The actor of what Gatehouse does on its own: manifests, first start, command line. */
export const SYSTEM_ACTOR: Actor = { principal: null, address: '', userAgent: '', requestId: 'system' };
