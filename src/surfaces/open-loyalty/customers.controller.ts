import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
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

const KINDS = ['user', 'service'] as const;
const FORM = { schema: { type: 'object', properties: { customer: { type: 'object' } } } } as const;

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
  @ApiBody(FORM)
  @ApiOperation({
    summary: 'Register as a customer',
    description: 'Active once the mailed link is redeemed.',
  })
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
  @ApiBearerAuth()
  @ApiBody(FORM)
  @ApiOperation({ summary: 'Register a customer, who is mailed a link to set his password' })
  registerOne(@CurrentActor() actor: Actor, @CallersLocale() locale: string, @Body() body: object) {
    return this.registerOther(actor, locale, body);
  }

  @Post('admin/customer/register')
  @HttpCode(200)
  @Roles({ permission: 'CUSTOMER:MODIFY', kinds: KINDS, limited: true })
  @ApiBearerAuth()
  @ApiBody(FORM)
  @ApiOperation({ summary: 'Register a customer, as an administrator' })
  registerAsAdmin(@CurrentActor() actor: Actor, @CallersLocale() locale: string, @Body() body: object) {
    return this.registerOther(actor, locale, body);
  }

  @Post('seller/customer/register')
  @HttpCode(200)
  @Roles({ types: ['seller'], limited: true })
  @ApiBearerAuth()
  @ApiBody(FORM)
  @ApiOperation({ summary: 'Register a customer, as a seller' })
  registerAsSeller(@CurrentActor() actor: Actor, @CallersLocale() locale: string, @Body() body: object) {
    return this.registerOther(actor, locale, body);
  }

  @Post('customer/activate/:token')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @Public({ limited: true })
  @ApiOperation({ summary: 'Activate the account that the mailed token is of; works once' })
  async activateByToken(@CurrentActor() actor: Actor, @Param('token') token: string): Promise<string> {
    await this.confirmEmail.confirm(actor, token);
    return EMPTY_TEXT;
  }

  @Post('admin/customer/:id/activate')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @Roles({ permission: 'CUSTOMER:MODIFY', kinds: KINDS })
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Let a customer in' })
  async activate(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<string> {
    await this.changeState.change(actor, { id, type: 'customer' }, 'active');
    return EMPTY_TEXT;
  }

  @Post('admin/customer/:id/deactivate')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @Roles({ permission: 'CUSTOMER:MODIFY', kinds: KINDS })
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Shut a customer out, with the next request' })
  async deactivate(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<string> {
    await this.changeState.change(actor, { id, type: 'customer' }, 'blocked');
    return EMPTY_TEXT;
  }

  @Get('customer/check')
  @Roles({ permission: 'CUSTOMER:VIEW', kinds: KINDS })
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Whether a customer has this address or phone number' })
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
