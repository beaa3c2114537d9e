import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { AuthModule } from './auth/auth.module.js';
import { AutomationModule } from './automation/automation.module.js';
import { RulesModule } from './automation/rules/rules.module.js';
import { BotsModule } from './bots/bots.module.js';
import { CallsModule } from './calls/calls.module.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { ArticlesModule } from './desk/articles/articles.module.js';
import { CannedRepliesModule } from './desk/canned-replies/canned-replies.module.js';
import { DeskModule } from './desk/desk.module.js';
import { HistoryModule } from './intake/history/history.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { LiveModule } from './live/live.module.js';
import { NoticesModule } from './notices/notices.module.js';
import { SystemModule } from './operations/system/system.module.js';
import { OutreachModule } from './outreach/outreach.module.js';
import { PlatformModule, type Foundation } from './platform/platform.module.js';
import { ChannelToolsModule } from './settings/channels/channel-tools.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { ReportsModule } from './supervision/reports/reports.module.js';
import { BoardModule } from './supervision/board/board.module.js';
import { InterventionModule } from './supervision/intervention/intervention.module.js';
import { QualityModule } from './supervision/quality/quality.module.js';
import { SteeringModule } from './supervision/steering/steering.module.js';
import { SurveysModule } from './surveys/surveys.module.js';
import { WaitingModule } from './waiting/waiting.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** The one place where the rooms meet: read it to know what the hub is made of. */
@Module({})
export class HubModule {
  static on(foundation: Foundation, extraRooms: Type[] = []): DynamicModule {
    return {
      module: HubModule,
      imports: [
        PlatformModule.on(foundation),
        AuthModule,
        SettingsModule,
        LiveModule,
        DeliveryModule,
        AutomationModule,
        RulesModule,
        WaitingModule,
        IntakeModule,
        HistoryModule,
        SurveysModule,
        BotsModule,
        CallsModule,
        DeskModule,
        OutreachModule,
        CannedRepliesModule,
        ArticlesModule,
        ChannelToolsModule,
        WebhooksModule,
        NoticesModule,
        PrivacyModule,
        SystemModule,
        BoardModule,
        SteeringModule,
        QualityModule,
        InterventionModule,
        ReportsModule,
        ...extraRooms,
      ],
    };
  }
}
