import { DomainError } from '../common/domain-error.js';

/** The video is not the caller's, or there is none that is known here: he never learns which. */
export class ForeignVideo extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'foreign-video';
}

/** The video has no such collaborator; told only to its owner. */
export class CollaboratorNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'collaborator-not-found';
}

/** The account shares as many videos as anybody may share. */
export class TooManyVideos extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'too-many-videos';
}

/** The video has as many collaborators as any may have. */
export class TooManyCollaborators extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'too-many-collaborators';
}
