import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { createAdapters, systemDnsQuestions } from '#channels';
import { HubConfig } from '#config';
import { BlockedCallers } from '../calls/sources/blocked-callers.service.js';
import { OptOuts } from '../delivery/opt-outs.service.js';
import { guardAddresses } from '../platform/outbound/guard-addresses.js';
import { DiskStorage } from '../platform/storage/disk-storage.js';
import { FileStorage } from '../platform/storage/file-storage.js';
import { SpentFiles } from '../platform/storage/spent-files.service.js';
import { AgentSettings } from './agents/agent-settings.service.js';
import { AgentWork } from './agents/agent-work.service.js';
import { AgentAccessController } from './agents/agent-access.controller.js';
import { AgentAccess } from './agents/agent-access.service.js';
import { AgentsController } from './agents/agents.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditProof } from './audit/audit-proof.service.js';
import { AuditReader } from './audit/audit-reader.service.js';
import { BrandController, BrandLogoController } from './brand/brand.controller.js';
import { BrandSettings } from './brand/brand-settings.service.js';
import { Brands } from './brand/brands.service.js';
import { ADAPTERS, ChannelDirectory } from './channel-directory.service.js';
import { CalendarSettings } from './calendars/calendar-settings.service.js';
import { CalendarsController } from './calendars/calendars.controller.js';
import { ChannelConnections } from './channels/channel-connections.service.js';
import { ChannelSettings } from './channels/channel-settings.service.js';
import { ChannelsController } from './channels/channels.controller.js';
import { DemoController } from './demo/demo.controller.js';
import { DemoRemoval } from './demo/demo-removal.service.js';
import { DNS_QUESTIONS, MailDns } from './mail-dns/mail-dns.service.js';
import { TicketFieldSettings } from './fields/ticket-field-settings.service.js';
import { TicketFieldsController } from './fields/ticket-fields.controller.js';
import { MailDnsController } from './mail-dns/mail-dns.controller.js';
import { QueueRemoval } from './queues/queue-removal.service.js';
import { QueueSettings } from './queues/queue-settings.service.js';
import { QueuesController } from './queues/queues.controller.js';
import { QueueTicketsController } from './queues/queue-tickets.controller.js';
import { QueueTickets } from './queues/queue-tickets.service.js';
import { RoleSettings } from './roles/role-settings.service.js';
import { RolesController } from './roles/roles.controller.js';
import { TagSettings } from './tags/tag-settings.service.js';
import { TagsController } from './tags/tags.controller.js';
import { SkillSettings } from './skills/skill-settings.service.js';
import { SkillsController } from './skills/skills.controller.js';
import { FirstSteps } from './start/first-steps.service.js';
import { StartController } from './start/start.controller.js';
import { SiteKeys } from './web-chat/site-keys.service.js';
import { SiteKeysController } from './web-chat/site-keys.controller.js';
import { TicketStateNames } from './ticket-states/ticket-state-names.service.js';
import { TicketStatesController } from './ticket-states/ticket-states.controller.js';
import { SlaPoliciesController } from './sla-policies/sla-policies.controller.js';
import { SlaPolicySettings } from './sla-policies/sla-policy-settings.service.js';

/** Whoever asks for S3 must not believe that their files are there. */
function openFiles(config: HubConfig): FileStorage {
  if (config.s3 !== null) {
    throw new Error('S3 storage is not available yet. Unset S3_ENDPOINT: files are kept in DATA_DIR/files.');
  }
  return new DiskStorage(join(config.dataDir, 'files'));
}

/** What administrators set up, and the open channels that the other rooms use. */
@Global()
@Module({
  controllers: [
    BrandController,
    BrandLogoController,
    ChannelsController,
    MailDnsController,
    SiteKeysController,
    QueuesController,
    SkillsController,
    QueueTicketsController,
    TicketFieldsController,
    TagsController,
    TicketStatesController,
    CalendarsController,
    SlaPoliciesController,
    AgentAccessController,
    AgentsController,
    RolesController,
    AuditController,
    DemoController,
    StartController,
  ],
  providers: [
    Brands,
    BrandSettings,
    ChannelDirectory,
    ChannelConnections,
    ChannelSettings,
    SiteKeys,
    MailDns,
    { provide: DNS_QUESTIONS, useFactory: () => systemDnsQuestions() },
    QueueSettings,
    QueueRemoval,
    SkillSettings,
    QueueTickets,
    TicketFieldSettings,
    TagSettings,
    TicketStateNames,
    CalendarSettings,
    SlaPolicySettings,
    AgentAccess,
    AgentSettings,
    AgentWork,
    RoleSettings,
    AuditReader,
    AuditProof,
    DemoRemoval,
    FirstSteps,
    {
      provide: ADAPTERS,
      useFactory: (config: HubConfig, module: ModuleRef) =>
        createAdapters({
          agentFor: guardAddresses(config.outboundAllow),
          // Looked up when it is needed: the settings need the adapters themselves.
          onSecrets: (id, secrets, replaced) => module.get(ChannelSettings).keepSecrets(id, secrets, replaced),
          isBlocked: (caller) => module.get(BlockedCallers, { strict: false }).isBlocked(caller),
          onOptOut: (id, address) => module.get(OptOuts, { strict: false }).learn(id, address),
        }),
      inject: [HubConfig, ModuleRef],
    },
    SpentFiles,
    {
      provide: FileStorage,
      useFactory: openFiles,
      inject: [HubConfig],
    },
  ],
  exports: [ADAPTERS, Brands, ChannelDirectory, ChannelSettings, FileStorage, SpentFiles],
})
export class SettingsModule {}
