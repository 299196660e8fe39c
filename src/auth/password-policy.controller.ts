import { Body, Controller, Delete, Get, HttpCode, Patch } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Public, Roles } from '../common/security/access.js';
import { CurrentActor } from '../http/actor.decorator.js';
import { ConditionalOnTag, EntityTags, ReadOnTag, type Tagged } from '../http/tagged.js';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import { EditPasswordPolicyRequest } from './dto/password-policy.request.js';
import { PasswordPolicyView, toPasswordPolicyView } from './dto/password-policy.view.js';
import { EditPasswordPolicy } from './edit-password-policy.service.js';

const EDITORS = { level: 'admin', scope: 'admin', session: 'recent' } as const;

/** The password policy. Everybody who chooses a password may read it. */
@ApiTags('password-policy')
@Controller('v1/password-policy')
export class PasswordPolicyController {
  constructor(
    private readonly policy: PasswordPolicy,
    private readonly editPolicy: EditPasswordPolicy,
  ) {}

  @Get()
  @Public()
  @ReadOnTag()
  @ApiOperation({ summary: 'The password policy in force', description: 'Needs no credential.' })
  @ApiOkResponse({ type: PasswordPolicyView })
  async get(@EntityTags() tags: Tagged): Promise<PasswordPolicyView | undefined> {
    return tags.answer(toPasswordPolicyView(await this.policy.inForce()));
  }

  @Patch()
  @Roles(EDITORS)
  @ConditionalOnTag()
  @ApiOperation({
    summary: 'Edit the password policy',
    description:
      'All given values or none; they hold from the next request, at every door and on every node. For a person’s own session that began within 15 minutes, admins and above.',
  })
  @ApiOkResponse({ type: PasswordPolicyView })
  async edit(
    @CurrentActor() actor: Actor,
    @EntityTags() tags: Tagged,
    @Body() body: EditPasswordPolicyRequest,
  ): Promise<PasswordPolicyView | undefined> {
    const policy = await this.editPolicy.edit(actor, body, tags.condition(toPasswordPolicyView));
    return tags.answer(toPasswordPolicyView(policy));
  }

  @Delete()
  @HttpCode(204)
  @Roles(EDITORS)
  @ConditionalOnTag()
  @ApiOperation({
    summary: 'Bring the environment’s password policy back',
    description: 'With the rights that an edit needs.',
  })
  @ApiNoContentResponse({ description: 'The environment’s values hold' })
  reset(@CurrentActor() actor: Actor, @EntityTags() tags: Tagged): Promise<void> {
    return this.editPolicy.reset(actor, tags.condition(toPasswordPolicyView));
  }
}
