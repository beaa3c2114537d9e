import { Global, Module } from '@nestjs/common';
import { CannedFiles } from './canned-files.service.js';
import { CannedRepliesController, OfferedRepliesController } from './canned-replies.controller.js';
import { CannedReplies } from './canned-replies.service.js';
import { CannedTexts } from './canned-texts.service.js';
import { ReplyOffers } from './reply-offers.service.js';
import { ReplyTrials } from './reply-trials.service.js';

/** Texts kept ready. Whatever writes them by itself, rules and macros, asks CannedTexts. */
@Global()
@Module({
  controllers: [CannedRepliesController, OfferedRepliesController],
  providers: [CannedFiles, CannedReplies, CannedTexts, ReplyOffers, ReplyTrials],
  exports: [CannedTexts, ReplyTrials],
})
export class CannedRepliesModule {}
