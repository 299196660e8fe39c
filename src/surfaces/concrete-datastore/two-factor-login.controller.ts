import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags, ApiUnauthorizedResponse } from '@nestjs/swagger';
import { CompleteSignIn } from '../../auth/complete-sign-in.service.js';
import type { Actor } from '../../common/actor.js';
import { Public } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { TwoFactorLoginRequest } from './dto/two-factor-login.request.js';
import { SURFACE } from './surface-name.js';

/** 004, the second step of a sign-in with a second factor. */
@ApiTags('concrete-datastore (004)')
@Controller('api/v1.1/auth/two-factor/login')
export class TwoFactorLoginController {
  constructor(private readonly completeSignIn: CompleteSignIn) {}

  @Post()
  @HttpCode(200)
  @Public({ limited: true })
  @ApiOperation({ summary: 'Complete a sign-in with a second factor' })
  @ApiUnauthorizedResponse()
  async post(@CurrentActor() actor: Actor, @Body() body: TwoFactorLoginRequest): Promise<never> {
    return this.completeSignIn.complete(actor, {
      surface: SURFACE,
      identifier: body.email,
      temporaryToken: body.token,
      code: body.verification_code,
    });
  }
}
