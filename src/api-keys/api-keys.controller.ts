import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { SECOND } from '../common/clock.js';
import { viewPage } from '../common/page.js';
import { Roles } from '../common/security/access.js';
import { CurrentActor } from '../http/actor.decorator.js';
import type { CreationKey } from '../idempotency/creation-key.js';
import { IdempotencyKey, Repeatable } from '../idempotency/idempotency-key.decorator.js';
import { CreateApiKeyRequest, ListApiKeysQuery, RotateApiKeyRequest } from './dto/api-key.request.js';
import { ApiKeyPageView, IssuedApiKeyView, toApiKeyView } from './dto/api-key.view.js';
import { ManageApiKeys } from './manage-api-keys.service.js';

/** Permanent keys. A key opens none of these: it can neither make nor end keys. */
@ApiTags('api-keys')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ManageApiKeys) {}

  @Get()
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'List permanent keys', description: 'One’s own; for admins anybody’s.' })
  @ApiOkResponse({ type: ApiKeyPageView })
  async list(@CurrentActor() actor: Actor, @Query() query: ListApiKeysQuery): Promise<ApiKeyPageView> {
    const page = await this.keys.list(actor, {
      ownerId: query.ownerId ?? null,
      limit: query.limit,
      cursor: query.cursor ?? null,
    });
    return viewPage(page, toApiKeyView);
  }

  @Post()
  @Header('cache-control', 'no-store')
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Make a permanent key',
    description:
      'Its secret is answered this once. Needs a sign-in within 15 minutes. For admins also for users of lower levels.',
  })
  @ApiCreatedResponse({ type: IssuedApiKeyView })
  @Repeatable()
  async create(
    @CurrentActor() actor: Actor,
    @IdempotencyKey() creation: CreationKey | null,
    @Body() body: CreateApiKeyRequest,
  ): Promise<IssuedApiKeyView> {
    const { expiresAt, ...request } = body;
    const ends = typeof expiresAt === 'string' ? { expiresAt: Date.parse(expiresAt) } : {};
    const { key, secret } = await this.keys.create(actor, { ...request, ...ends }, creation);
    return { ...toApiKeyView(key), secret };
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Roles({ session: 'recent', limited: true })
  @ApiOperation({
    summary: 'Give a key another secret',
    description: 'Both count while they overlap. Needs a sign-in within 15 minutes.',
  })
  @ApiOkResponse({ type: IssuedApiKeyView })
  async rotate(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: RotateApiKeyRequest,
  ): Promise<IssuedApiKeyView> {
    const overlap = (body.overlapSeconds ?? 0) * SECOND;
    const { key, secret } = await this.keys.rotate(actor, id, { overlap, secret: body.secret });
    return { ...toApiKeyView(key), secret };
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles({ session: 'recent' })
  @ApiOperation({ summary: 'Revoke a key', description: 'Refused on its next request, on every node.' })
  @ApiNoContentResponse()
  revoke(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.keys.revoke(actor, id);
  }
}
