import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../common/security/access.js';
import { SigningKeys, type PublicJwk } from './signing-keys.service.js';

/** The public keys, for those who verify our JWTs themselves (they cannot know what was revoked). */
@ApiTags('operations')
@Controller('.well-known/jwks.json')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get()
  @Public()
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({ summary: 'Public keys of access tokens (RFC 7517)' })
  @ApiOkResponse()
  get(): Promise<{ keys: readonly PublicJwk[] }> {
    return this.keys.jwks();
  }
}
