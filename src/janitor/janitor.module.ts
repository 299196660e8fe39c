import { Module } from '@nestjs/common';
import { Janitor } from './janitor.service.js';

/** What has come to its end goes. */
@Module({ providers: [Janitor], exports: [Janitor] })
export class JanitorModule {}
