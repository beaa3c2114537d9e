import { Module } from '@nestjs/common';
import { RulesModule } from '../../automation/rules/rules.module.js';
import { DeskModule } from '../../desk/desk.module.js';
import { AgentWork } from './agent-work.service.js';
import { InterventionController } from './intervention.controller.js';
import { TakeOvers } from './take-overs.service.js';

/** Supervisors who step in. */
@Module({
  imports: [RulesModule, DeskModule],
  controllers: [InterventionController],
  providers: [TakeOvers, AgentWork],
})
export class InterventionModule {}
