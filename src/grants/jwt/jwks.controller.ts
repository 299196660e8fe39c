import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../common/security/access.js';
import { SigningKeys, type PublicJwk } from './signing-keys.service.js';
import { list, object, text } from '../../http/described.js';

const JWKS = object({
  keys: list(
    object({
      kty: text('Always RSA'),
      kid: text('The key’s id, as the head of a JWT names it'),
      use: text('Always sig'),
      alg: text('Always RS256'),
      n: text('Modulus, base64url'),
      e: text('Exponent, base64url'),
    }),
    'The present key, and those whose last token has not expired',
  ),
});

/** The public keys, for those who verify our JWTs themselves (they cannot know what was revoked). */
@ApiTags('operations')
@Controller('.well-known/jwks.json')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get()
  @Public()
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({ summary: 'Public keys of access tokens (RFC 7517)' })
  @ApiOkResponse({ schema: JWKS })
  get(): Promise<{ keys: readonly PublicJwk[] }> {
    return this.keys.jwks();
  }
}
