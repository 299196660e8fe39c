import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiBody, ApiCookieAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InvalidFields, type FieldFault } from '../../accounts/field-faults.js';
import { PersonalAccounts } from '../../accounts/personal-accounts.service.js';
import type { AccountChange } from '../../accounts/personal-account.js';
import { NotFound } from '../../common/errors.js';
import { Roles } from '../../common/security/access.js';
import type { UserPrincipal } from '../../common/security/principal.js';
import { CurrentPrincipal } from '../../http/actor.decorator.js';
import { Fields } from './fields.js';
import { accountView, userView } from './romeo.presenters.js';

const LONGEST_NAME = 100;
const LONGEST_DESCRIPTION = 1_000;
const EDIT = {
  schema: {
    type: 'object',
    properties: { display_name: { type: 'string' }, description: { type: 'string' } },
  },
} as const;

/** 002 "Account" and "User": one's own. */
@ApiTags('romeo (002)')
@ApiCookieAuth()
@Controller('api')
export class RomeoAccountController {
  constructor(private readonly accounts: PersonalAccounts) {}

  @Get('account/:id')
  @Roles()
  @ApiOperation({ summary: 'One’s own account' })
  async account(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string) {
    return accountView(await this.accounts.own(principal, decimalId(id)));
  }

  @Patch('account/:id')
  @Roles({ ownOrigin: true })
  @ApiBody(EDIT)
  @ApiOperation({ summary: 'Change one’s own account, all given fields or none' })
  async change(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string, @Body() body: object) {
    const account = await this.accounts.own(principal, decimalId(id));
    return accountView(await this.accounts.change(principal, account.id, changeOf(new Fields(body))));
  }

  @Get('user/:id')
  @Roles()
  @ApiOperation({ summary: 'Oneself' })
  async user(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string) {
    return userView(principal.user, await this.accounts.own(principal, decimalId(id)));
  }
}

/** Ids of 002 are decimal numbers; nothing else is anybody's. @throws NotFound */
function decimalId(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new NotFound();
  return Number(text);
}

/** @throws InvalidFields */
function changeOf(fields: Fields): AccountChange {
  const displayName = fields.text('display_name')?.trim() ?? '';
  const description = fields.text('description') ?? '';
  const faults: FieldFault[] = [...fields.unreadable];
  const isReadable = (field: string) => !fields.unreadable.some((fault) => fault.field === field);
  if (fields.has('display_name') && isReadable('display_name')) {
    if (displayName === '') faults.push({ field: 'display_name', code: 'blank' });
    if (displayName.length > LONGEST_NAME) faults.push({ field: 'display_name', code: 'too-long' });
  }
  if (description.length > LONGEST_DESCRIPTION) faults.push({ field: 'description', code: 'too-long' });
  if (faults.length > 0) throw new InvalidFields(faults);
  return {
    ...(fields.has('display_name') ? { displayName } : {}),
    ...(fields.has('description') ? { description } : {}),
  };
}
