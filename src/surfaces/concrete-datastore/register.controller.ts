import { Body, Controller, Headers, Options, Post, HttpCode } from '@nestjs/common';
import { ApiOkResponse, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Register } from '../../accounts/register.service.js';
import type { Actor } from '../../common/actor.js';
import { Public } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { negotiateLocale } from '../../http/locale.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';
import { PasswordPolicy } from '../../password-policy/password-policy.service.js';
import { ConcreteDatastorePresenter } from './concrete-datastore.presenters.js';
import { UserBody } from './dto/account.view.js';
import { RegisterRequest } from './dto/register.request.js';
import { describeRoute, ROUTE_DESCRIPTION, type RouteDescription } from './route-description.js';
import { SURFACE } from './surface-name.js';

/** 004 "Register". */
@ApiTags('concrete-datastore (004)')
@Controller('api/v1.1/auth/register')
export class RegisterController {
  constructor(
    private readonly register: Register,
    private readonly policy: PasswordPolicy,
    private readonly present: ConcreteDatastorePresenter,
  ) {}

  @Post()
  @Public({ credential: 'optional', limited: true })
  @ApiOperation({ summary: 'Register' })
  @ApiCreatedResponse({ type: UserBody })
  async post(
    @CurrentActor() actor: Actor,
    @Body() body: RegisterRequest,
    @Headers('accept-language') language: string | undefined,
  ): Promise<UserBody> {
    const { user, token } = await this.register.register(actor, {
      surface: SURFACE,
      email: body.email,
      password: body.password1 ?? null,
      passwordRepeated: body.password2 ?? null,
      urlFormat: body.url_format ?? null,
      emailFormat: body.email_format ?? null,
      firstName: body.first_name,
      lastName: body.last_name,
      locale: negotiateLocale(language, MAIL_LOCALES),
    });
    return this.present.userBody(user, token);
  }

  @Options()
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'The rules that a password must meet' })
  @ApiOkResponse({ schema: ROUTE_DESCRIPTION })
  async describe(): Promise<RouteDescription> {
    const { values } = await this.policy.inForce();
    return describeRoute('Register', values);
  }
}
