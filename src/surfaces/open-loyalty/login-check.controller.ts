import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import { LastSignIn } from '../../auth/last-sign-in.service.js';
import { SignIn } from '../../auth/sign-in.service.js';
import type { Actor } from '../../common/actor.js';
import type { UserType } from '../../common/levels.js';
import { Public } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { claimsOf } from './claims.js';
import { LoginCheckRequest } from './dto/login-check.request.js';
import { SURFACE } from './surface-name.js';
import { TOKEN_PAIR } from './open-loyalty.schemas.js';

/** 003 "Obtain an access token". */
@ApiTags('open-loyalty (003)')
@Controller('api')
export class LoginCheckController {
  constructor(
    private readonly signIn: SignIn,
    private readonly lastSignIn: LastSignIn,
  ) {}

  @Post('admin/login_check')
  @HttpCode(200)
  @Public({ sensitive: true })
  @ApiOperation({ summary: 'Sign in as an administrator' })
  @ApiOkResponse({ schema: TOKEN_PAIR })
  admin(@CurrentActor() actor: Actor, @Body() body: LoginCheckRequest) {
    return this.check(actor, body, 'admin');
  }

  @Post('customer/login_check')
  @HttpCode(200)
  @Public({ sensitive: true })
  @ApiOperation({ summary: 'Sign in as a customer' })
  @ApiOkResponse({ schema: TOKEN_PAIR })
  customer(@CurrentActor() actor: Actor, @Body() body: LoginCheckRequest) {
    return this.check(actor, body, 'customer');
  }

  @Post('seller/login_check')
  @HttpCode(200)
  @Public({ sensitive: true })
  @ApiOperation({ summary: 'Sign in as a seller' })
  @ApiOkResponse({ schema: TOKEN_PAIR })
  seller(@CurrentActor() actor: Actor, @Body() body: LoginCheckRequest) {
    return this.check(actor, body, 'seller');
  }

  private async check(actor: Actor, body: LoginCheckRequest, type: UserType) {
    const { token, refreshToken } = await this.signIn.signIn(actor, {
      identifier: body._username,
      password: body._password,
      surface: SURFACE,
      types: [type],
      claimsOf: async (user) => claimsOf(user, await this.lastSignIn.of(user.id)),
      isRefreshable: true,
    });
    return { token, refresh_token: refreshToken };
  }
}
