import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import { ConfirmEmail } from '../../accounts/confirm-email.service.js';
import { ChangeMemberState } from '../../accounts/members/change-member-state.service.js';
import { CountMembers } from '../../accounts/members/count-members.service.js';
import { RegisterMember } from '../../accounts/members/register-member.service.js';
import type { Actor } from '../../common/actor.js';
import { Public, Roles } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { CallersLocale } from './callers-locale.decorator.js';
import { EMPTY_TEXT, JSON_TYPE } from './empty-text.js';
import { CheckQuery } from './dto/check.query.js';
import { customerForm, selfRegisterForm } from './forms/forms.js';
import { customerDraft } from './member-drafts.js';
import { CUSTOMER_ID, NOTHING, TOTAL } from './open-loyalty.schemas.js';
import { SELF_REGISTER_FORM, CUSTOMER_FORM } from './forms/form-schemas.js';

const KINDS = ['user', 'service'] as const;

/** Customers, as far as their accounts go (reference note 1.10; contract 4.4). */
@ApiTags('open-loyalty (003)')
@Controller('api')
export class CustomersController {
  constructor(
    private readonly register: RegisterMember,
    private readonly changeState: ChangeMemberState,
    private readonly members: CountMembers,
    private readonly confirmEmail: ConfirmEmail,
  ) {}

  @Post('customer/self_register')
  @HttpCode(200)
  @Public({ limited: true })
  @ApiBody({ schema: SELF_REGISTER_FORM })
  @ApiOperation({
    summary: 'Register as a customer',
    description: 'Active once the mailed link is redeemed.',
  })
  @ApiOkResponse({ schema: CUSTOMER_ID })
  selfRegister(@CurrentActor() actor: Actor, @CallersLocale() locale: string, @Body() body: object) {
    return selfRegisterForm.submit(body, async (values, unreadable) => {
      const draft = customerDraft(values, values.plainPassword, unreadable);
      const { id, email } = await this.register.registerSelf(actor, { draft, locale });
      return { customerId: id, email };
    });
  }

  @Post('customer/register')
  @HttpCode(200)
  @Roles({ permission: 'CUSTOMER:MODIFY', kinds: KINDS, limited: true })
  @ApiBody({ schema: CUSTOMER_FORM })
  @ApiOperation({ summary: 'Register a customer, who is mailed a link to set his password' })
  @ApiOkResponse({ schema: CUSTOMER_ID })
  registerOne(@CurrentActor() actor: Actor, @CallersLocale() locale: string, @Body() body: object) {
    return this.registerOther(actor, locale, body);
  }

  @Post('admin/customer/register')
  @HttpCode(200)
  @Roles({ permission: 'CUSTOMER:MODIFY', kinds: KINDS, limited: true })
  @ApiBody({ schema: CUSTOMER_FORM })
  @ApiOperation({ summary: 'Register a customer, as an administrator' })
  @ApiOkResponse({ schema: CUSTOMER_ID })
  registerAsAdmin(@CurrentActor() actor: Actor, @CallersLocale() locale: string, @Body() body: object) {
    return this.registerOther(actor, locale, body);
  }

  @Post('seller/customer/register')
  @HttpCode(200)
  @Roles({ types: ['seller'], limited: true })
  @ApiBody({ schema: CUSTOMER_FORM })
  @ApiOperation({ summary: 'Register a customer, as a seller' })
  @ApiOkResponse({ schema: CUSTOMER_ID })
  registerAsSeller(@CurrentActor() actor: Actor, @CallersLocale() locale: string, @Body() body: object) {
    return this.registerOther(actor, locale, body);
  }

  @Post('customer/activate/:token')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @Public({ limited: true })
  @ApiOperation({ summary: 'Activate the account that the mailed token is of; works once' })
  @ApiOkResponse({ schema: NOTHING })
  async activateByToken(@CurrentActor() actor: Actor, @Param('token') token: string): Promise<string> {
    await this.confirmEmail.confirm(actor, token);
    return EMPTY_TEXT;
  }

  @Post('admin/customer/:id/activate')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @Roles({ permission: 'CUSTOMER:MODIFY', kinds: KINDS })
  @ApiOperation({ summary: 'Let a customer in' })
  @ApiOkResponse({ schema: NOTHING })
  async activate(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<string> {
    await this.changeState.change(actor, { id, type: 'customer' }, 'active');
    return EMPTY_TEXT;
  }

  @Post('admin/customer/:id/deactivate')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @Roles({ permission: 'CUSTOMER:MODIFY', kinds: KINDS })
  @ApiOperation({ summary: 'Shut a customer out, with the next request' })
  @ApiOkResponse({ schema: NOTHING })
  async deactivate(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<string> {
    await this.changeState.change(actor, { id, type: 'customer' }, 'blocked');
    return EMPTY_TEXT;
  }

  @Get('customer/check')
  @Roles({ permission: 'CUSTOMER:VIEW', kinds: KINDS })
  @ApiOperation({ summary: 'Whether a customer has this address or phone number' })
  @ApiOkResponse({ schema: TOTAL })
  async check(@Query() query: CheckQuery): Promise<{ total: number }> {
    return { total: await this.members.named('customer', query.emailOrPhone) };
  }

  private registerOther(actor: Actor, locale: string, body: object) {
    return customerForm.submit(body, async (values, unreadable) => {
      const draft = customerDraft(values, null, unreadable);
      const as = { type: 'customer', state: 'active' } as const;
      const { id, email } = await this.register.registerOther(actor, { draft, locale }, as);
      return { customerId: id, email };
    });
  }
}
