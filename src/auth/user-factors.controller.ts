import { Controller, Delete, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import { CurrentActor } from '../http/actor.decorator.js';
import { RemoveUserFactor } from './remove-user-factor.service.js';

/** The second factor of users, for administrators over users of lower levels. */
@ApiTags('users')
@Controller('v1/users/:id/factors')
export class UserFactorsController {
  constructor(private readonly removeUserFactor: RemoveUserFactor) {}

  @Delete()
  @HttpCode(204)
  @Roles({ level: 'admin', session: 'recent' })
  @ApiOperation({
    summary: 'Take a user’s second factor away',
    description:
      'For who has lost his device and his recovery codes. Ends all his sessions. Needs a sign-in within 15 minutes.',
  })
  @ApiNoContentResponse()
  remove(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.removeUserFactor.remove(actor, id);
  }
}
