import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { GuestPrincipal, UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { VIDEO_PERMISSIONS, type SharedVideo } from './collaborator.js';
import { CollaboratorRightsRepository } from './collaborator-rights.repository.js';
import { ForeignVideo } from './collaborators.errors.js';
import { VideosRepository } from './videos.repository.js';

/** Shows a video to its owner and to who showed a collaborator's token of it. */
@Injectable()
export class ViewVideo {
  constructor(
    private readonly videos: VideosRepository,
    private readonly rights: CollaboratorRightsRepository,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /**
   * The video with what the caller may do: everything when it is his, else what the tokens give that
   * were shown in his session. An address of his gives nothing. @throws ForeignVideo
   */
  async view(caller: UserPrincipal | GuestPrincipal, id: number): Promise<SharedVideo> {
    if (caller.kind === 'user' && (await this.videos.ownerOf(this.reader, id)) === caller.userId) {
      return { id, permissions: VIDEO_PERMISSIONS };
    }
    const collaborators = await this.rights.findOfSession(this.reader, {
      videoId: id,
      sessionId: caller.kind === 'user' ? caller.grantId : caller.sessionId,
      now: this.clock.now(),
    });
    if (collaborators.length === 0) throw new ForeignVideo();
    const given = collaborators.flatMap(({ permissions }) => permissions);
    return { id, permissions: VIDEO_PERMISSIONS.filter((permission) => given.includes(permission)) };
  }
}
