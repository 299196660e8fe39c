// The words that the server has too, from its own files: a list of ours would fall behind.
export { AUDIT_KINDS } from '../../../../src/audit/audit-kinds.js';
export { isAbove, LEVELS, type Level } from '../../../../src/common/levels.js';
export { ACCESSES, RESOURCES } from '../../../../src/common/permissions.js';
