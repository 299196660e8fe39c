import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { packageRoot } from '../../common/package-root.js';
import { PageRenderer } from './page-renderer.js';

/** Offers the hosted pages. A faulty template stops the start. */
@Module({
  providers: [
    { provide: PageRenderer, useFactory: () => new PageRenderer(join(packageRoot(), 'templates', 'pages')) },
  ],
  exports: [PageRenderer],
})
export class PagesModule {}
