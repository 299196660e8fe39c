import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { viewPage } from '../../common/page.js';
import { Roles } from '../../common/security/access.js';
import {
  ListMailboxQuery,
  MailboxMailView,
  MailboxPageView,
  toMailboxMailView,
} from './dto/mailbox-mail.view.js';
import { Mailbox } from './mailbox.service.js';

/** The mails in the folder, for who develops with Gatehouse. */
@ApiTags('mailbox')
@Controller('v1/mailbox')
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  @Roles({ level: 'superuser', session: 'recent' })
  @ApiOperation({
    summary: 'List the mails of the development mailbox',
    description:
      'Newest first, by pages. For development: mails hold links that let one in. Only where mails go to the folder, and never in production: else there is no such route.',
  })
  @ApiOkResponse({ type: MailboxPageView })
  async list(@Query() { limit, cursor }: ListMailboxQuery): Promise<MailboxPageView> {
    return viewPage(await this.mailbox.list({ limit, cursor: cursor ?? null }), toMailboxMailView);
  }

  @Get(':name')
  @Roles({ level: 'superuser', session: 'recent' })
  @ApiOperation({
    summary: 'Read a mail of the development mailbox',
    description: 'Where the list is.',
  })
  @ApiOkResponse({ type: MailboxMailView })
  async get(@Param('name') name: string): Promise<MailboxMailView> {
    return toMailboxMailView(await this.mailbox.get(name));
  }
}
