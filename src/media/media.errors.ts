import { DomainError } from '../common/domain-error.js';

/** What was sent is no whole PNG, JPEG or WebP of at most 50 megapixels, or too long when encoded anew. */
export class ImageRefused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'image-refused';
}
