import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { packageRoot } from '../common/package-root.js';
import { PagesModule } from '../http/pages/pages.module.js';
import { SocialModule } from '../social/social.module.js';
import { CockpitController } from './cockpit/cockpit.controller.js';
import { CockpitFiles } from './cockpit/cockpit-files.js';
import { WebAssets } from './web-assets.js';
import { WebController } from './web.controller.js';

/** The hosted pages at `/` and their files at `/assets/`; the administration at `/cockpit`. */
@Module({
  imports: [PagesModule, SocialModule],
  controllers: [WebController, CockpitController],
  providers: [
    {
      provide: WebAssets,
      useFactory: () => {
        const root = packageRoot();
        return new WebAssets({ written: join(root, 'web', 'assets'), built: join(root, 'dist', 'public') });
      },
    },
    { provide: CockpitFiles, useFactory: () => new CockpitFiles(join(packageRoot(), 'dist', 'cockpit')) },
  ],
})
export class WebModule {}
