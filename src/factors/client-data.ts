const BASE64URL = /^[\w-]{1,128}$/;

/**
 * The challenge that a browser says was signed; null for what is no client data, or was signed in a frame
 * on another site's page. Spec: Web Authentication Level 3, 5.8.1.
 */
export function challengeIn(clientDataJson: string): string | null {
  const { challenge, crossOrigin } = membersOf(clientDataJson);
  const isChallenge = typeof challenge === 'string' && BASE64URL.test(challenge);
  return isChallenge && crossOrigin !== true ? challenge : null;
}

function membersOf(clientDataJson: string): { challenge?: unknown; crossOrigin?: unknown } {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8'));
    return typeof data === 'object' && data !== null ? data : {};
  } catch {
    return {};
  }
}
