import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import { ChangeOwnPassword } from '../../accounts/change-own-password.service.js';
import { RedeemPasswordLink } from '../../accounts/redeem-password-link.service.js';
import { RequestPasswordReset } from '../../accounts/request-password-reset.service.js';
import type { Actor } from '../../common/actor.js';
import type { UserType } from '../../common/levels.js';
import { Public, Roles } from '../../common/security/access.js';
import type { UserPrincipal } from '../../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../../http/actor.decorator.js';
import { PasswordUnacceptable } from '../../password-policy/password-policy.errors.js';
import { CallersLocale } from './callers-locale.decorator.js';
import { InvalidFields, refuseFaults } from '../../accounts/field-faults.js';
import { SamePassword } from '../../accounts/accounts.errors.js';
import { passwordChangeForm, resetForm } from './forms/forms.js';
import { memberOf, secret, text, UNREADABLE } from './forms/readers.js';
import { ResetNameMissing, ResetTokenMissing } from './reset.errors.js';
import { SUCCESS } from './open-loyalty.schemas.js';
import { PASSWORD_CHANGE_FORM, RESET_REQUEST_FORM, RESET_FORM } from './forms/form-schemas.js';

const FIELD = 'plainPassword';
const DONE = { success: true } as const;

/** Change and reset of passwords (reference note 1.6, 1.7; contract 4.4). */
@ApiTags('open-loyalty (003)')
@Controller('api')
export class PasswordController {
  constructor(
    private readonly changeOwn: ChangeOwnPassword,
    private readonly requestReset: RequestPasswordReset,
    private readonly redeem: RedeemPasswordLink,
  ) {}

  @Post('admin/password/change')
  @HttpCode(200)
  @Roles({ types: ['admin'], session: 'own', sensitive: true })
  @ApiBody({ schema: PASSWORD_CHANGE_FORM })
  @ApiOperation({ summary: 'Change one’s own password, as an administrator' })
  @ApiOkResponse({ schema: SUCCESS })
  admin(@CurrentActor() actor: Actor, @CurrentPrincipal() principal: UserPrincipal, @Body() body: object) {
    return this.change(actor, principal, body);
  }

  @Post('customer/password/change')
  @HttpCode(200)
  @Roles({ types: ['customer'], session: 'own', sensitive: true })
  @ApiBody({ schema: PASSWORD_CHANGE_FORM })
  @ApiOperation({ summary: 'Change one’s own password, as a customer' })
  @ApiOkResponse({ schema: SUCCESS })
  customer(@CurrentActor() actor: Actor, @CurrentPrincipal() principal: UserPrincipal, @Body() body: object) {
    return this.change(actor, principal, body);
  }

  @Post('seller/password/change')
  @HttpCode(200)
  @Roles({ types: ['seller'], session: 'own', sensitive: true })
  @ApiBody({ schema: PASSWORD_CHANGE_FORM })
  @ApiOperation({ summary: 'Change one’s own password, as a seller' })
  @ApiOkResponse({ schema: SUCCESS })
  seller(@CurrentActor() actor: Actor, @CurrentPrincipal() principal: UserPrincipal, @Body() body: object) {
    return this.change(actor, principal, body);
  }

  @Post('password/reset/request')
  @HttpCode(200)
  @Public({ limited: true })
  @ApiBody({ schema: RESET_REQUEST_FORM })
  @ApiOperation({
    summary: 'Ask for a link to set a new password',
    description: 'Alike for whoever it names.',
  })
  @ApiOkResponse({ schema: SUCCESS })
  request(@CallersLocale() locale: string, @Body() body: object) {
    return this.ask(body, locale);
  }

  @Post('customer/password/reset/request')
  @HttpCode(200)
  @Public({ limited: true })
  @ApiBody({ schema: RESET_REQUEST_FORM })
  @ApiOperation({ summary: 'Ask for a link to set a new password, as a customer' })
  @ApiOkResponse({ schema: SUCCESS })
  requestAsCustomer(@CallersLocale() locale: string, @Body() body: object) {
    return this.ask(body, locale, ['customer']);
  }

  @Post('password/reset')
  @HttpCode(200)
  @Public({ limited: true })
  @ApiBody({ schema: RESET_FORM })
  @ApiQuery({
    name: 'token',
    required: false,
    description: 'The token, where the body has none',
    schema: { type: 'string' },
  })
  @ApiOperation({
    summary: 'Set a new password by a mailed token',
    description: 'Ends every session of its owner.',
  })
  @ApiOkResponse({ schema: SUCCESS })
  reset(@CurrentActor() actor: Actor, @Query('token') queried: unknown, @Body() body: object) {
    const token = tokenOf(memberOf(body, 'token')) ?? tokenOf(queried);
    if (token === null) throw new ResetTokenMissing();
    return resetForm.submit(body, async ({ plainPassword }, unreadable) => {
      refuseFaults({ unreadable }, plainPassword === null ? [{ field: FIELD, code: 'blank' }] : []);
      await this.set(actor, token, plainPassword ?? '');
      return DONE;
    });
  }

  private change(actor: Actor, principal: UserPrincipal, body: object) {
    return passwordChangeForm.submit(body, async ({ currentPassword, plainPassword }, unreadable) => {
      const change = { currentPassword, password: plainPassword, field: FIELD, mayBeFirst: false };
      await this.changeOwn.change(actor, principal, { ...change, unreadable });
      return DONE;
    });
  }

  private async ask(body: object, locale: string, types?: readonly UserType[]) {
    const username = text(memberOf(body, 'username'));
    if (username === null || username === UNREADABLE) throw new ResetNameMissing();
    await this.requestReset.request({ identifier: username, urlFormat: null, types, locale });
    return DONE;
  }

  private async set(actor: Actor, token: string, password: string): Promise<void> {
    try {
      const typed = { password, passwordRepeated: password };
      await this.redeem.redeem(actor, { surface: null, token, email: null, ...typed });
    } catch (error) {
      if (error instanceof SamePassword) {
        throw new InvalidFields([{ field: FIELD, code: 'same' }], { cause: error });
      }
      if (!(error instanceof PasswordUnacceptable)) throw error;
      const { violations } = error;
      throw new InvalidFields([{ field: FIELD, code: 'password', violations }], { cause: error });
    }
  }
}

function tokenOf(value: unknown): string | null {
  const token = secret(value);
  return token === UNREADABLE ? null : token;
}
