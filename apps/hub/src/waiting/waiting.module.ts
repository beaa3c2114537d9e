import { Global, Module } from '@nestjs/common';
import { CallbackAnswers } from './callback-answers.service.js';
import { CallbackDesk } from './callback-desk.service.js';
import { CallbacksController } from './callbacks.controller.js';
import { Callbacks } from './callbacks.service.js';
import { QueuePaces } from './queue-paces.service.js';
import { QueueWaitingController } from './queue-waiting.controller.js';
import { QueueWaiting } from './queue-waiting.service.js';
import { WaitNotices } from './wait-notices.service.js';
import { WaitingQueues } from './waiting-queues.service.js';
import { WaitingSweeper } from './waiting.sweeper.js';

/** What those hear who wait in a queue: their place, how long, when somebody is there again, and that they need not wait here. */
@Global()
@Module({
  controllers: [CallbacksController, QueueWaitingController],
  providers: [
    CallbackAnswers,
    CallbackDesk,
    Callbacks,
    QueuePaces,
    QueueWaiting,
    WaitNotices,
    WaitingQueues,
    WaitingSweeper,
  ],
  exports: [Callbacks, QueuePaces, WaitingQueues],
})
export class WaitingModule {}
