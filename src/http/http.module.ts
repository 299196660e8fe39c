import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { Config } from '../config/config.js';
import { ErrorReplies } from './error-replies.js';
import { GlobalExceptionFilter } from './global-exception.filter.js';
import { createLogger, LOGGER } from './logger.js';
import { MethodTable } from './method-table.js';
import { UploadSlots } from './multipart/upload-slots.js';
import { RequestLimits } from './request-limits.js';
import { SurfaceRegistry } from './surface-registry.js';
import { ValidateBodyPipe } from './validate-body.pipe.js';

/** Offers the edge's services to every room. */
@Global()
@Module({})
export class HttpModule {
  /** @param logger the one that Nest was given too; made from the configuration by default. */
  static forRoot(logger?: Logger): DynamicModule {
    return {
      module: HttpModule,
      providers: [
        { provide: LOGGER, inject: [Config], useFactory: (config: Config) => logger ?? createLogger(config) },
        SurfaceRegistry,
        MethodTable,
        ErrorReplies,
        RequestLimits,
        UploadSlots,
        ValidateBodyPipe,
        GlobalExceptionFilter,
      ],
      exports: [LOGGER, SurfaceRegistry, MethodTable, ErrorReplies, RequestLimits, UploadSlots],
    };
  }
}
