import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { DatabaseModule } from '../database/database.module.js';
import { FolderMediaStorage } from './folder-media-storage.js';
import { ImageQueue } from './image-queue.js';
import { MediaStorage } from './media-storage.js';
import { MediaEntity } from './media.entity.js';
import { MediaRepository } from './media.repository.js';
import { Media } from './media.service.js';
import { RecodeImage } from './recode-image.service.js';
import { Endings } from '../database/endings.service.js';

/** Images, made safe and kept in `DATA_DIR/media`. There is one queue a process. */
@Module({
  imports: [DatabaseModule.forFeature([MediaEntity])],
  providers: [
    Media,
    MediaRepository,
    RecodeImage,
    { provide: ImageQueue, useFactory: () => new ImageQueue() },
    {
      provide: MediaStorage,
      inject: [Config],
      useFactory: ({ dataDir }: Config) => new FolderMediaStorage(join(dataDir, 'media')),
    },
  ],
  exports: [Media, RecodeImage],
})
export class MediaModule {
  constructor(endings: Endings, media: Media) {
    endings.add((batch) => media.sweep(batch));
  }
}
