import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SignIn } from '../../auth/sign-in.service.js';
import type { Actor } from '../../common/actor.js';
import { Public } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { negotiateLocale } from '../../http/locale.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';
import { ConcreteDatastorePresenter } from './concrete-datastore.presenters.js';
import { UserBody } from './dto/account.view.js';
import { ConcreteDatastoreLoginRequest } from './dto/login.request.js';
import { SURFACE } from './surface-name.js';

/** 004 "Login". */
@ApiTags('concrete-datastore (004)')
@Controller('api/v1.1/auth/login')
export class LoginController {
  constructor(
    private readonly signIn: SignIn,
    private readonly present: ConcreteDatastorePresenter,
  ) {}

  @Post()
  @HttpCode(200)
  @Public({ credential: 'optional', sensitive: true })
  @ApiOperation({ summary: 'Sign in' })
  @ApiOkResponse({ type: UserBody })
  async post(
    @CurrentActor() actor: Actor,
    @Body() body: ConcreteDatastoreLoginRequest,
    @Headers('accept-language') language: string | undefined,
  ): Promise<UserBody> {
    const { user, token, awaits } = await this.signIn.signIn(actor, {
      identifier: body.email,
      password: body.password,
      surface: SURFACE,
      waitsFor: 'any-factor',
      locale: negotiateLocale(language, MAIL_LOCALES),
    });
    return awaits ? this.present.pendingBody(user, token, awaits.kind) : this.present.userBody(user, token);
  }
}
