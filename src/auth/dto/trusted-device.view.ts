import { ApiProperty } from '@nestjs/swagger';
import type { TrustedDevice } from '../../factors/trusted-device.js';
import { viewPage, type Page } from '../../common/page.js';
import { PageView } from '../../http/paging/page.view.js';

/** A browser in which its user is not asked for a second factor. */
export class TrustedDeviceView {
  @ApiProperty({ format: 'uuid', description: 'By which it is revoked' })
  id: string;

  @ApiProperty({ description: 'What the browser called itself when it was trusted' })
  userAgent: string;

  @ApiProperty({ description: 'The address from which it was trusted' })
  address: string;

  @ApiProperty({ format: 'date-time', description: 'When it was trusted' })
  createdAt: string;

  @ApiProperty({ format: 'date-time', description: 'The last sign-in without a second factor in it' })
  lastUsedAt: string;

  @ApiProperty({ format: 'date-time', description: 'When a second factor is asked for again' })
  expiresAt: string;
}

/** One page of trusted devices. */
export class TrustedDevicePageView extends PageView {
  @ApiProperty({ type: [TrustedDeviceView], description: 'In order of their making' })
  items: TrustedDeviceView[];
}

export function toTrustedDevicePageView(page: Page<TrustedDevice>): TrustedDevicePageView {
  return viewPage(page, viewOf);
}

function viewOf({ id, userAgent, address, ...times }: TrustedDevice): TrustedDeviceView {
  return {
    id,
    userAgent,
    address,
    createdAt: new Date(times.createdAt).toISOString(),
    lastUsedAt: new Date(times.lastUsedAt).toISOString(),
    expiresAt: new Date(times.expiresAt).toISOString(),
  };
}
