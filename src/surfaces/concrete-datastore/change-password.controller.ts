import { Body, Controller, HttpCode, Options, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { ChangePassword, type PasswordChanged } from '../../accounts/change-password.service.js';
import { RedeemPasswordLink } from '../../accounts/redeem-password-link.service.js';
import type { Actor } from '../../common/actor.js';
import { Public } from '../../common/security/access.js';
import { object, text } from '../../http/described.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { PasswordPolicy } from '../../password-policy/password-policy.service.js';
import { ConcreteDatastorePresenter } from './concrete-datastore.presenters.js';
import { ChangedPasswordBody } from './dto/account.view.js';
import { ChangePasswordRequest } from './dto/change-password.request.js';
import { describeRoute, ROUTE_DESCRIPTION, type RouteDescription } from './route-description.js';
import { SURFACE } from './surface-name.js';

/** What is answered of another's password, and of one's own by a mailed token. */
const OF_ANOTHER = object({ email: text('Whose password it is'), message: text('That it was changed') });

/** 004 "Change Password". */
@ApiTags('concrete-datastore (004)')
@Controller('api/v1.1/auth/change-password')
export class ChangePasswordController {
  constructor(
    private readonly redeem: RedeemPasswordLink,
    private readonly change: ChangePassword,
    private readonly policy: PasswordPolicy,
    private readonly present: ConcreteDatastorePresenter,
  ) {}

  @Post()
  @HttpCode(200)
  @Public({ credential: 'optional', limited: true })
  @ApiOperation({ summary: 'Set a new password by a mailed token, or as who is signed in' })
  @ApiExtraModels(ChangedPasswordBody)
  @ApiOkResponse({ schema: { oneOf: [{ $ref: getSchemaPath(ChangedPasswordBody) }, OF_ANOTHER] } })
  async post(
    @CurrentActor() actor: Actor,
    @Body() body: ChangePasswordRequest,
  ): Promise<ChangedPasswordBody | { email: string; message: string }> {
    const change = {
      surface: SURFACE,
      email: body.email,
      password: body.password1,
      passwordRepeated: body.password2,
    };
    const token = body.password_change_token;
    const changed = token
      ? await this.redeem.redeem(actor, { ...change, token })
      : await this.change.change(actor, change);
    return this.bodyOf(changed);
  }

  @Options()
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'The rules that a password must meet' })
  @ApiOkResponse({ schema: ROUTE_DESCRIPTION })
  async describe(): Promise<RouteDescription> {
    const { values } = await this.policy.inForce();
    return describeRoute('Change Password', values);
  }

  /** One's own change answers the account with a fresh token, another's a message. */
  private bodyOf({ user, token }: PasswordChanged): ChangedPasswordBody | { email: string; message: string } {
    if (token === null) return { email: user.email ?? '', message: 'Password updated !' };
    return { ...this.present.accountBody(user), token };
  }
}
