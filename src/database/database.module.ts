import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type EntitySchema } from 'typeorm';
import { Config } from '../config/config.js';
import { postgresOptions, primaryOptions, sqliteReadOptions } from './data-source-options.js';
import { Reader, ReportReader } from './db.js';
import { dialectOf } from './dialect.js';
import { Endings } from './endings.service.js';
import { HealthController } from './health.controller.js';
import { LeaseEntity } from './lease.entity.js';
import { Leases } from './leases.service.js';
import { PersonalData } from './personal-data.service.js';
import { PostgresReader, RoundRobinReader, SqliteReader } from './readers.js';
import { UnitOfWork } from './unit-of-work.js';

const PRIMARY = 'primary';
const READ = Symbol('read data source');
const REPLICAS = Symbol('replica data sources');

type EntityClass = (new () => object) | EntitySchema;

/** Opens the migrated database and offers the unit of work and the two readers. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(getDataSourceToken(PRIMARY)) private readonly primary: DataSource,
    @Inject(READ) private readonly read: DataSource,
    @Inject(REPLICAS) private readonly replicas: readonly DataSource[],
  ) {}

  static forRoot(): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forFeature([LeaseEntity], PRIMARY),
        TypeOrmModule.forRootAsync({
          name: PRIMARY,
          inject: [Config],
          useFactory: (config: Config) => ({
            ...primaryOptions(config.database.url),
            autoLoadEntities: true,
            retryAttempts: 0,
          }),
        }),
      ],
      controllers: [HealthController],
      providers: [
        Endings,
        Leases,
        PersonalData,
        {
          provide: READ,
          inject: [Config, getDataSourceToken(PRIMARY)],
          useFactory: async (config: Config, primary: DataSource) =>
            dialectOf(config.database.url) === 'sqlite'
              ? await new DataSource(sqliteReadOptions(config.database.url)).initialize()
              : primary,
        },
        {
          provide: REPLICAS,
          inject: [Config],
          useFactory: (config: Config) =>
            Promise.all(
              config.database.replicaUrls.map((url) => new DataSource(postgresOptions(url)).initialize()),
            ),
        },
        {
          provide: UnitOfWork,
          inject: [Config, getDataSourceToken(PRIMARY)],
          useFactory: (config: Config, primary: DataSource) =>
            new UnitOfWork(primary, dialectOf(config.database.url)),
        },
        {
          provide: Reader,
          inject: [Config, READ],
          useFactory: (config: Config, read: DataSource) =>
            dialectOf(config.database.url) === 'sqlite' ? new SqliteReader(read) : new PostgresReader(read),
        },
        {
          provide: ReportReader,
          inject: [Reader, REPLICAS],
          useFactory: (reader: Reader, replicas: DataSource[]) => {
            const [first, ...others] = replicas.map((replica) => new PostgresReader(replica));
            return first ? new RoundRobinReader([first, ...others]) : reader;
          },
        },
      ],
      exports: [Endings, Leases, PersonalData, UnitOfWork, Reader, ReportReader],
    };
  }

  /** Makes the entities of a feature known to the primary. */
  static forFeature(entities: readonly EntityClass[]): DynamicModule {
    return TypeOrmModule.forFeature([...entities], PRIMARY);
  }

  async onApplicationShutdown(): Promise<void> {
    const others = [this.read, ...this.replicas].filter((source) => source !== this.primary);
    await Promise.all(others.filter((source) => source.isInitialized).map((source) => source.destroy()));
  }
}
