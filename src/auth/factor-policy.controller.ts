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
import { FactorPolicyView } from './dto/factor-policy.view.js';
import { ManageFactorPolicy } from './manage-factor-policy.service.js';

/** Who must have a second factor, for administrators. */
@ApiTags('factor-policy')
@Controller('v1/factor-policy')
export class FactorPolicyController {
  constructor(private readonly policy: ManageFactorPolicy) {}

  @Get()
  @Roles({ level: 'manager', scope: 'admin' })
  @ApiOperation({ summary: 'From which level on users must have a second factor' })
  @ApiOkResponse({ type: FactorPolicyView })
  async get(): Promise<FactorPolicyView> {
    return { requiredFrom: await this.policy.requiredFrom() };
  }

  @Put()
  @HttpCode(204)
  @Roles({ level: 'superuser', scope: 'admin', session: 'recent' })
  @ApiOperation({
    summary: 'Decide from which level on users must have a second factor',
    description:
      'Counts from the next sign-in on. Who has none of his own is mailed a code to his confirmed address; who has no such address either cannot sign in. Needs a sign-in within 15 minutes.',
  })
  @ApiNoContentResponse({ description: 'It is so' })
  @ApiConflictResponse({ description: 'The caller has no factor and no confirmed address himself' })
  put(@CurrentActor() actor: Actor, @Body() { requiredFrom }: FactorPolicyView): Promise<void> {
    return this.policy.require(actor, requiredFrom);
  }
}
