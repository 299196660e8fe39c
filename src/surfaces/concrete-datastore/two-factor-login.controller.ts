import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CompleteSignIn } from '../../auth/complete-sign-in.service.js';
import type { Actor } from '../../common/actor.js';
import { Public } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { ConcreteDatastorePresenter } from './concrete-datastore.presenters.js';
import { UserBody } from './dto/account.view.js';
import { TwoFactorLoginRequest } from './dto/two-factor-login.request.js';
import { SURFACE } from './surface-name.js';

/** 004, the second step of a sign-in with a second factor. */
@ApiTags('concrete-datastore (004)')
@Controller('api/v1.1/auth/two-factor/login')
export class TwoFactorLoginController {
  constructor(
    private readonly completeSignIn: CompleteSignIn,
    private readonly present: ConcreteDatastorePresenter,
  ) {}

  @Post()
  @HttpCode(200)
  @Public({ limited: true })
  @ApiOperation({ summary: 'Complete a sign-in with a second factor' })
  @ApiOkResponse({ type: UserBody })
  async post(@CurrentActor() actor: Actor, @Body() body: TwoFactorLoginRequest): Promise<UserBody> {
    const { user, token } = await this.completeSignIn.complete(actor, {
      surface: SURFACE,
      identifier: body.email,
      temporaryToken: body.token,
      code: body.verification_code,
    });
    return this.present.userBody(user, token);
  }
}
