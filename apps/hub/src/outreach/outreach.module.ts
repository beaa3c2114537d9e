import { Module } from '@nestjs/common';
import { DeskModule } from '../desk/desk.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { AttributeSettings } from './attributes/attribute-settings.service.js';
import { AttributesController } from './attributes/attributes.controller.js';
import { CustomerKnowledgeController } from './attributes/customer-knowledge.controller.js';
import { CustomerKnowledge } from './attributes/customer-knowledge.service.js';
import { campaignControllers, campaignProviders } from './campaigns/campaign-parts.js';
import { ImportLines } from './imports/import-lines.service.js';
import { ImportRuns } from './imports/import-runs.service.js';
import { ImportsController } from './imports/imports.controller.js';
import { Imports } from './imports/imports.service.js';
import { ImportedPeople } from './people/imported-people.service.js';
import { PurchasesController } from './purchases/purchases.controller.js';
import { Purchases } from './purchases/purchases.service.js';
import { SegmentMembers } from './segments/segment-members.service.js';
import { SegmentsController } from './segments/segments.controller.js';
import { Segments } from './segments/segments.service.js';
import { TierRuns } from './tiers/tier-runs.service.js';
import { TierSettings } from './tiers/tier-settings.service.js';
import { TiersController } from './tiers/tiers.controller.js';

/** Whom we write to of our own accord, and what we know of them. */
@Module({
  imports: [IntakeModule, DeskModule],
  controllers: [
    AttributesController,
    CustomerKnowledgeController,
    PurchasesController,
    SegmentsController,
    ImportsController,
    TiersController,
    ...campaignControllers,
  ],
  providers: [
    AttributeSettings,
    CustomerKnowledge,
    ImportedPeople,
    Purchases,
    SegmentMembers,
    Segments,
    Imports,
    ImportLines,
    ImportRuns,
    TierSettings,
    TierRuns,
    ...campaignProviders,
  ],
  exports: [SegmentMembers],
})
export class OutreachModule {}
