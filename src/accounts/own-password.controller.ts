import { Body, Controller, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { ChangeOwnPassword } from './change-own-password.service.js';
import { SetOwnPasswordRequest } from './dto/set-own-password.request.js';

/** One's own password. It needs a sign-in of the last 15 minutes (contract 3.2). */
@ApiTags('me')
@Controller('v1/me/password')
export class OwnPasswordController {
  constructor(private readonly changeOwn: ChangeOwnPassword) {}

  @Put()
  @HttpCode(204)
  @Roles({ session: 'recent', sensitive: true })
  @ApiOperation({
    summary: 'Change one’s own password, or set the first one',
    description:
      'All other sessions end, and so does the trust in devices; this session goes on. A wrong present password counts as a failed sign-in.',
  })
  @ApiNoContentResponse({ description: 'It counts from now on' })
  set(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() principal: UserPrincipal,
    @Body() { currentPassword = null, password }: SetOwnPasswordRequest,
  ): Promise<void> {
    const change = { currentPassword, password, field: 'password', mayBeFirst: true };
    return this.changeOwn.change(actor, principal, change);
  }
}
