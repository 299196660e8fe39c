import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { AddPasskeyRequest, RenamePasskeyRequest } from './dto/passkey.request.js';
import {
  AddedPasskeyView,
  PasskeysView,
  PasskeyView,
  toAddedPasskeyView,
  toPasskeyView,
} from './dto/passkey.view.js';
import { ManagePasskeys } from './manage-passkeys.service.js';
import { CREATION_OPTIONS } from './passkey-options.schemas.js';

/** One's own passkeys. All of it needs a sign-in of the last 15 minutes (contract 3.2). */
@ApiTags('me')
@Controller('v1/me/passkeys')
export class PasskeysController {
  constructor(private readonly passkeys: ManagePasskeys) {}

  @Get()
  @Roles({ session: 'recent' })
  @ApiOperation({ summary: 'List one’s passkeys' })
  @ApiOkResponse({ type: PasskeysView })
  async list(@CurrentPrincipal() caller: UserPrincipal): Promise<PasskeysView> {
    return { items: (await this.passkeys.list(caller)).map(toPasskeyView) };
  }

  @Post('options')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Begin to add a passkey',
    description: 'What the browser is to be asked with; its answer is taken once, in this session.',
  })
  @ApiOkResponse({ schema: CREATION_OPTIONS, description: 'For the browser' })
  @ApiConflictResponse({ description: 'One has as many as one may: 20' })
  offer(@CurrentPrincipal() caller: UserPrincipal): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return this.passkeys.offer(caller);
  }

  @Post()
  @Header('cache-control', 'no-store')
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Add a passkey',
    description:
      'From then on it signs one in without a password, and a password alone does not. Answers recovery codes, this once, to who had none.',
  })
  @ApiCreatedResponse({ type: AddedPasskeyView })
  @ApiConflictResponse({ description: 'It is there already, or one has as many as one may: 20' })
  async add(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() caller: UserPrincipal,
    @Body() { name, response }: AddPasskeyRequest,
  ): Promise<AddedPasskeyView> {
    return toAddedPasskeyView(await this.passkeys.add(actor, caller, name, response));
  }

  @Patch(':id')
  @Roles({ session: 'recent' })
  @ApiOperation({ summary: 'Call a passkey something else' })
  @ApiOkResponse({ type: PasskeyView })
  @ApiNotFoundResponse({ description: 'One has no such passkey' })
  async rename(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() caller: UserPrincipal,
    @Param('id') id: string,
    @Body() { name }: RenamePasskeyRequest,
  ): Promise<PasskeyView> {
    return toPasskeyView(await this.passkeys.rename(actor, caller, id, name));
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles({ session: 'recent' })
  @ApiOperation({
    summary: 'Take a passkey away; not the last way to sign in',
    description: 'Sessions go on.',
  })
  @ApiNoContentResponse({ description: 'It signs nobody in any more' })
  @ApiConflictResponse({
    description:
      'It is the last way to sign in: without a password, an account elsewhere and a confirmed address',
  })
  @ApiNotFoundResponse({ description: 'One has no such passkey' })
  remove(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() caller: UserPrincipal,
    @Param('id') id: string,
  ): Promise<void> {
    return this.passkeys.remove(actor, caller, id);
  }
}
