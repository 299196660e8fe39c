import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { viewPage } from '../common/page.js';
import { Roles } from '../common/security/access.js';
import { CurrentActor } from '../http/actor.decorator.js';
import { ListOutboxQuery, MailPageView, MailView, toMailView } from './dto/mail.view.js';
import { OutboxStateView, toOutboxStateView } from './dto/outbox-state.view.js';
import { ManageOutbox } from './manage-outbox.service.js';

/** What becomes of mails, for administrators in a session of their own. */
@ApiTags('outbox')
@Controller('v1/outbox')
export class OutboxController {
  constructor(private readonly outbox: ManageOutbox) {}

  @Get()
  @Roles({ level: 'admin', session: 'own' })
  @ApiOperation({
    summary: 'List mails',
    description: 'Newest first, by pages, without their words. Sent and dead ones are known for 30 days.',
  })
  @ApiOkResponse({ type: MailPageView })
  async list(@Query() { state, limit, cursor }: ListOutboxQuery): Promise<MailPageView> {
    return viewPage(await this.outbox.list(state ?? null, { limit, cursor: cursor ?? null }), toMailView);
  }

  @Get('state')
  @Roles({ level: 'manager', scope: 'admin', kinds: ['user', 'service'] })
  @ApiOperation({
    summary: 'Look at the state of the outbox',
    description: 'How many mails wait and how many were given up. For managers and above.',
  })
  @ApiOkResponse({ type: OutboxStateView })
  async state(): Promise<OutboxStateView> {
    return toOutboxStateView(await this.outbox.state());
  }

  @Get(':id')
  @Roles({ level: 'admin', session: 'own' })
  @ApiOperation({ summary: 'Look at one mail' })
  @ApiOkResponse({ type: MailView })
  async get(@Param('id') id: string): Promise<MailView> {
    return toMailView(await this.outbox.get(id));
  }

  @Post(':id/retry')
  @HttpCode(204)
  @Roles({ level: 'admin', session: 'own', limited: true })
  @ApiOperation({
    summary: 'Try a mail at once',
    description:
      'One that waits, or a dead one for one more attempt. What its links open may have ended since.',
  })
  @ApiNoContentResponse({ description: 'It is being tried' })
  @ApiConflictResponse({ description: 'It was sent' })
  retry(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.outbox.retry(actor, id);
  }
}
