import { AUDIT_KINDS } from '../api/vocabulary.js';

/** Every kind of event, as `GET /v1/audit` names it. */
export const AUDIT_KIND_CHOICES = AUDIT_KINDS.map((id) => ({
  id,
  name: `auditKind.${id.replace('.', '_')}`,
}));
