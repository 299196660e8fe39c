import { loadConfig } from '../config/load-config.js';
import { securityHeaders } from './security-headers.js';

describe('securityHeaders', () => {
  it('promises https only where the public URL is https', () => {
    expect(
      securityHeaders(loadConfig({ PUBLIC_URL: 'https://gate.example' }))['strict-transport-security'],
    ).toBe('max-age=31536000');
    expect(securityHeaders(loadConfig({}))['strict-transport-security']).toBeUndefined();
  });
});
