import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SECOND } from '../common/clock.js';
import type { Principal } from '../common/security/principal.js';
import { Fence } from '../fence/fence.service.js';
import type { CredentialUse } from './grant.js';
import type { Subject } from '../fence/subject.js';

/** A copy of what a credential stands for, with what must be checked at every use. */
export interface CachedPrincipal {
  readonly principal: Principal;
  readonly use: CredentialUse;
  readonly surface: string;
  readonly grantId: string;
  /** Where it counts: in each of these lists of networks; none is everywhere. */
  readonly networks: readonly (readonly string[])[];
  readonly subjects: readonly Subject[];
  readonly expiresAt: number;
  readonly idleTtl: number | null;
  readonly lastUsedAt: number;
  readonly storedAt: number;
}

const ENTRIES = 10_000;
const LONGEST_LIFE = 30 * SECOND;

/**
 * Copies of principals by the digest of their credential. An entry is dropped as soon as the fence
 * tells of a change of its user or grant, and lives 30 s at most. A copy counts only after the barrier.
 */
@Injectable()
export class PrincipalCache {
  private readonly keysBySubject = new Map<Subject, Set<string>>();
  private readonly entries = new LRUCache<string, CachedPrincipal>({
    max: ENTRIES,
    dispose: (entry, digest) => this.forget(entry, digest),
  });

  constructor(private readonly fence: Fence) {
    fence.onChange((subject) => this.drop(subject));
  }

  find(digest: string, now: number): CachedPrincipal | null {
    const entry = this.entries.get(digest);
    return entry && now - entry.storedAt < LONGEST_LIFE ? entry : null;
  }

  /** Keeps a copy that was read at fence `position`, unless something about it has changed since. */
  store(digest: string, entry: CachedPrincipal, position: number): void {
    if (!this.fence.isUnchangedSince(position, entry.subjects)) return;
    this.entries.set(digest, entry);
    for (const subject of entry.subjects) {
      const keys = this.keysBySubject.get(subject);
      if (keys) keys.add(digest);
      else this.keysBySubject.set(subject, new Set([digest]));
    }
  }

  private drop(subject: Subject): void {
    for (const digest of [...(this.keysBySubject.get(subject) ?? [])]) this.entries.delete(digest);
  }

  private forget(entry: CachedPrincipal, digest: string): void {
    for (const subject of entry.subjects) {
      const keys = this.keysBySubject.get(subject);
      keys?.delete(digest);
      if (keys?.size === 0) this.keysBySubject.delete(subject);
    }
  }
}
