import { Global, Module } from '@nestjs/common';
import { ActionWords } from '../actions/action-words.service.js';
import { AgentReplies } from '../actions/agent-replies.service.js';
import { RunActions } from '../actions/run-actions.service.js';
import { TicketSteps } from '../actions/ticket-steps.service.js';
import { DryRuns } from './dry-runs.service.js';
import { Happenings } from './happenings.service.js';
import { IdleTickets } from './idle-tickets.service.js';
import { RuleAsking } from './rule-asking.service.js';
import { RuleLog } from './rule-log.service.js';
import { RuleRuns } from './rule-runs.service.js';
import { RuleSettings } from './rule-settings.service.js';
import { RulesController } from './rules.controller.js';
import { RulesSweeper } from './rules.sweeper.js';

/** When this happens and these hold, do that: rules, and the actions that macros share with them. */
@Global()
@Module({
  controllers: [RulesController],
  providers: [
    ActionWords,
    AgentReplies,
    DryRuns,
    Happenings,
    IdleTickets,
    RuleAsking,
    RuleLog,
    RuleRuns,
    RuleSettings,
    RulesSweeper,
    RunActions,
    TicketSteps,
  ],
  exports: [RunActions],
})
export class RulesModule {}
