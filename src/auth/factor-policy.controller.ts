import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import { CurrentActor } from '../http/actor.decorator.js';
import { ConditionalOnTag, EntityTags, ReadOnTag, type Tagged } from '../http/tagged.js';
import { FactorPolicyView, toFactorPolicyView } from './dto/factor-policy.view.js';
import { ManageFactorPolicy } from './manage-factor-policy.service.js';

/** Who must have a second factor, for administrators. */
@ApiTags('factor-policy')
@Controller('v1/factor-policy')
export class FactorPolicyController {
  constructor(private readonly policy: ManageFactorPolicy) {}

  @Get()
  @Roles({ level: 'manager', scope: 'admin' })
  @ReadOnTag()
  @ApiOperation({ summary: 'From which level on users must have a second factor' })
  @ApiOkResponse({ type: FactorPolicyView })
  async get(@EntityTags() tags: Tagged): Promise<FactorPolicyView | undefined> {
    return tags.answer(toFactorPolicyView(await this.policy.requiredFrom()));
  }

  @Put()
  @HttpCode(204)
  @ConditionalOnTag()
  @Roles({ level: 'superuser', scope: 'admin', session: 'recent' })
  @ApiOperation({
    summary: 'Decide from which level on users must have a second factor',
    description:
      'Counts from the next sign-in on. Who has none of his own is mailed a code to his confirmed address; who has no such address either cannot sign in. Needs a sign-in within 15 minutes.',
  })
  @ApiNoContentResponse({ description: 'It is so' })
  @ApiConflictResponse({ description: 'The caller has no factor and no confirmed address himself' })
  put(
    @CurrentActor() actor: Actor,
    @EntityTags() tags: Tagged,
    @Body() { requiredFrom }: FactorPolicyView,
  ): Promise<void> {
    return this.policy.require(actor, requiredFrom, tags.condition(toFactorPolicyView));
  }
}
