import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import jsonwebtoken from 'jsonwebtoken';
import { Clock, SECOND } from '../../common/clock.js';
import { Config } from '../../config/config.js';
import { CredentialExpired, CredentialForged } from '../grants.errors.js';
import { SigningKeys } from './signing-keys.service.js';

const { decode, JsonWebTokenError, sign, TokenExpiredError, verify } = jsonwebtoken;

const ALGORITHM = 'RS256';
/** RFC 9068: a token of another type, such as an identity token, is none of ours. */
const TYPE = 'at+jwt';

/** What every access token says; a surface adds claims of its own. Times in seconds since 1970. */
export interface AccessClaims {
  readonly sub: string;
  readonly sid: string;
  readonly jti: string;
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
}

/** Signs and verifies the JWTs of the surfaces that document them. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly config: Config,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** A JWT for one grant at one surface; it expires at `expiresAt` (ms since 1970, to the second below). */
  async sign(token: {
    userId: string;
    grantId: string;
    surface: string;
    expiresAt: number;
    claims: object;
  }): Promise<string> {
    const { id, privateKey } = await this.keys.current();
    const claims: AccessClaims = {
      ...token.claims,
      sub: token.userId,
      sid: token.grantId,
      jti: randomUUID(),
      iss: this.config.links.publicUrl,
      aud: token.surface,
      iat: Math.floor(this.clock.now() / SECOND),
      exp: Math.floor(token.expiresAt / SECOND),
    };
    return sign(claims, privateKey, { algorithm: ALGORITHM, header: { alg: ALGORITHM, typ: TYPE, kid: id } });
  }

  /**
   * Returns the claims of a JWT that we signed for one of our surfaces. The key is found by `kid` among
   * our own; nothing that the token brings along (`jku`, `jwk`, `x5u`, another `alg`) is looked at.
   * @throws CredentialForged with the reason, CredentialExpired
   */
  async verify(token: string): Promise<AccessClaims> {
    const key = await this.keys.publicKey(this.kidOf(token));
    if (!key) throw new CredentialForged('signature');
    try {
      return verify(token, key, {
        algorithms: [ALGORITHM],
        issuer: this.config.links.publicUrl,
        clockTimestamp: Math.floor(this.clock.now() / SECOND),
      }) as unknown as AccessClaims;
    } catch (error) {
      if (error instanceof TokenExpiredError) throw new CredentialExpired();
      if (error instanceof JsonWebTokenError) throw new CredentialForged('signature', { cause: error });
      throw error;
    }
  }

  private kidOf(token: string): string {
    if (token.split('.').length !== 3) throw new CredentialForged('segments');
    const header = headerOf(token);
    if (!header) throw new CredentialForged('encoding');
    if (header.alg !== ALGORITHM) throw new CredentialForged('algorithm');
    if (header.typ !== TYPE || typeof header.kid !== 'string') throw new CredentialForged('signature');
    return header.kid;
  }
}

function headerOf(token: string): jsonwebtoken.JwtHeader | null {
  try {
    return decode(token, { complete: true })?.header ?? null;
  } catch {
    return null;
  }
}
