import { sealHash, type AuditEvent } from './audit-event.js';

const EVENT: AuditEvent = {
  id: '01900000-0000-7000-8000-000000000001',
  at: 1_763_640_000_000,
  kind: 'session.opened',
  actorKind: 'anonymous',
  actorId: null,
  userId: '01900000-0000-7000-8000-000000000002',
  objectId: '01900000-0000-7000-8000-000000000003',
  address: '192.0.2.1',
  requestId: 'request-1',
  surface: 'romeo',
};

describe('the hash of a seal', () => {
  it('is written down for good: stored chains depend on it', () => {
    expect(sealHash('', EVENT)).toBe('EkielY0MJPbGr_V8xSmus_HJn3I6V76P1EsxbtXExW0');
  });

  it('changes with the hash before it and with every field', () => {
    const hashes = [sealHash('', EVENT), sealHash('x', EVENT)];
    for (const field of Object.keys(EVENT)) {
      const value = field === 'at' ? EVENT.at + 1 : 'other';
      hashes.push(sealHash('', { ...EVENT, [field]: value }));
    }
    expect(new Set(hashes).size).toBe(Object.keys(EVENT).length + 2);
  });
});
