import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import { CurrentActor } from '../http/actor.decorator.js';
import { ChangeState } from './change-state.service.js';

/** The life of accounts, for administrators. */
@ApiTags('users')
@Controller('v1/users/:id')
export class AccountsController {
  constructor(private readonly changeState: ChangeState) {}

  @Post('disable')
  @HttpCode(204)
  @Roles({ level: 'admin', scope: 'admin', kinds: ['user', 'service'] })
  @ApiOperation({
    summary: 'Disable a user',
    description: 'Ends all his sessions and links at once. For admins, over users of lower levels.',
  })
  @ApiNoContentResponse()
  disable(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.changeState.change(actor, id, 'blocked');
  }

  @Post('enable')
  @HttpCode(204)
  @Roles({ level: 'admin', scope: 'admin', kinds: ['user', 'service'] })
  @ApiOperation({
    summary: 'Enable a user',
    description: 'Sessions that were ended stay ended. For admins, over users of lower levels.',
  })
  @ApiNoContentResponse()
  enable(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.changeState.change(actor, id, 'active');
  }
}
