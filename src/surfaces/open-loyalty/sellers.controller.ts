import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags, ApiOkResponse } from '@nestjs/swagger';
import { ChangeMemberState } from '../../accounts/members/change-member-state.service.js';
import { RegisterMember } from '../../accounts/members/register-member.service.js';
import type { Actor } from '../../common/actor.js';
import { Roles } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { CallersLocale } from './callers-locale.decorator.js';
import { EMPTY_TEXT, JSON_TYPE } from './empty-text.js';
import { sellerForm } from './forms/forms.js';
import { sellerDraft } from './member-drafts.js';
import { NOTHING, SELLER_ID } from './open-loyalty.schemas.js';
import { SELLER_FORM } from './forms/form-schemas.js';

const KINDS = ['user', 'service'] as const;

/** Sellers, as far as their accounts go (reference note 1.11; contract 4.4). */
@ApiTags('open-loyalty (003)')
@Controller('api/seller')
export class SellersController {
  constructor(
    private readonly register: RegisterMember,
    private readonly changeState: ChangeMemberState,
  ) {}

  @Post('register')
  @HttpCode(200)
  @Roles({ permission: 'SELLER:MODIFY', kinds: KINDS, limited: true })
  @ApiBody({ schema: SELLER_FORM })
  @ApiOperation({
    summary: 'Register a seller',
    description: 'Without a password he is mailed a link to set one; none is answered.',
  })
  @ApiOkResponse({ schema: SELLER_ID })
  registerSeller(@CurrentActor() actor: Actor, @CallersLocale() locale: string, @Body() body: object) {
    return sellerForm.submit(body, async (values, unreadable) => {
      const draft = sellerDraft(values, unreadable);
      const as = { type: 'seller', state: values.active ? 'active' : 'blocked' } as const;
      const { id, email } = await this.register.registerOther(actor, { draft, locale }, as);
      return { sellerId: id, email };
    });
  }

  @Post(':id/activate')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @Roles({ permission: 'SELLER:MODIFY', kinds: KINDS })
  @ApiOperation({ summary: 'Let a seller in' })
  @ApiOkResponse({ schema: NOTHING })
  async activate(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<string> {
    await this.changeState.change(actor, { id, type: 'seller' }, 'active');
    return EMPTY_TEXT;
  }

  @Post(':id/deactivate')
  @HttpCode(200)
  @Header('content-type', JSON_TYPE)
  @Roles({ permission: 'SELLER:MODIFY', kinds: KINDS })
  @ApiOperation({ summary: 'Shut a seller out, with the next request' })
  @ApiOkResponse({ schema: NOTHING })
  async deactivate(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<string> {
    await this.changeState.change(actor, { id, type: 'seller' }, 'blocked');
    return EMPTY_TEXT;
  }
}
