import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { CurrentPrincipal } from '../http/actor.decorator.js';
import { MeView, toMeView } from './dto/user.view.js';

/** The signed-in user himself. */
@ApiTags('me')
@Controller('v1/me')
export class MeController {
  @Get()
  @Roles({ scope: 'profile' })
  @ApiOperation({ summary: 'The signed-in user' })
  @ApiOkResponse({ type: MeView })
  me(@CurrentPrincipal() principal: UserPrincipal): MeView {
    return toMeView(principal.user);
  }
}
