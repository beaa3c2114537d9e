import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { HubConfig } from '#config';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { createInputCheck } from './errors/check-input.js';
import { ProblemFilter } from './errors/problem-filter.js';
import { IdempotencyInterceptor } from './http/idempotency-interceptor.js';
import { Idempotency } from './http/idempotency.js';
import { Jobs } from './jobs/jobs.service.js';
import { HealthController } from './operations/health.controller.js';
import { Health } from './operations/health.js';
import { Housekeeping } from './operations/housekeeping.js';
import { Log } from './operations/log.js';
import { MetricsController } from './operations/metrics.controller.js';
import { Metrics } from './operations/metrics.js';
import { SecretBox } from './secret-box.js';
import { SecretKeys } from './secret-keys.js';

/** What is there before any room is: made by the start-up, handed to everyone. */
export interface Foundation {
  config: HubConfig;
  database: Database;
  log: Log;
  secretKeys: SecretKeys;
}

/** What every room stands on. */
@Global()
@Module({})
export class PlatformModule {
  static on({ config, database, log, secretKeys }: Foundation): DynamicModule {
    const given = [
      { provide: HubConfig, useValue: config },
      { provide: Database, useValue: database },
      { provide: Log, useValue: log },
      { provide: SecretKeys, useValue: secretKeys },
    ];
    const own = [EventBus, Health, Housekeeping, Idempotency, Jobs, Metrics, SecretBox];
    return {
      module: PlatformModule,
      controllers: [HealthController, MetricsController],
      providers: [
        ...given,
        ...own,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_PIPE, useFactory: createInputCheck },
      ],
      exports: [...given.map(({ provide }) => provide), ...own],
    };
  }
}
