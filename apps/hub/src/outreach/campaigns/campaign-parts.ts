import type { Provider, Type } from '@nestjs/common';
import { ContactWishesController } from './people/contact-wishes.controller.js';
import { ContactWishes } from './people/contact-wishes.service.js';
import { OutreachStops } from './people/outreach-stops.service.js';
import { OutreachFigures } from './reports/outreach-figures.service.js';
import { OutreachFeeder } from './sending/outreach-feeder.service.js';
import { OutreachMessages } from './sending/outreach-messages.service.js';
import { OutreachRulesReader } from './sending/outreach-rules.service.js';
import { OutreachSender } from './sending/outreach-sender.service.js';
import { OutreachTexts } from './sending/outreach-texts.service.js';
import { OutreachSweeper } from './sending/outreach.sweeper.js';
import { OutreachCopies } from './settings/outreach-copies.service.js';
import { OutreachLife } from './settings/outreach-life.service.js';
import { OutreachLimits } from './settings/outreach-limits.service.js';
import { OutreachPreview } from './settings/outreach-preview.service.js';
import { OutreachSettings } from './settings/outreach-settings.service.js';
import { OutreachController } from './settings/outreach.controller.js';

export const campaignControllers: Type[] = [OutreachController, ContactWishesController];

export const campaignProviders: Provider[] = [
  ContactWishes,
  OutreachCopies,
  OutreachFeeder,
  OutreachFigures,
  OutreachLife,
  OutreachLimits,
  OutreachMessages,
  OutreachPreview,
  OutreachRulesReader,
  OutreachSender,
  OutreachSettings,
  OutreachStops,
  OutreachSweeper,
  OutreachTexts,
];
