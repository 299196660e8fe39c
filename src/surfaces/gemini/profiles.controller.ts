import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags, ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Roles } from '../../common/security/access.js';
import type { UserPrincipal } from '../../common/security/principal.js';
import { CurrentPrincipal } from '../../http/actor.decorator.js';
import type { ProfileKind } from '../../profiles/profile.js';
import { Profiles } from '../../profiles/profiles.service.js';
import { profileView } from './gemini.presenters.js';
import { Parameters } from './parameters.js';
import { newProfileOf, profileChangeOf } from './profile-edit.js';
import { profile, profileForm } from './gemini.schemas.js';

/** 000's artist and venue profiles (contract 4.1). */
@ApiTags('gemini (000)')
@Controller('api')
export class GeminiProfilesController {
  constructor(private readonly profiles: Profiles) {}

  @Post('artist/:userId/new')
  @Roles({ scope: 'performer' })
  @ApiBody({ schema: profileForm('artist') })
  @ApiOperation({ summary: 'Make an artist profile of one’s own' })
  @ApiCreatedResponse({ schema: profile('artist') })
  createArtist(
    @CurrentPrincipal() principal: UserPrincipal,
    @Param('userId') userId: string,
    @Body() body: object,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.create(principal, 'artist', userId, body, reply);
  }

  @Post('venue/:userId/new')
  @Roles({ scope: 'venue' })
  @ApiBody({ schema: profileForm('venue') })
  @ApiOperation({ summary: 'Make a venue profile of one’s own' })
  @ApiCreatedResponse({ schema: profile('venue') })
  createVenue(
    @CurrentPrincipal() principal: UserPrincipal,
    @Param('userId') userId: string,
    @Body() body: object,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.create(principal, 'venue', userId, body, reply);
  }

  @Get('artists/:id')
  @Roles({ scope: 'profile' })
  @ApiOperation({ summary: 'An artist profile, anybody’s' })
  @ApiOkResponse({ schema: profile('artist') })
  async artist(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string) {
    return profileView(await this.profiles.get('artist', id), principal.userId, principal.scope);
  }

  @Get('venues/:id')
  @Roles({ scope: 'profile' })
  @ApiOperation({ summary: 'A venue profile, anybody’s' })
  @ApiOkResponse({ schema: profile('venue') })
  async venue(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string) {
    return profileView(await this.profiles.get('venue', id), principal.userId, principal.scope);
  }

  @Patch('artists/:id')
  @Roles({ scope: 'performer' })
  @ApiBody({ schema: profileForm('artist') })
  @ApiOperation({ summary: 'Edit an artist profile of one’s own' })
  @ApiOkResponse({ schema: profile('artist') })
  editArtist(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string, @Body() body: object) {
    return this.edit(principal, 'artist', id, body);
  }

  @Patch('venues/:id')
  @Roles({ scope: 'venue' })
  @ApiBody({ schema: profileForm('venue') })
  @ApiOperation({ summary: 'Edit a venue profile of one’s own' })
  @ApiOkResponse({ schema: profile('venue') })
  editVenue(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string, @Body() body: object) {
    return this.edit(principal, 'venue', id, body);
  }

  @Delete('artists/:id')
  @HttpCode(204)
  @Roles({ scope: 'performer' })
  @ApiOperation({ summary: 'Delete an artist profile of one’s own' })
  deleteArtist(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string): Promise<void> {
    return this.profiles.remove(principal, 'artist', id);
  }

  @Delete('venues/:id')
  @HttpCode(204)
  @Roles({ scope: 'venue' })
  @ApiOperation({ summary: 'Delete a venue profile of one’s own' })
  deleteVenue(@CurrentPrincipal() principal: UserPrincipal, @Param('id') id: string): Promise<void> {
    return this.profiles.remove(principal, 'venue', id);
  }

  private async create(
    principal: UserPrincipal,
    kind: ProfileKind,
    userId: string,
    body: object,
    reply: FastifyReply,
  ) {
    const fields = newProfileOf(new Parameters(body), kind);
    const profile = await this.profiles.create(principal, userId, { kind, ...fields });
    void reply.header('location', `/api/${kind}s/${profile.id}`);
    return profileView(profile, principal.userId, principal.scope);
  }

  private async edit(principal: UserPrincipal, kind: ProfileKind, id: string, body: object) {
    const change = profileChangeOf(new Parameters(body), kind);
    const profile = await this.profiles.change(principal, kind, id, change);
    return profileView(profile, principal.userId, principal.scope);
  }
}
