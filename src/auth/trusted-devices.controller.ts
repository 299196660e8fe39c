import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '../common/actor.js';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { CurrentActor, CurrentPrincipal } from '../http/actor.decorator.js';
import { PageQuery } from '../http/paging/page.query.js';
import { toTrustedDevicePageView, TrustedDevicePageView } from './dto/trusted-device.view.js';
import { ManageTrustedDevices } from './manage-trusted-devices.service.js';

/** The browsers in which one is not asked for a second factor. */
@ApiTags('me')
@Controller('v1/me/trusted-devices')
export class TrustedDevicesController {
  constructor(private readonly devices: ManageTrustedDevices) {}

  @Get()
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'List one’s trusted devices' })
  @ApiOkResponse({ type: TrustedDevicePageView })
  async list(
    @CurrentPrincipal() caller: UserPrincipal,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<TrustedDevicePageView> {
    return toTrustedDevicePageView(await this.devices.list(caller, { limit, cursor: cursor ?? null }));
  }

  @Delete()
  @HttpCode(204)
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'Trust no device any more', description: 'Sessions go on.' })
  @ApiNoContentResponse({ description: 'None is trusted' })
  revokeAll(@CurrentActor() actor: Actor, @CurrentPrincipal() caller: UserPrincipal): Promise<void> {
    return this.devices.revokeAll(actor, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles({ session: 'own' })
  @ApiOperation({ summary: 'Trust a device no more', description: 'Its sessions go on.' })
  @ApiNoContentResponse({ description: 'It is trusted no more' })
  @ApiNotFoundResponse({ description: 'One has no such device' })
  revoke(
    @CurrentActor() actor: Actor,
    @CurrentPrincipal() caller: UserPrincipal,
    @Param('id') id: string,
  ): Promise<void> {
    return this.devices.revoke(actor, caller, id);
  }
}
