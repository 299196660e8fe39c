import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Figure } from './figure.js';

/** How many of something there were in one hour, on all nodes together. */
@Entity('figures')
export class FigureEntity {
  /** When the hour began. */
  @PrimaryColumn('bigint')
  hour: number;

  @PrimaryColumn('varchar', { length: 32 })
  name: Figure;

  @Column('bigint')
  n: number;
}
