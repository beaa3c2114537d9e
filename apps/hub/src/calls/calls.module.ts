import { Global, Module } from '@nestjs/common';
import { DeskModule } from '../desk/desk.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { AgiCallers } from './asterisk/agi-callers.service.js';
import { AgiReceiver } from './asterisk/agi-receiver.service.js';
import { AgiSounds } from './asterisk/agi-sounds.service.js';
import { AsteriskDriver } from './asterisk/asterisk-driver.service.js';
import { FollowedCalls } from './asterisk/followed-calls.listener.js';
import { HeldLines } from './asterisk/held-lines.service.js';
import { JambonzDriver } from './jambonz/jambonz-driver.service.js';
import { JambonzLinesController } from './jambonz/jambonz-lines.controller.js';
import { JambonzLines } from './jambonz/jambonz-lines.service.js';
import { AfterCall } from './lines/after-call.service.js';
import { CallLines } from './lines/call-lines.service.js';
import { LineArrivals } from './lines/line-arrivals.service.js';
import { LineDecisions } from './lines/line-decisions.service.js';
import { LineEndings } from './lines/line-endings.service.js';
import { LineMessages } from './lines/line-messages.service.js';
import { LineGrowth } from './lines/line-growth.service.js';
import { LinePeople } from './lines/line-people.service.js';
import { LineReplies } from './lines/line-replies.service.js';
import { SilentLines } from './lines/silent-lines.sweeper.js';
import { PromptsModule } from './prompts/prompts.module.js';
import { RecordingsModule } from './recordings/recordings.module.js';
import { SourcesModule } from './sources/sources.module.js';
import { LineTransfers } from './transfers/line-transfers.service.js';
import { TransferTargets } from './transfers/transfer-targets.service.js';
import { TransferTelling } from './transfers/transfer-telling.service.js';
import { TransfersController } from './transfers/transfers.controller.js';
import { Transfers } from './transfers/transfers.service.js';
import { TrialCallsController } from './try/trial-calls.controller.js';
import { TrialCalls } from './try/trial-calls.service.js';
import { CallDrivers } from './work/call-drivers.service.js';
import { CallWork } from './work/call-work.service.js';
import { KeptEvents } from './twilio/kept-events.service.js';
import { LineAnswers } from './twilio/line-answers.service.js';
import { LineFetcher } from './twilio/line-fetcher.service.js';
import { LineNotices } from './twilio/line-notices.service.js';
import { OutgoingJoins } from './twilio/outgoing-joins.service.js';
import { TwilioLinesController } from './twilio/twilio-lines.controller.js';
import { TwilioLines } from './twilio/twilio-lines.service.js';
import { TwilioOutgoing } from './twilio/twilio-outgoing.service.js';
import { DialsController } from './work/dials.controller.js';
import { Dials } from './work/dials.service.js';
import { LineNudges } from './work/line-nudges.service.js';
import { LineConsents } from './work/line-consents.service.js';
import { LineStandings } from './work/line-standings.service.js';
import { MissedCallNotices } from './work/missed-call-notices.service.js';
import { LineOffers } from './work/line-offers.service.js';
import { LineWaiting } from './work/line-waiting.service.js';
import { MissedCallSweeper } from './work/missed-calls.sweeper.js';
import { MissedCalls } from './work/missed-calls.service.js';
import { RingingPhones } from './work/ringing-phones.listener.js';

/** Calls: those that Peyk answers itself, and what it knows of all others. */
@Global()
@Module({
  controllers: [
    DialsController,
    JambonzLinesController,
    TransfersController,
    TwilioLinesController,
    TrialCallsController,
  ],
  imports: [DeskModule, IntakeModule, PromptsModule, RecordingsModule, SourcesModule],
  providers: [
    AgiCallers,
    AgiReceiver,
    AgiSounds,
    AsteriskDriver,
    FollowedCalls,
    HeldLines,
    TrialCalls,
    AfterCall,
    CallDrivers,
    CallLines,
    CallWork,
    Dials,
    JambonzDriver,
    JambonzLines,
    KeptEvents,
    LineAnswers,
    LineArrivals,
    LineFetcher,
    LineDecisions,
    LineEndings,
    LineMessages,
    LineGrowth,
    LineNotices,
    LineNudges,
    LineConsents,
    LineOffers,
    LineStandings,
    LineTransfers,
    MissedCallNotices,
    LinePeople,
    LineReplies,
    SilentLines,
    LineWaiting,
    MissedCallSweeper,
    MissedCalls,
    RingingPhones,
    OutgoingJoins,
    Transfers,
    TransferTargets,
    TransferTelling,
    TwilioLines,
    TwilioOutgoing,
  ],
  exports: [CallLines, CallDrivers],
})
export class CallsModule {}
