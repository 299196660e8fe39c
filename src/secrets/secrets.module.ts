import { Global, Logger, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { KeyRing } from './key-ring.js';
import { readOrCreateSecretKey } from './secret-key-file.js';

/** Offers the key ring: of `SECRET_KEY` or `SECRET_KEYS`, else of `$DATA_DIR/secret.key`. */
@Global()
@Module({
  providers: [
    {
      provide: KeyRing,
      inject: [Config],
      useFactory: (config: Config) => {
        if (config.secretKeys.length > 0) return new KeyRing(config.secretKeys);
        if (config.production) {
          new Logger('Secrets').warn('SECRET_KEY is not given: the key in $DATA_DIR/secret.key is used');
        }
        return new KeyRing([readOrCreateSecretKey(config.dataDir)]);
      },
    },
  ],
  exports: [KeyRing],
})
export class SecretsModule {}
