import { Module } from '@nestjs/common';
import { NoticeReader } from './notice-reader.service.js';
import { NoticesController } from './notices.controller.js';
import { Notices } from './notices.service.js';
import { NoticesSweeper } from './notices.sweeper.js';
import { PushController } from './push/push.controller.js';
import { PushDoor } from './push/push-door.js';
import { PushKeys } from './push/push-keys.service.js';
import { PushPayloads } from './push/push-payloads.service.js';
import { PushSender } from './push/push-sender.service.js';
import { PushSubscriptions } from './push/push-subscriptions.service.js';
import { PushTries } from './push/push-tries.service.js';
import { PushRelay } from './push/push.relay.js';

/** What concerns an agent: kept for them until they look, and told to their browsers while no console of theirs is open. */
@Module({
  controllers: [NoticesController, PushController],
  providers: [
    NoticeReader,
    Notices,
    NoticesSweeper,
    PushDoor,
    PushKeys,
    PushPayloads,
    PushRelay,
    PushSender,
    PushSubscriptions,
    PushTries,
  ],
})
export class NoticesModule {}
