import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import type { Profile, ProfileChange, ProfileKind } from './profile.js';
import { ForeignProfile, ProfileNotFound, TooManyProfiles } from './profiles.errors.js';
import { ProfilesRepository } from './profiles.repository.js';

const MOST = 50;

/** The artists and venues of users; everybody may look, only their owner may change them. */
@Injectable()
export class Profiles {
  constructor(
    private readonly repository: ProfilesRepository,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ProfileNotFound */
  async get(kind: ProfileKind, id: string): Promise<Profile> {
    const profile = await this.repository.findById(this.reader, kind, id.toLowerCase());
    if (!profile) throw new ProfileNotFound();
    return profile;
  }

  /** The profiles of a user, in order of creation. */
  of(ownerId: string): Promise<Profile[]> {
    return this.repository.findOf(this.reader, ownerId);
  }

  /** Makes a profile of the caller. @throws ForeignProfile for another owner; TooManyProfiles */
  async create(
    caller: UserPrincipal,
    ownerId: string,
    profile: { kind: ProfileKind; name: string; details: ProfileChange['details'] },
  ): Promise<Profile> {
    if (ownerId.toLowerCase() !== caller.userId) throw new ForeignProfile();
    const now = this.clock.now();
    const made: Profile = {
      id: newId(),
      kind: profile.kind,
      ownerId: caller.userId,
      name: profile.name,
      details: merged({}, profile.details),
      createdAt: now,
      updatedAt: now,
    };
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      const present = await this.repository.findOf(tx, caller.userId);
      if (present.filter(({ kind }) => kind === profile.kind).length >= MOST) throw new TooManyProfiles();
      await this.repository.insert(tx, made);
    });
    return made;
  }

  /** Changes a profile of the caller and answers it as it is then. @throws ProfileNotFound, ForeignProfile */
  async change(
    caller: UserPrincipal,
    kind: ProfileKind,
    id: string,
    change: ProfileChange,
  ): Promise<Profile> {
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      const profile = own(await this.repository.findById(tx, kind, id.toLowerCase()), caller);
      const changed: Profile = {
        ...profile,
        name: change.name ?? profile.name,
        details: merged(profile.details, change.details),
        updatedAt: this.clock.now(),
      };
      if (!(await this.repository.update(tx, changed))) throw new ProfileNotFound();
      return changed;
    });
  }

  /** Deletes a profile of the caller. @throws ProfileNotFound, ForeignProfile */
  async remove(caller: UserPrincipal, kind: ProfileKind, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      const profile = own(await this.repository.findById(tx, kind, id.toLowerCase()), caller);
      await this.repository.delete(tx, profile.id);
    });
  }
}

function own(profile: Profile | null, caller: UserPrincipal): Profile {
  if (!profile) throw new ProfileNotFound();
  if (profile.ownerId !== caller.userId) throw new ForeignProfile();
  return profile;
}

function merged(
  present: Readonly<Record<string, string>>,
  change: ProfileChange['details'],
): Record<string, string> {
  const entries = Object.entries({ ...present, ...change });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}
