import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { Endings } from '../database/endings.service.js';
import { FigureEntity } from './figure.entity.js';
import { KEPT } from './figure.js';
import { FiguresController } from './figures.controller.js';
import { FiguresRepository } from './figures.repository.js';
import { Figures } from './figures.service.js';
import { ReadFigures } from './read-figures.service.js';

/** How much happens, counted by the hour. */
@Global()
@Module({
  imports: [DatabaseModule.forFeature([FigureEntity])],
  controllers: [FiguresController],
  providers: [Figures, FiguresRepository, ReadFigures],
  exports: [Figures],
})
export class FiguresModule {
  constructor(endings: Endings, figures: FiguresRepository) {
    endings.addRows((tx, now, batch) => figures.purge(tx, now - KEPT, batch));
  }
}
