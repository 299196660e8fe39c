import { Body, Controller, Headers, HttpCode, Options, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequestPasswordReset } from '../../accounts/request-password-reset.service.js';
import { Public } from '../../common/security/access.js';
import { object, text } from '../../http/described.js';
import { negotiateLocale } from '../../http/locale.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';
import { PasswordPolicy } from '../../password-policy/password-policy.service.js';
import { ResetPasswordRequest } from './dto/reset-password.request.js';
import { describeRoute, ROUTE_DESCRIPTION, type RouteDescription } from './route-description.js';

/** 004 "Reset Password Request". */
@ApiTags('concrete-datastore (004)')
@Controller('api/v1.1/auth/reset-password')
export class ResetPasswordController {
  constructor(
    private readonly reset: RequestPasswordReset,
    private readonly policy: PasswordPolicy,
  ) {}

  @Post()
  @HttpCode(200)
  @Public({ credential: 'optional', limited: true })
  @ApiOperation({
    summary: 'Ask for a link to set a new password',
    description: 'Answers alike for everybody.',
  })
  @ApiOkResponse({ schema: object({ email: text('The address, as it was given') }) })
  async post(
    @Body() body: ResetPasswordRequest,
    @Headers('accept-language') language: string | undefined,
  ): Promise<{ email: string }> {
    await this.reset.request({
      identifier: body.email,
      urlFormat: body.url_format ?? null,
      locale: negotiateLocale(language, MAIL_LOCALES),
    });
    return { email: body.email };
  }

  @Options()
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'The rules that a password must meet' })
  @ApiOkResponse({ schema: ROUTE_DESCRIPTION })
  async describe(): Promise<RouteDescription> {
    const { values } = await this.policy.inForce();
    return describeRoute('Reset Password', values);
  }
}
