import { Module } from '@nestjs/common';
import { AutomationModule } from '../automation/automation.module.js';
import { DeskModule } from '../desk/desk.module.js';
import { VisitorConsents } from './consents/visitor-consents.service.js';
import { ErasureSteps } from './erasures/erasure-steps.service.js';
import { Erasures } from './erasures/erasures.service.js';
import { ExportMaker } from './exports/export-maker.service.js';
import { PersonExports } from './exports/person-exports.service.js';
import { LegalHolds } from './holds/legal-holds.service.js';
import { PersonPrivacyController } from './person-privacy.controller.js';
import { PrivacySettingsController } from './privacy-settings.controller.js';
import { PrivacySweeper } from './privacy.sweeper.js';
import { Redactions } from './redactions/redactions.service.js';
import { RetentionRules } from './retention/retention-rules.service.js';
import { Retention } from './retention/retention.service.js';

/** People who are forgotten, handed out and held, and how long anything is kept. */
@Module({
  imports: [AutomationModule, DeskModule],
  controllers: [PersonPrivacyController, PrivacySettingsController],
  providers: [
    Erasures,
    ErasureSteps,
    ExportMaker,
    LegalHolds,
    PersonExports,
    PrivacySweeper,
    Redactions,
    Retention,
    RetentionRules,
    VisitorConsents,
  ],
})
export class PrivacyModule {}
