import { Module } from '@nestjs/common';
import { IntakeModule } from '../../intake/intake.module.js';
import { Diagnostics } from './diagnostics.service.js';
import { Heartbeats } from './heartbeats.service.js';
import { SystemController } from './system.controller.js';
import { SystemState } from './system-state.service.js';

/** How the installation is: who works, what waits, what is wrong. */
@Module({ imports: [IntakeModule], controllers: [SystemController], providers: [Diagnostics, Heartbeats, SystemState] })
export class SystemModule {}
