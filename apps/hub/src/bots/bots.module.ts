import { Global, Module } from '@nestjs/common';
import { Articles } from '../desk/articles/articles.service.js';
import { DeskModule } from '../desk/desk.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { FiguresController } from './figures/figures.controller.js';
import { Replays } from './figures/replays.service.js';
import { ScriptFiles } from './files/script-files.service.js';
import { ScriptFigures } from './figures/script-figures.service.js';
import { BotEffects } from './effects/bot-effects.service.js';
import { BotTickets } from './effects/bot-tickets.service.js';
import { HandOver } from './effects/hand-over.service.js';
import { Lookups } from './effects/lookups.service.js';
import { TalkSurveys } from './effects/talk-surveys.service.js';
import { ChoiceLinks } from './choice-page/choice-links.service.js';
import { ChoicePageController } from './choice-page/choice-page.controller.js';
import { ChoicePage } from './choice-page/choice-page.service.js';
import { BotBeginnings } from './sessions/bot-beginnings.service.js';
import { BotEndings } from './sessions/bot-endings.service.js';
import { BotHearing } from './sessions/bot-hearing.service.js';
import { BotPresses } from './sessions/bot-presses.listener.js';
import { BotSessionsController } from './sessions/bot-sessions.controller.js';
import { BotSessions } from './sessions/bot-sessions.service.js';
import { BotSpeech } from './sessions/bot-speech.service.js';
import { BotSweeper } from './sessions/bot.sweeper.js';
import { BotTalk } from './sessions/bot-talk.service.js';
import { BotTurns } from './sessions/bot-turns.service.js';
import { BotWorlds } from './sessions/bot-worlds.service.js';
import { UnheldMessages } from './sessions/unheld-messages.service.js';
import { SessionMoves } from './sessions/session-moves.service.js';
import { ConnectorCalls } from './scripts/connector-calls.service.js';
import { ConnectorsController } from './scripts/connectors.controller.js';
import { Connectors } from './scripts/connectors.service.js';
import { DeploymentsController } from './scripts/deployments.controller.js';
import { Deployments } from './scripts/deployments.service.js';
import { ReadyScripts } from './scripts/ready-scripts.service.js';
import { ScriptCatalogue } from './scripts/script-catalogue.service.js';
import { ScriptGate } from './scripts/script-gate.service.js';
import { ScriptPublishing } from './scripts/script-publishing.service.js';
import { ScriptTrials } from './scripts/script-trials.service.js';
import { ScriptsController } from './scripts/scripts.controller.js';
import { Scripts } from './scripts/scripts.service.js';
import { Misses } from './teach/misses.service.js';
import { TeachController } from './teach/teach.controller.js';
import { Teaching } from './teach/teaching.service.js';

/** Scripts that talk with customers: how they are written and published, how they run, and how people take over from them. */
@Global()
@Module({
  imports: [DeskModule, IntakeModule],
  controllers: [
    BotSessionsController,
    ChoicePageController,
    ConnectorsController,
    DeploymentsController,
    FiguresController,
    TeachController,
    ScriptsController,
  ],
  providers: [
    Articles,
    Connectors,
    Deployments,
    ReadyScripts,
    Replays,
    ScriptFigures,
    ScriptFiles,
    ScriptGate,
    ScriptPublishing,
    ScriptTrials,
    Scripts,
    Teaching,
    BotBeginnings,
    BotEffects,
    BotEndings,
    BotHearing,
    BotPresses,
    BotSessions,
    BotSpeech,
    BotSweeper,
    BotTalk,
    BotTickets,
    BotTurns,
    BotWorlds,
    ChoiceLinks,
    ChoicePage,
    ConnectorCalls,
    HandOver,
    Lookups,
    Misses,
    ScriptCatalogue,
    SessionMoves,
    TalkSurveys,
    UnheldMessages,
  ],
  exports: [BotTickets, BotTurns, ScriptCatalogue, TalkSurveys],
})
export class BotsModule {}
