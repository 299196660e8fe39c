import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import type { Collaborator } from './collaborator.js';
import { CollaboratorNotFound, ForeignVideo } from './collaborators.errors.js';
import { CollaboratorsRepository } from './collaborators.repository.js';
import { VideosRepository } from './videos.repository.js';

/** The collaborators of a video, for its owner alone: they have addresses. */
@Injectable()
export class ManageCollaborators {
  constructor(
    private readonly videos: VideosRepository,
    private readonly collaborators: CollaboratorsRepository,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** All of them, in order of their first invitation. @throws ForeignVideo */
  async list(caller: UserPrincipal, videoId: number): Promise<Collaborator[]> {
    await this.assertOwn(caller, videoId);
    return this.collaborators.findOf(this.reader, videoId);
  }

  /**
   * Removes one. His tokens are refused, and sessions see the video no more, from the next request on:
   * rights are read from the rows that go here. @throws ForeignVideo, CollaboratorNotFound
   */
  async remove(actor: Actor, caller: UserPrincipal, videoId: number, collaboratorId: string): Promise<void> {
    await this.assertOwn(caller, videoId);
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      const id = collaboratorId.toLowerCase();
      if (!(await this.collaborators.remove(tx, videoId, id))) throw new CollaboratorNotFound();
      await this.audit.record(tx, actor, { kind: 'collaborator.removed', objectId: id });
    });
  }

  private async assertOwn(caller: UserPrincipal, videoId: number): Promise<void> {
    const owner = await this.videos.ownerOf(this.reader, videoId);
    if (owner !== caller.userId) throw new ForeignVideo();
  }
}
