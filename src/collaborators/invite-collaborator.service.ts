import { characters } from '../common/characters.js';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { refuseFaults, type FieldFault, type ReadDraft } from '../accounts/field-faults.js';
import { Clock, HOUR, SECOND } from '../common/clock.js';
import { RateLimited } from '../common/errors.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { newId } from '../common/ids.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader, type Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { isMailAddress } from '../mail/mail-address.js';
import { LONGEST_NAME, TOKEN_LIFE } from './collaborator.js';
import { ForeignVideo, TooManyCollaborators, TooManyVideos } from './collaborators.errors.js';
import { CollaboratorsRepository } from './collaborators.repository.js';
import { InvitationMail } from './invitation-mail.service.js';
import { VideosRepository } from './videos.repository.js';

const MOST_VIDEOS = 1_000;
const MOST_COLLABORATORS = 100;

/** Who is invited to which video; null is what was left out. */
export interface Invitation extends ReadDraft {
  readonly videoId: number;
  readonly email: string | null;
  readonly name: string | null;
  readonly canDownload: boolean;
  readonly canComment: boolean;
  /** The language of the mail. */
  readonly locale: string;
}

/** Invites collaborators to videos. */
@Injectable()
export class InviteCollaborator {
  constructor(
    private readonly videos: VideosRepository,
    private readonly collaborators: CollaboratorsRepository,
    private readonly mail: InvitationMail,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Mails a token that opens the video, and makes the video the caller's if nobody has it. A second
   * invitation of the same address adds to what he may do and mails a further token; when no mail may
   * go now, that is refused only for one who has no living token.
   * @throws ForeignVideo, then InvalidFields, TooManyVideos, TooManyCollaborators, RateLimited; nothing is written then
   * Spec: 002 reference note 1.6; contract 4.3.
   */
  async invite(actor: Actor, caller: UserPrincipal, invitation: Invitation): Promise<void> {
    const owner = await this.videos.ownerOf(this.reader, invitation.videoId);
    if (owner !== null && owner !== caller.userId) throw new ForeignVideo();
    const email = normaliseIdentifier(invitation.email ?? '');
    const name = invitation.name?.trim() ?? '';
    refuseFaults(invitation, [...faultsOfEmail(invitation.email, email), ...faultsOfName(name)]);
    const inviter = { userId: caller.userId, name: await this.mail.inviterName(caller) };
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.claim(tx, caller.userId, invitation.videoId);
      const { id, isMailed } = await this.add(tx, caller.userId, { ...invitation, email, name });
      await this.audit.record(tx, actor, { kind: 'collaborator.invited', objectId: id });
      if (isMailed) await this.mail.write(tx, { ...invitation, email, collaboratorId: id }, inviter);
    });
  }

  private async claim(tx: Tx, userId: string, videoId: number): Promise<void> {
    const now = this.clock.now();
    const owner = await this.videos.claim(tx, { id: videoId, claimantId: userId, now });
    if (owner !== userId) throw new ForeignVideo();
    if ((await this.videos.countOf(tx, userId)) > MOST_VIDEOS) throw new TooManyVideos();
  }

  private async add(
    tx: Tx,
    userId: string,
    invitation: Invitation & { email: string; name: string },
  ): Promise<{ id: string; isMailed: boolean }> {
    const { videoId, email } = invitation;
    const now = this.clock.now();
    const present = await this.collaborators.findOf(tx, videoId);
    const known = present.find((collaborator) => collaborator.email === email);
    if (!known && present.length >= MOST_COLLABORATORS) throw new TooManyCollaborators();
    const isMailed = await this.mail.mayWrite(tx, userId, email);
    if (!isMailed && (known?.expiresAt ?? 0) <= now) throw new RateLimited(HOUR / SECOND);
    const expiresAt = isMailed ? now + TOKEN_LIFE : now;
    const id = await this.collaborators.add(tx, { ...invitation, id: newId(), expiresAt, now });
    return { id, isMailed };
  }
}

function faultsOfEmail(typed: string | null, email: string): FieldFault[] {
  if (typed === null) return [{ field: 'email', code: 'blank' }];
  return isMailAddress(email) ? [] : [{ field: 'email', code: 'invalid' }];
}

function faultsOfName(name: string): FieldFault[] {
  if (name === '') return [{ field: 'name', code: 'blank' }];
  return characters(name) > LONGEST_NAME ? [{ field: 'name', code: 'too-long' }] : [];
}
