// Written by tools/openapi.mjs from the controllers and the contract. Do not edit.
/* oxlint-disable max-lines */
import type { ApiShapes } from './api-shape.js';

export const apiShapes: ApiShapes = {
  rooms: {
    AgentsController: '',
    ApiKeysController:
      'The keys of the agent who is signed in. A program cannot make keys: one that leaked would outlive its revocation.',
    AttachmentsController: '',
    CalendarsController: '',
    CallbacksController: '',
    ChannelCheckController: 'How channels are doing, and trying them out.',
    ChannelsController: '',
    ConversationsController: '',
    CustomerLinksController: "Links to customers' own pages, as agents make and revoke them.",
    CustomersController: '',
    DemoController: 'Whether there is anything of the demonstration here, and the one click that takes it away.',
    ExplainController: '',
    HealthController: 'For load balancers and supervisors: is the process alive, and may it be sent work.',
    IdentitiesController: 'Addresses of a customer: those that reached us, and those that are only claimed.',
    MailDnsController: '',
    MailSourceController: 'Mails as they came: shown as their page, downloaded whole, read again.',
    MeController: '',
    MediaController:
      'Where providers fetch the files of messages that they were given. The address itself is the proof, and it is soon over.',
    MessagesController: '',
    MetricsController:
      'Figures for Prometheus: by METRICS_TOKEN when it is set, else for this machine alone. Others learn nothing, not even that.',
    MyController:
      "A customer's own page as JSON. The token is in the path, so nothing of it is kept by anybody on the way.",
    OffersController: '',
    OpenApiController: 'The API, described: for tools and for people.',
    OwnPageController: "The same as a plain page: no script, nothing loaded, in the customer's language.",
    QuarantineController:
      'What came in and could not be taken as it was. Its bytes are kept until it can; nothing here throws them away.',
    QueueWaitingController: '',
    QueuesController: '',
    RevisionsController: 'The earlier forms of messages that their authors changed.',
    SessionController: '',
    SetUpController: 'The first visit to a new hub: makes its administrator, who is signed in at once.',
    SiteKeysController: 'The keys by which a site proves to a web chat who is signed in there.',
    SkillsController: '',
    SlaPoliciesController: '',
    SmsTermsController:
      'What agents need to know of an SMS channel before they write; its settings are for administrators.',
    StartLinksController: 'Links by which a customer opens a chat that is theirs from its first word on.',
    SuppressionsController: 'Addresses that nothing is sent to any more, because their server or their owner said so.',
    ThreadPlaceController: '',
    TicketRoutingController: '',
    TicketsController: '',
    UnsubscribeController:
      'Where bulk mail is unsubscribed from, without signing in (RFC 8058). Mail programs post; scanners of mail follow every link, so looking changes nothing and shows a button.',
    VisitorFilesController: 'Files of a web chat, for the visitor it is with.',
    VisitorSessionController:
      'Where a chat on a web page becomes somebody. No cookie is read or set here, so other sites may call it: those that the channel names, or every one when it names none.',
    VisitorTranscriptsController: 'What was said in a web chat, for the visitor to keep.',
    WebhookController:
      "Where providers call. A request is verified before it is read, stored before it is answered, and answered in the provider's own terms. A forged one is refused and leaves no trace but a count; a repeated one is answered like the first.",
    WebhooksController: '',
  },
  operations: {
    'AgentsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeAgentDto' },
      answers: { $ref: '#/components/schemas/AgentSettingsView' },
    },
    'AgentsController.create': {
      body: { $ref: '#/components/schemas/NewAgentDto' },
      answers: { $ref: '#/components/schemas/AgentSettingsView' },
    },
    'AgentsController.get': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/AgentSettingsView' },
    },
    'AgentsController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/AgentView' } } },
    'AgentsController.listSettings': {
      summary: 'Everybody, those whose account is off included, with what administrators set up.',
      answers: { type: 'array', items: { $ref: '#/components/schemas/AgentSettingsView' } },
    },
    'ApiKeysController.create': {
      summary: 'The answer is the only place where the key is ever shown.',
      body: { $ref: '#/components/schemas/ApiKeyDto' },
      answers: {
        type: 'object',
        properties: { id: { type: 'string' }, key: { type: 'string' } },
        required: ['id', 'key'],
      },
    },
    'ApiKeysController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/ApiKeyRow' } } },
    'ApiKeysController.revoke': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'AttachmentsController.download': { path: { id: { type: 'string', format: 'uuid' } }, raw: true },
    'AttachmentsController.upload': {
      summary: 'The body is the file itself; its name comes percent-encoded in `X-File-Name`.',
      query: [{ name: 'conversation', required: true, schema: { type: 'string' } }],
      takesRaw: true,
      answers: { $ref: '#/components/schemas/AttachmentView' },
    },
    'CalendarsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeCalendarDto' },
      answers: { $ref: '#/components/schemas/CalendarView' },
    },
    'CalendarsController.create': {
      body: { $ref: '#/components/schemas/NewCalendarDto' },
      answers: { $ref: '#/components/schemas/CalendarView' },
    },
    'CalendarsController.holidays': {
      summary: 'Takes over the public holidays of a year; days that have hours of their own already stay as they are.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/HolidaysDto' },
      answers: { $ref: '#/components/schemas/CalendarView' },
    },
    'CalendarsController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/CalendarView' } } },
    'CalendarsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'CalendarsController.today': {
      summary:
        'Closes what is left of today, or gives the day its usual hours back; promises that run are counted anew at once.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/CloseTodayDto' },
      answers: { $ref: '#/components/schemas/CalendarView' },
    },
    'CallbacksController.cancel': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CallbackView' },
    },
    'CallbacksController.finish': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CallbackView' },
    },
    'CallbacksController.list': {
      query: [
        { name: 'ticketId', required: false, schema: { type: 'string', format: 'uuid' } },
        {
          name: 'state',
          required: false,
          schema: {
            type: 'string',
            enum: ['open', 'ended'],
            description: 'Those that still wait, or those that are over.',
          },
        },
      ],
      answers: { type: 'array', items: { $ref: '#/components/schemas/CallbackView' } },
    },
    'ChannelCheckController.check': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ChannelCheckView' },
    },
    'ChannelCheckController.deliveries': {
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        { name: 'show', required: false, schema: { type: 'string', enum: ['sent', 'waiting', 'troubled'] } },
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfChannelDeliveryView' },
    },
    'ChannelCheckController.health': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ChannelHealthView' },
    },
    'ChannelCheckController.sendTest': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/TestMessageDto' },
      answers: { $ref: '#/components/schemas/ChannelTestView' },
    },
    'ChannelCheckController.simulate': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SimulateDto' },
      answers: { $ref: '#/components/schemas/SimulatedView' },
    },
    'ChannelCheckController.status': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/ChannelStatusView' } },
    },
    'ChannelCheckController.tryMap': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/MapTrialDto' },
      answers: { $ref: '#/components/schemas/MapTrialView' },
    },
    'ChannelCheckController.watch': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChannelWatchDto' },
      answers: { $ref: '#/components/schemas/ChannelWatchView' },
    },
    'ChannelsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeChannelDto' },
      answers: { $ref: '#/components/schemas/ChannelView' },
    },
    'ChannelsController.create': {
      body: { $ref: '#/components/schemas/NewChannelDto' },
      answers: { $ref: '#/components/schemas/ChannelView' },
    },
    'ChannelsController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/ChannelView' } } },
    'ChannelsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'ConversationsController.messages': {
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfMessageView' },
    },
    'ConversationsController.open': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ConversationView' },
    },
    'ConversationsController.page': {
      query: [
        {
          name: 'view',
          required: false,
          schema: { type: 'string', enum: ['mine', 'unassigned', 'open', 'solved', 'all'] },
        },
        { name: 'queue', required: false, schema: { type: 'string', format: 'uuid' } },
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfListRow' },
    },
    'ConversationsController.read': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ReadDto' },
    },
    'CustomerLinksController.list': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/CustomerLinkView' } },
    },
    'CustomerLinksController.make': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/NewLinkDto' },
      answers: { $ref: '#/components/schemas/CustomerLinkView' },
    },
    'CustomerLinksController.revoke': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' }, link: { type: 'string', format: 'uuid' } },
    },
    'CustomersController.block': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/BlockDto' },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'CustomersController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeCustomerDto' },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'CustomersController.dismiss': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/DismissDto' },
    },
    'CustomersController.get': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: {
        type: 'object',
        properties: {
          id: { type: 'string', description: "The root of the person's group." },
          name: { type: 'string' },
          locale: { type: 'string' },
          tier: { type: 'number' },
          identities: { type: 'array', items: { $ref: '#/components/schemas/IdentityView' } },
          claims: {
            type: 'array',
            items: { $ref: '#/components/schemas/ClaimView' },
            description: 'What is claimed and not decided, without what is theirs already.',
          },
          blocked: {
            type: ['object', 'null'],
            properties: { at: { type: 'string' }, reason: { type: 'string' } },
            required: ['at', 'reason'],
            description: 'Since when what they write wakes nobody, and why; null when they are not blocked.',
          },
          merged: {
            type: 'array',
            items: { $ref: '#/components/schemas/MergedView' },
            description:
              'Who was merged into them, each by the id and name of their own, and since when; the latest first.',
          },
          deletionAskedAt: {
            type: ['string', 'null'],
            description:
              'When they last asked over their own page that what we have of them is deleted; null when they did not.',
          },
          createdAt: { type: 'string' },
          conversation: { type: 'string' },
        },
        required: [
          'id',
          'name',
          'locale',
          'tier',
          'identities',
          'claims',
          'blocked',
          'merged',
          'deletionAskedAt',
          'createdAt',
          'conversation',
        ],
      },
    },
    'CustomersController.merge': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/MergeDto' },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'CustomersController.preview': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/MergePreviewDto' },
      answers: { $ref: '#/components/schemas/MergePreview' },
    },
    'CustomersController.search': {
      query: [
        { name: 'search', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: {
        type: 'object',
        properties: {
          rows: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                id: { type: 'string', description: "The root of the person's group." },
                name: { type: 'string' },
                locale: { type: 'string' },
                tier: { type: 'number' },
                identities: { type: 'array', items: { $ref: '#/components/schemas/IdentityView' } },
                claims: {
                  type: 'array',
                  items: { $ref: '#/components/schemas/ClaimView' },
                  description: 'What is claimed and not decided, without what is theirs already.',
                },
                blocked: {
                  type: ['object', 'null'],
                  properties: { at: { type: 'string' }, reason: { type: 'string' } },
                  required: ['at', 'reason'],
                  description: 'Since when what they write wakes nobody, and why; null when they are not blocked.',
                },
                merged: {
                  type: 'array',
                  items: { $ref: '#/components/schemas/MergedView' },
                  description:
                    'Who was merged into them, each by the id and name of their own, and since when; the latest first.',
                },
                deletionAskedAt: {
                  type: ['string', 'null'],
                  description:
                    'When they last asked over their own page that what we have of them is deleted; null when they did not.',
                },
                createdAt: { type: 'string' },
                conversation: { type: 'string' },
              },
              required: [
                'id',
                'name',
                'locale',
                'tier',
                'identities',
                'claims',
                'blocked',
                'merged',
                'deletionAskedAt',
                'createdAt',
                'conversation',
              ],
            },
          },
          next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
        },
        required: ['rows', 'next'],
      },
    },
    'CustomersController.suggest': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/SuggestionsView' },
    },
    'CustomersController.unblock': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'CustomersController.undoMerge': {
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'root',
          required: false,
          schema: {
            type: 'string',
            format: 'uuid',
            description:
              'Whom the customer is seen to belong to. Where that is somebody else by now, nothing is undone.',
          },
        },
      ],
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'DemoController.read': {
      answers: { type: 'object', properties: { present: { type: 'boolean' } }, required: ['present'] },
    },
    'DemoController.remove': { status: 204 },
    'ExplainController.explain': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ExplainView' },
    },
    'HealthController.live': {
      answers: { type: 'object', properties: { alive: { const: true } }, required: ['alive'] },
    },
    'HealthController.ready': { answers: { $ref: '#/components/schemas/Readiness' } },
    'IdentitiesController.change': {
      path: { id: { type: 'string', format: 'uuid' }, identity: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeIdentityDto' },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'IdentitiesController.claim': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/NewIdentityDto' },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'IdentitiesController.confirm': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' }, claim: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'IdentitiesController.dismiss': {
      path: { id: { type: 'string', format: 'uuid' }, claim: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'IdentitiesController.retire': {
      summary: 'The address is no longer theirs; what passed over it stays with them.',
      path: { id: { type: 'string', format: 'uuid' }, identity: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'MailDnsController.makeKey': {
      summary: 'A new key to sign mails with. The private half never leaves the hub.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/NewDkimKeyDto' },
      answers: { $ref: '#/components/schemas/MailDnsView' },
    },
    'MailDnsController.read': {
      summary: 'The records to publish for a mail channel, each with what DNS answers now.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/MailDnsView' },
    },
    'MailSourceController.again': {
      summary: 'Reads the mail again, by what the hub has learnt since it came.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/MessageView' },
    },
    'MailSourceController.html': {
      summary:
        "A document for a frame of its own. `X-Blocked-Images` counts the images of other servers that it leaves out; those that are wished are in the document, so that the reader's browser asks nobody for them.",
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'images',
          required: false,
          schema: {
            type: 'string',
            enum: ['0', '1'],
            description: '`1` shows images of other servers, which learn by it that the mail is read.',
          },
        },
      ],
      raw: true,
    },
    'MailSourceController.raw': {
      summary: 'The mail, byte for byte.',
      path: { id: { type: 'string', format: 'uuid' } },
      raw: true,
    },
    'MeController.change': {
      body: { $ref: '#/components/schemas/MeDto' },
      answers: { $ref: '#/components/schemas/MeView' },
    },
    'MeController.read': { answers: { $ref: '#/components/schemas/MeView' } },
    'MediaController.fetch': { raw: true },
    'MessagesController.logCall': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/NewCallDto' },
      answers: { $ref: '#/components/schemas/MessageView' },
    },
    'MessagesController.move': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' }, seq: { type: 'integer' } },
      body: { $ref: '#/components/schemas/MoveMessageDto' },
      answers: { $ref: '#/components/schemas/MessageView' },
    },
    'MessagesController.replyOptions': {
      summary:
        'What the composer offers for a mail: its subject, who an answer to everybody reaches, whether it repeats the thread.',
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        { name: 'channelId', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'identityId', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'threadId', required: false, schema: { type: 'string', format: 'uuid' } },
      ],
      answers: { $ref: '#/components/schemas/ReplyOptionsView' },
    },
    'MessagesController.resend': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' }, seq: { type: 'integer' } },
      query: [{ name: 'part', required: true, schema: { type: 'string', format: 'uuid' } }],
      answers: { $ref: '#/components/schemas/MessageView' },
    },
    'MessagesController.write': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/NewMessageDto' },
      answers: { $ref: '#/components/schemas/MessageView' },
    },
    'MetricsController.read': { answers: { type: 'string' } },
    'MyController.askForDeletion': { status: 204, takesRaw: true },
    'MyController.download': { answers: { $ref: '#/components/schemas/MyPageView' } },
    'MyController.read': {
      query: [{ name: 'before', required: false, schema: { type: 'string', maxLength: 200 } }],
      answers: { $ref: '#/components/schemas/MyPageView' },
    },
    'OffersController.accept': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/TakenOffer' },
    },
    'OffersController.decline': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/DeclineOfferDto' },
    },
    'OffersController.list': {
      summary: 'What the caller is asked to take now, what ends first first.',
      answers: {
        type: 'object',
        properties: { offers: { type: 'array', items: { $ref: '#/components/schemas/OfferView' } } },
        required: ['offers'],
      },
    },
    'OffersController.load': { answers: { $ref: '#/components/schemas/LoadView' } },
    'OpenApiController.read': { answers: { type: 'object', additionalProperties: {} } },
    'OpenApiController.show': { answers: { type: 'string' } },
    'OwnPageController.askForDeletion': {
      summary: "A form's answer is the page again, so that reloading it asks for nothing.",
      takesRaw: true,
      raw: true,
    },
    'OwnPageController.download': {
      query: [{ name: 'format', required: false, schema: { type: 'string', enum: ['json', 'html'] } }],
      raw: true,
    },
    'OwnPageController.file': {
      summary:
        'A file that the page names, served as one from a stranger is: it runs nothing, and nothing of it is kept on the way.',
      path: { id: { type: 'string', format: 'uuid' } },
      raw: true,
    },
    'OwnPageController.read': {
      query: [{ name: 'before', required: false, schema: { type: 'string', maxLength: 200 } }],
      raw: true,
    },
    'QuarantineController.again': {
      summary: 'Reads the event again, by what the hub has learnt since it came.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/Retried' },
    },
    'QuarantineController.list': {
      query: [
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfQuarantinedEvent' },
    },
    'QuarantineController.raw': {
      summary: 'The event, byte for byte, as a file that no browser shows.',
      path: { id: { type: 'string', format: 'uuid' } },
      raw: true,
    },
    'QueueWaitingController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/QueueWaitingDto' },
      answers: { $ref: '#/components/schemas/QueueWaitingView' },
    },
    'QueueWaitingController.read': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/QueueWaitingView' },
    },
    'QueuesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeQueueDto' },
      answers: { $ref: '#/components/schemas/QueueSettingsView' },
    },
    'QueuesController.contents': {
      summary: 'What has to go somewhere else before the queue can go.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/QueueContentsView' },
    },
    'QueuesController.create': {
      body: { $ref: '#/components/schemas/NewQueueDto' },
      answers: { $ref: '#/components/schemas/QueueSettingsView' },
    },
    'QueuesController.get': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/QueueSettingsView' },
    },
    'QueuesController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/QueueView' } } },
    'QueuesController.remove': {
      summary:
        'Removes it. A queue that was ever used goes only towards another one, which takes over what is in it and what still comes for it.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'moveTo',
          required: false,
          schema: {
            type: 'string',
            format: 'uuid',
            description: 'The queue that takes over what is in it, and what still comes for it.',
          },
        },
      ],
    },
    'RevisionsController.list': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/RevisionView' } },
    },
    'SessionController.begin': {
      summary: "Signs in. The session that the browser had before is ended, whoever's it was.",
      status: 201,
      body: { $ref: '#/components/schemas/SessionDto' },
      answers: { $ref: '#/components/schemas/MeView' },
    },
    'SessionController.end': {
      summary: 'Signs out. Without a session that is nothing to do, and no error.',
      status: 204,
    },
    'SetUpController.complete': {
      status: 201,
      body: { $ref: '#/components/schemas/SetUpDto' },
      answers: { $ref: '#/components/schemas/MeView' },
    },
    'SetUpController.read': {
      answers: { type: 'object', properties: { needed: { type: 'boolean' } }, required: ['needed'] },
    },
    'SiteKeysController.add': {
      summary:
        'A new key beside the others, so that a site can change over at its own time. The answer is the only place that shows it.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/NewSiteKeyView' },
    },
    'SiteKeysController.list': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/SiteKeyView' } },
    },
    'SiteKeysController.remove': {
      summary: 'Tokens signed with it prove nothing from here on; who they let in before stays for a day.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
    },
    'SkillsController.create': {
      body: { $ref: '#/components/schemas/SkillDto' },
      answers: { $ref: '#/components/schemas/SkillView' },
    },
    'SkillsController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/SkillView' } } },
    'SkillsController.remove': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'everywhere',
          required: false,
          schema: {
            type: 'string',
            description: '"true": it is taken off whoever has it, and work no longer asks for it.',
          },
        },
      ],
    },
    'SkillsController.rename': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SkillDto' },
      answers: { $ref: '#/components/schemas/SkillView' },
    },
    'SlaPoliciesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeSlaPolicyDto' },
      answers: { $ref: '#/components/schemas/SlaPolicyView' },
    },
    'SlaPoliciesController.create': {
      body: { $ref: '#/components/schemas/NewSlaPolicyDto' },
      answers: { $ref: '#/components/schemas/SlaPolicyView' },
    },
    'SlaPoliciesController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/SlaPolicyView' } } },
    'SlaPoliciesController.publish': {
      summary: 'Makes the draft the version that new promises are pinned to. It never changes afterwards.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/PublishSlaPolicyDto' },
      answers: { $ref: '#/components/schemas/SlaPolicyView' },
    },
    'SmsTermsController.read': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/SmsTermsView' },
    },
    'StartLinksController.list': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/StartLinkView' } },
    },
    'StartLinksController.make': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/NewStartLinkDto' },
      answers: { $ref: '#/components/schemas/StartLinkView' },
    },
    'StartLinksController.revoke': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' }, link: { type: 'string', format: 'uuid' } },
    },
    'SuppressionsController.lift': {
      summary: 'Lets messages leave for the address again.',
      path: { id: { type: 'string', format: 'uuid' }, identity: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'SuppressionsController.list': {
      query: [
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfSuppressionView' },
    },
    'ThreadPlaceController.place': {
      summary: 'Where the thread is that a mail points at without continuing it.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ThreadPlaceView' },
    },
    'TicketRoutingController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/TicketRoutingDto' },
      answers: { $ref: '#/components/schemas/RoutingPlaceView' },
    },
    'TicketRoutingController.get': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/RoutingPlaceView' },
    },
    'TicketRoutingController.list': {
      query: [
        {
          name: 'ids',
          required: true,
          schema: {
            type: 'array',
            items: { type: 'string', format: 'uuid' },
            maxItems: 100,
            description: 'Ids of tickets, apart by commas.',
          },
        },
      ],
      answers: { type: 'array', items: { $ref: '#/components/schemas/RoutingPlaceView' } },
    },
    'TicketsController.assign': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/AssignTicketDto' },
      answers: { $ref: '#/components/schemas/TicketView' },
    },
    'TicketsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeTicketDto' },
      answers: { $ref: '#/components/schemas/TicketView' },
    },
    'TicketsController.open': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/NewTicketDto' },
      answers: { $ref: '#/components/schemas/TicketView' },
    },
    'UnsubscribeController.leave': { status: 200, answers: { type: 'string' } },
    'UnsubscribeController.show': { answers: { type: 'string' } },
    'VisitorFilesController.download': {
      path: { channel: { type: 'string', format: 'uuid' }, id: { type: 'string', format: 'uuid' } },
      raw: true,
    },
    'VisitorFilesController.upload': {
      summary:
        'The body is the file itself; its name comes percent-encoded in `X-File-Name`. The message that takes it names its id.',
      path: { channel: { type: 'string', format: 'uuid' } },
      takesRaw: true,
      answers: { $ref: '#/components/schemas/VisitorUploadView' },
    },
    'VisitorSessionController.begin': {
      status: 201,
      body: { $ref: '#/components/schemas/VisitorSessionDto' },
      answers: { $ref: '#/components/schemas/VisitorSessionView' },
    },
    'VisitorTranscriptsController.download': {
      summary: 'A page to keep: what passed over this chat between this visitor and us, and nothing else.',
      path: { channel: { type: 'string', format: 'uuid' } },
      query: [
        { name: 'locale', required: true, schema: { type: 'string', enum: ['en', 'fa'] } },
        {
          name: 'timeZone',
          required: true,
          schema: {
            type: 'string',
            maxLength: 60,
            description: 'The zone that times are told in, such as Asia/Tehran.',
          },
        },
      ],
      answers: { type: 'string' },
    },
    'VisitorTranscriptsController.mail': {
      summary: 'Mails it, once one of us has answered.',
      status: 204,
      path: { channel: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/MailTranscriptDto' },
    },
    'WebhookController.receive': { takesRaw: true, raw: true },
    'WebhookController.receiveEvent': { takesRaw: true, raw: true },
    'WebhookController.receivePush': { summary: 'Some SMS gateways push in the address.', raw: true },
    'WebhooksController.attempts': {
      path: { id: { type: 'string', format: 'uuid' }, delivery: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/WebhookAttemptView' } },
    },
    'WebhooksController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeWebhookDto' },
      answers: { $ref: '#/components/schemas/WebhookView' },
    },
    'WebhooksController.create': {
      summary: 'The answer is the only place where the secret is shown.',
      body: { $ref: '#/components/schemas/NewWebhookDto' },
      answers: { $ref: '#/components/schemas/WebhookSecretView' },
    },
    'WebhooksController.deliveries': {
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        { name: 'state', required: false, schema: { type: 'string', enum: ['failed', 'queued', 'sent', 'skipped'] } },
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfWebhookDeliveryView' },
    },
    'WebhooksController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/WebhookView' } } },
    'WebhooksController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'WebhooksController.replay': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ReplayDto' },
      answers: { type: 'object', properties: { replayed: { type: 'number' } }, required: ['replayed'] },
    },
    'WebhooksController.rotate': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/WebhookSecretView' },
    },
    'WebhooksController.test': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ChannelTestView' },
    },
  },
  schemas: {
    AgentCapsDto: {
      description: 'The most of each class at the same time; what is absent stays as it is.',
      type: 'object',
      properties: {
        voice: { type: 'integer', minimum: 0, maximum: 1, description: '0 takes no calls. There is one voice.' },
        chat: { type: 'integer', minimum: 0, maximum: 50 },
        async: { type: 'integer', minimum: 0, maximum: 500 },
      },
    },
    AgentQueueDto: {
      type: 'object',
      properties: {
        queueId: { type: 'string', format: 'uuid' },
        level: { type: 'integer', minimum: 1, maximum: 5, description: 'The ring: 1 is asked first.' },
      },
      required: ['queueId'],
    },
    AgentSettingsView: {
      description: 'An account with all that administrators set up.',
      type: 'object',
      properties: {
        version: { type: 'number', description: 'Counts up with every change of these settings.' },
        email: { type: 'string' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        disabled: { type: 'boolean' },
        lastLoginAt: { type: ['string', 'null'] },
        queues: {
          type: 'array',
          items: {
            type: 'object',
            properties: { queueId: { type: 'string' }, level: { type: 'number' } },
            required: ['queueId', 'level'],
          },
        },
        skills: { type: 'array', items: { $ref: '#/components/schemas/AgentSkillView' } },
        calendarId: {
          type: ['string', 'null'],
          description: 'The shift: nothing is given out outside of it; null for always.',
        },
        capUnits: { type: 'number', description: 'The budget that all work shares, and what is taken of it.' },
        usedUnits: { type: 'number' },
        caps: {
          type: 'object',
          properties: { voice: { type: 'number' }, chat: { type: 'number' }, async: { type: 'number' } },
          required: ['voice', 'chat', 'async'],
          description: 'The most of each class at the same time.',
        },
        id: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        status: { type: 'string', enum: ['online', 'busy', 'away', 'offline'] },
        present: { type: 'boolean', description: 'A live console socket holds a lease.' },
      },
      required: [
        'version',
        'email',
        'locale',
        'disabled',
        'lastLoginAt',
        'queues',
        'skills',
        'calendarId',
        'capUnits',
        'usedUnits',
        'caps',
        'id',
        'name',
        'role',
        'status',
        'present',
      ],
    },
    AgentSkillDto: {
      type: 'object',
      properties: {
        skillId: { type: 'string', format: 'uuid' },
        level: { type: 'integer', minimum: 1, maximum: 5, description: '1 knows a little, 5 is the one to ask.' },
      },
      required: ['skillId'],
    },
    AgentSkillView: {
      type: 'object',
      properties: {
        skillId: { type: 'string' },
        level: { type: 'number', description: '1 knows a little, 5 is the one to ask.' },
      },
      required: ['skillId', 'level'],
    },
    AgentView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        status: { type: 'string', enum: ['online', 'busy', 'away', 'offline'] },
        present: { type: 'boolean', description: 'A live console socket holds a lease.' },
      },
      required: ['id', 'name', 'role', 'status', 'present'],
    },
    ApiKeyDto: {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 100 },
        scopes: { type: 'array', items: { type: 'string', enum: ['admin', 'read', 'write'] } },
        expiresAt: { type: 'string', format: 'date-time' },
      },
      required: ['name', 'scopes'],
    },
    ApiKeyRow: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        scopes: { type: 'array', items: { type: 'string', enum: ['admin', 'read', 'write'] } },
        createdAt: { type: 'string', format: 'date-time' },
        expiresAt: { type: ['string', 'null'], format: 'date-time' },
      },
      required: ['id', 'name', 'scopes', 'createdAt', 'expiresAt'],
    },
    AssignTicketDto: {
      type: 'object',
      properties: {
        agentId: { type: ['string', 'null'], format: 'uuid', description: 'null gives the ticket back to its queue.' },
        expected: { type: ['string', 'null'], format: 'uuid', description: 'Who held it when the caller looked.' },
      },
      required: ['agentId', 'expected'],
    },
    AttachmentView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        mediaType: { type: 'string' },
        bytes: { type: 'number' },
        state: { type: 'string', enum: ['stored', 'fetching', 'quarantined', 'erased'] },
        url: { type: 'string', description: 'Where to download it; relative to the hub.' },
      },
      required: ['id', 'name', 'mediaType', 'bytes', 'state', 'url'],
    },
    BlockDto: { type: 'object', properties: { reason: { type: 'string', maxLength: 500 } } },
    CalendarView: {
      description:
        'Service hours. Weekdays count from Monday 1; days are ISO dates; an exception without hours is closed all day.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        timeZone: { type: 'string' },
        windows: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              from: { type: 'number' },
              to: { type: 'number' },
              weekday: { type: 'number' },
              since: { type: ['string', 'null'] },
              until: { type: ['string', 'null'] },
            },
            required: ['from', 'to', 'weekday', 'since', 'until'],
          },
        },
        exceptions: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              day: { type: 'string' },
              label: { type: 'object', properties: { en: { type: 'string' }, fa: { type: 'string' } } },
              hours: { type: 'array', items: { $ref: '#/components/schemas/DayPartView' } },
            },
            required: ['day', 'label', 'hours'],
          },
        },
      },
      required: ['id', 'name', 'timeZone', 'windows', 'exceptions'],
    },
    CallView: {
      type: 'object',
      properties: {
        direction: { type: 'string', enum: ['in', 'out'] },
        state: { type: 'string', enum: ['ringing', 'answered', 'ended'] },
        outcome: {
          anyOf: [
            { type: 'string', enum: ['busy', 'cancelled', 'answered', 'missed', 'failed', 'voicemail', 'abandoned'] },
            { type: 'null' },
          ],
        },
        startedAt: { type: ['string', 'null'] },
        durationSeconds: { type: ['number', 'null'] },
        recordingUrl: { type: ['string', 'null'] },
      },
      required: ['direction', 'state', 'outcome', 'startedAt', 'durationSeconds', 'recordingUrl'],
    },
    CallbackView: {
      description:
        'Somebody who keeps their place in a queue and is to be called or written to when it is their turn. `due`: an agent has the work.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        state: { type: 'string', enum: ['cancelled', 'requested', 'done', 'due'] },
        way: { type: 'string', enum: ['call', 'sms', 'same'] },
        address: { type: 'string', description: "The number to call or text; '' for `same`." },
        identityId: { type: ['string', 'null'] },
        channelId: { type: ['string', 'null'] },
        queueId: { type: 'string' },
        ticketId: { type: 'string' },
        ticketNumber: { type: 'number' },
        conversation: { type: 'string' },
        customerName: { type: 'string' },
        requestedAt: { type: 'string' },
        dueAt: { type: ['string', 'null'] },
        endedAt: { type: ['string', 'null'] },
        endReason: { type: ['string', 'null'] },
      },
      required: [
        'id',
        'state',
        'way',
        'address',
        'identityId',
        'channelId',
        'queueId',
        'ticketId',
        'ticketNumber',
        'conversation',
        'customerName',
        'requestedAt',
        'dueAt',
        'endedAt',
        'endReason',
      ],
    },
    ChangeAgentDto: {
      type: 'object',
      properties: {
        version: {
          type: 'integer',
          description:
            'The version that was seen: a change of anything newer is refused. Without it the last one wins.',
        },
        name: { type: 'string', minLength: 1, maxLength: 200 },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        disabled: {
          type: 'boolean',
          description: 'true ends every session of the account at once, and gives its work back to the queues.',
        },
        password: {
          type: 'string',
          maxLength: 200,
          description: 'A new password, for a colleague who lost theirs. Ends every session of the account.',
        },
        queues: {
          type: 'array',
          items: { $ref: '#/components/schemas/AgentQueueDto' },
          maxItems: 500,
          description: 'Replaces the queues as a whole.',
        },
        skills: {
          type: 'array',
          items: { $ref: '#/components/schemas/AgentSkillDto' },
          maxItems: 200,
          description: 'Replaces the skills as a whole.',
        },
        calendarId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'The shift: nothing is given out outside of it; null for always.',
        },
        capUnits: { type: 'integer', minimum: 0, maximum: 1000, description: 'The budget that all work shares.' },
        caps: { $ref: '#/components/schemas/AgentCapsDto' },
      },
    },
    ChangeCalendarDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        timeZone: { type: 'string', maxLength: 100, description: 'IANA name.' },
        windows: {
          type: 'array',
          items: { $ref: '#/components/schemas/WeeklyWindowDto' },
          maxItems: 500,
          description: 'Replaces the weekly hours as a whole.',
        },
        exceptions: {
          type: 'array',
          items: { $ref: '#/components/schemas/DayExceptionDto' },
          maxItems: 2000,
          description: 'Replaces the days with hours of their own as a whole.',
        },
      },
    },
    ChangeChannelDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        enabled: { type: 'boolean' },
        queueId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'Where its tickets go; null keeps what it has.',
        },
        config: { type: 'object', additionalProperties: {}, description: 'Replaces the shown settings as a whole.' },
        secrets: {
          type: 'object',
          additionalProperties: {},
          description: 'Only those to set; the others stay as they are.',
        },
      },
    },
    ChangeCustomerDto: {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 200 },
        locale: { type: 'string', enum: ['en', 'fa'] },
        tier: {
          type: 'integer',
          minimum: 0,
          maximum: 9,
          description: 'How valued they are, 0 for no tier. It decides who is served first, so supervisors change it.',
        },
      },
    },
    ChangeIdentityDto: {
      type: 'object',
      properties: {
        shared: { type: 'boolean', description: "Several people write from it: a family's phone, a role's mailbox." },
      },
      required: ['shared'],
    },
    ChangeQueueDto: {
      type: 'object',
      properties: {
        version: {
          type: 'integer',
          description:
            'The version that was seen: a change of anything newer is refused. Without it the last one wins.',
        },
        name: { type: 'string', minLength: 1, maxLength: 100 },
        restricted: {
          type: 'boolean',
          description: 'Messages of its tickets are withheld from agents who do not serve it.',
        },
        memberIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 2000,
          description:
            'Replaces the members as a whole; those who were there keep their ring, new ones are in the first.',
        },
        members: {
          type: 'array',
          items: { $ref: '#/components/schemas/QueueMemberDto' },
          maxItems: 2000,
          description: 'Replaces the members as a whole, with their rings.',
        },
        calendarId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'Its service hours; always open when null.',
        },
        outOfHours: { type: 'string', enum: ['wait', 'route'] },
        strategy: { type: 'string', enum: ['broadcast', 'longest_idle', 'least_loaded', 'round_robin'] },
        acceptSecs: {
          type: ['number', 'null'],
          minimum: 5,
          maximum: 600,
          description: 'How long an agent has to accept; null: work is theirs at once.',
        },
        stickySecs: {
          type: ['number', 'null'],
          minimum: 0,
          maximum: 3600,
          description:
            "How long a customer's last agent is waited for; null: 60 seconds for a chat, not at all for the rest.",
        },
        maxWaitSecs: {
          type: ['number', 'null'],
          minimum: 10,
          maximum: 30,
          description: 'How long a customer should wait at most; null for no such aim.',
        },
        skillIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 10,
          description: 'What new work asks of an agent.',
        },
        skillLevel: { type: 'integer', minimum: 1, maximum: 5 },
        boosts: { $ref: '#/components/schemas/QueueBoostsDto' },
        steps: {
          type: 'array',
          items: { $ref: '#/components/schemas/QueueStepDto' },
          maxItems: 20,
          description: 'Replaces the steps as a whole. They are kept in the order of their times.',
        },
      },
    },
    ChangeSlaPolicyDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        position: {
          type: 'integer',
          minimum: 0,
          maximum: 10000,
          description: 'Of policies that say as much about a ticket, the one with the lowest governs.',
        },
        enabled: { type: 'boolean' },
        draft: { $ref: '#/components/schemas/SlaTermsDto', description: 'Replaces the draft as a whole.' },
      },
    },
    ChangeTicketDto: {
      type: 'object',
      properties: {
        version: {
          type: 'integer',
          minimum: 1,
          description: 'The version that was seen; a newer one on the ticket refuses the change.',
        },
        state: { type: 'string', enum: ['open', 'solved', 'pending', 'on_hold', 'closed'] },
        priority: { type: 'integer', enum: [1, 2, 3, 4] },
        subject: { type: 'string', maxLength: 300 },
        tags: { type: 'array', items: { type: 'string', maxLength: 60 }, maxItems: 30 },
        queueId: { type: 'string', format: 'uuid' },
      },
      required: ['version'],
    },
    ChangeWebhookDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        url: {
          type: 'string',
          maxLength: 2000,
          description:
            'http or https, without a user name in it. Addresses outside of the public internet are refused when they are dialled.',
        },
        types: {
          type: 'array',
          items: {
            type: 'string',
            enum: [
              'message.received',
              'message.edited',
              'message.sent',
              'note.written',
              'delivery.sent',
              'delivery.unconfirmed',
              'delivery.parked',
              'delivery.failed',
              'ticket.opened',
              'ticket.assigned',
              'ticket.released',
              'ticket.changed',
              'sla.warned',
              'sla.breached',
              'sla.escalated',
              'customer.merged',
              'customer.parted',
              'customer.blocked',
              'customer.unblocked',
              'customer.deletion_requested',
              'channel.alarm',
              'channel.recovered',
            ],
          },
        },
        ordered: {
          type: 'boolean',
          description:
            'One at a time, oldest first: a delivery that fails holds up those behind it until it is taken or given up.',
        },
        enabled: { type: 'boolean' },
        catchUp: {
          type: 'boolean',
          description:
            'When it is switched on: whether what happened in between is told as well. It is unless this is false.',
        },
      },
    },
    ChannelAlarmView: {
      description:
        'What is wrong with a channel at present. silent: nothing came in for longer than is usual; lagging: messages leave late; expiring and expired: of its password or token; broken: it does not work at all.',
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['expired', 'silent', 'lagging', 'expiring', 'broken'] },
        since: { type: 'string' },
      },
      required: ['kind', 'since'],
    },
    ChannelCheckStep: {
      description:
        'One thing that a check of a channel tried, in the order in which it happened. `code` is stable; `text` is plain English.',
      type: 'object',
      properties: {
        step: { type: 'string' },
        state: { type: 'string', enum: ['failed', 'ok', 'skipped'] },
        code: { type: 'string' },
        text: { type: 'string' },
        ms: { type: 'number' },
      },
      required: ['step', 'state', 'code', 'text', 'ms'],
    },
    ChannelCheckView: {
      description:
        'What a check of a channel found. A kind that has nothing to try says that its settings can be used.',
      type: 'object',
      properties: {
        ok: { type: 'boolean' },
        steps: { type: 'array', items: { $ref: '#/components/schemas/ChannelCheckStep' } },
      },
      required: ['ok', 'steps'],
    },
    ChannelDeliveryView: {
      description: "One message on its way out over a channel, newest first in the channel's log.",
      type: 'object',
      properties: {
        id: { type: 'string' },
        at: { type: 'string' },
        conversation: {
          type: 'string',
          description: 'The conversation row and place of the message; the person is opened by it.',
        },
        seq: { type: 'number' },
        address: { type: 'string' },
        state: { type: 'string', enum: ['cancelled', 'failed', 'queued', 'sent', 'unconfirmed', 'parked', 'sending'] },
        attempts: { type: 'number' },
        dueAt: { type: ['string', 'null'], description: 'When it is tried next; null when it is not.' },
        error: {
          type: ['object', 'null'],
          properties: { code: { type: 'string' }, text: { type: 'string' } },
          required: ['code', 'text'],
        },
        mayResend: { type: 'boolean', description: "It may be sent again: by an agent's click, as a new delivery." },
      },
      required: ['id', 'at', 'conversation', 'seq', 'address', 'state', 'attempts', 'dueAt', 'error', 'mayResend'],
    },
    ChannelHealthView: {
      description: 'How a channel is doing. Instants are null where nothing is known, or nothing happened lately.',
      type: 'object',
      properties: {
        light: {
          type: 'string',
          enum: ['green', 'yellow', 'red', 'off'],
          description:
            'green: it works as far as is known; yellow: nothing is known of it yet; red: `problem` says why not; off: switched off.',
        },
        problem: { type: ['string', 'null'] },
        problemAt: { type: ['string', 'null'] },
        polledAt: {
          type: ['string', 'null'],
          description: 'When its mailbox or its provider was last asked for news.',
        },
        lastInAt: { type: ['string', 'null'] },
        lastOutAt: { type: ['string', 'null'] },
        lastOutError: {
          type: ['object', 'null'],
          properties: { code: { type: 'string' }, text: { type: 'string' }, at: { type: 'string' } },
          required: ['code', 'text', 'at'],
        },
        waiting: {
          type: 'number',
          description: 'Messages that wait to leave, and how long the oldest of them is overdue, in seconds.',
        },
        lagSeconds: { type: 'number' },
      },
      required: [
        'light',
        'problem',
        'problemAt',
        'polledAt',
        'lastInAt',
        'lastOutAt',
        'lastOutError',
        'waiting',
        'lagSeconds',
      ],
    },
    ChannelStatusView: {
      description: 'A channel among the others, as the settings list them.',
      type: 'object',
      properties: {
        channelId: { type: 'string' },
        alarms: { type: 'array', items: { $ref: '#/components/schemas/ChannelAlarmView' } },
        watch: { $ref: '#/components/schemas/ChannelWatchView' },
        light: {
          type: 'string',
          enum: ['green', 'yellow', 'red', 'off'],
          description:
            'green: it works as far as is known; yellow: nothing is known of it yet; red: `problem` says why not; off: switched off.',
        },
        problem: { type: ['string', 'null'] },
        problemAt: { type: ['string', 'null'] },
        polledAt: {
          type: ['string', 'null'],
          description: 'When its mailbox or its provider was last asked for news.',
        },
        lastInAt: { type: ['string', 'null'] },
        lastOutAt: { type: ['string', 'null'] },
        lastOutError: {
          type: ['object', 'null'],
          properties: { code: { type: 'string' }, text: { type: 'string' }, at: { type: 'string' } },
          required: ['code', 'text', 'at'],
        },
        waiting: {
          type: 'number',
          description: 'Messages that wait to leave, and how long the oldest of them is overdue, in seconds.',
        },
        lagSeconds: { type: 'number' },
      },
      required: [
        'channelId',
        'alarms',
        'watch',
        'light',
        'problem',
        'problemAt',
        'polledAt',
        'lastInAt',
        'lastOutAt',
        'lastOutError',
        'waiting',
        'lagSeconds',
      ],
    },
    ChannelTestView: {
      description: 'How a test message fared: whether its provider took it, and why not.',
      type: 'object',
      properties: { ok: { type: 'boolean' }, code: { type: 'string' }, text: { type: 'string' } },
      required: ['ok', 'code', 'text'],
    },
    ChannelView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        kind: { type: 'string', enum: ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] },
        name: { type: 'string' },
        enabled: { type: 'boolean' },
        queueId: { type: ['string', 'null'] },
        config: {
          type: 'object',
          additionalProperties: {},
          description: 'Shown settings; secrets appear only as the names of those that are set.',
        },
        secretsSet: { type: 'array', items: { type: 'string' } },
        problem: {
          type: ['string', 'null'],
          description:
            'Why it does not work, in the words of its provider or of its settings; null when nothing is known against it.',
        },
      },
      required: ['id', 'kind', 'name', 'enabled', 'queueId', 'config', 'secretsSet', 'problem'],
    },
    ChannelWatchDto: {
      type: 'object',
      properties: {
        silenceHours: {
          type: ['number', 'null'],
          minimum: 1,
          maximum: 8760,
          description: 'Hours of silence that are too many; null: none are. Absent: as it was.',
        },
        credentialsExpire: {
          type: ['string', 'null'],
          format: 'date-time',
          description: 'The day on which the password or token ends; null: nobody knows. Absent: as it was.',
        },
      },
    },
    ChannelWatchView: {
      description: 'What is watched of a channel.',
      type: 'object',
      properties: {
        silenceHours: {
          type: ['number', 'null'],
          description:
            'Hours without anything coming in after which it alarms, once something came in at all; null: never.',
        },
        credentialsExpire: {
          type: ['string', 'null'],
          description:
            'The day on which its password, token or app registration ends; ISO date, null when nobody wrote one down.',
        },
      },
      required: ['silenceHours', 'credentialsExpire'],
    },
    ChatWish: {
      description:
        'How a visitor wants to be answered after leaving the chat. The address is only claimed; Telegram has none.',
      type: 'object',
      properties: {
        way: { type: 'string', enum: ['email', 'sms', 'telegram'] },
        address: { type: 'string' },
        askedAt: { type: 'string' },
      },
      required: ['way', 'address', 'askedAt'],
    },
    ClaimView: {
      description:
        'An address that somebody only says is theirs, or that an agent typed. It can be written to and finds nobody.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        customerId: { type: 'string' },
        kind: { type: 'string', enum: ['email', 'telegram', 'phone', 'external'] },
        address: { type: 'string' },
        source: { type: 'string', enum: ['form', 'reply_to', 'typed', 'page'] },
        claimedAt: { type: 'string' },
      },
      required: ['id', 'customerId', 'kind', 'address', 'source', 'claimedAt'],
    },
    CloseTodayDto: {
      type: 'object',
      properties: {
        label: { $ref: '#/components/schemas/LabelDto' },
        is: {
          type: 'string',
          enum: ['closed', 'usual'],
          description: 'Whether the day is over from now on or given its usual hours back.',
        },
      },
      required: ['is'],
    },
    ConversationView: {
      description:
        "A person's whole conversation, opened. `id` is the root's conversation; `parts` are the rows it is made of.",
      type: 'object',
      properties: {
        id: { type: 'string' },
        customer: { $ref: '#/components/schemas/CustomerView' },
        holder: { type: 'string', enum: ['agent', 'none', 'bot', 'queue'] },
        parts: {
          type: 'array',
          items: {
            type: 'object',
            properties: { conversation: { type: 'string' }, rev: { type: 'number' }, lastSeq: { type: 'number' } },
            required: ['conversation', 'rev', 'lastSeq'],
          },
        },
        tickets: { type: 'array', items: { $ref: '#/components/schemas/TicketView' } },
        ways: { type: 'array', items: { $ref: '#/components/schemas/ReplyWay' } },
        messages: { type: 'array', items: { $ref: '#/components/schemas/MessageView' } },
        before: { type: ['string', 'null'], description: 'Older messages exist before this cursor.' },
        unread: { type: 'number', description: 'Messages this reader has not read.' },
        read: {
          type: 'object',
          additionalProperties: { type: 'number' },
          description: 'The newest seq read, per part.',
        },
      },
      required: ['id', 'customer', 'holder', 'parts', 'tickets', 'ways', 'messages', 'before', 'unread', 'read'],
    },
    CustomerLinkView: {
      description: 'A link by which a customer reads their own. Its address is told once, when it is made.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        identityId: { type: 'string' },
        address: { type: 'string' },
        createdAt: { type: 'string' },
        expiresAt: { type: 'string' },
        revokedAt: { type: ['string', 'null'] },
        lastUsedAt: { type: ['string', 'null'] },
        deletionAskedAt: {
          type: ['string', 'null'],
          description: 'When whoever holds the link asked for deletion; null when they did not.',
        },
        url: { type: ['string', 'null'] },
      },
      required: [
        'id',
        'identityId',
        'address',
        'createdAt',
        'expiresAt',
        'revokedAt',
        'lastUsedAt',
        'deletionAskedAt',
        'url',
      ],
    },
    CustomerView: {
      type: 'object',
      properties: {
        id: { type: 'string', description: "The root of the person's group." },
        name: { type: 'string' },
        locale: { type: 'string' },
        tier: { type: 'number' },
        identities: { type: 'array', items: { $ref: '#/components/schemas/IdentityView' } },
        claims: {
          type: 'array',
          items: { $ref: '#/components/schemas/ClaimView' },
          description: 'What is claimed and not decided, without what is theirs already.',
        },
        blocked: {
          type: ['object', 'null'],
          properties: { at: { type: 'string' }, reason: { type: 'string' } },
          required: ['at', 'reason'],
          description: 'Since when what they write wakes nobody, and why; null when they are not blocked.',
        },
        merged: {
          type: 'array',
          items: { $ref: '#/components/schemas/MergedView' },
          description:
            'Who was merged into them, each by the id and name of their own, and since when; the latest first.',
        },
        deletionAskedAt: {
          type: ['string', 'null'],
          description:
            'When they last asked over their own page that what we have of them is deleted; null when they did not.',
        },
        createdAt: { type: 'string' },
      },
      required: [
        'id',
        'name',
        'locale',
        'tier',
        'identities',
        'claims',
        'blocked',
        'merged',
        'deletionAskedAt',
        'createdAt',
      ],
    },
    DayExceptionDto: {
      type: 'object',
      properties: {
        day: { type: 'string', format: 'date-time' },
        label: { $ref: '#/components/schemas/LabelDto' },
        hours: {
          type: 'array',
          items: { $ref: '#/components/schemas/DayPartDto' },
          maxItems: 20,
          description: 'None: closed all day.',
        },
      },
      required: ['day', 'hours'],
    },
    DayPartDto: {
      description: "Part of a day, in minutes after midnight on the wall of the calendar's place.",
      type: 'object',
      properties: {
        from: { type: 'integer', minimum: 0, maximum: 1439 },
        to: { type: 'integer', minimum: 1, maximum: 1440, description: 'The first minute that is closed again.' },
      },
      required: ['from', 'to'],
    },
    DayPartView: {
      description: "Part of a day, in minutes after midnight on the wall of the calendar's place.",
      type: 'object',
      properties: { from: { type: 'number' }, to: { type: 'number' } },
      required: ['from', 'to'],
    },
    DeclineOfferDto: {
      type: 'object',
      properties: {
        reason: {
          type: 'string',
          maxLength: 300,
          description: "Why, in the agent's own words; colleagues see it where the ticket's way is explained.",
        },
      },
    },
    DismissDto: {
      type: 'object',
      properties: { customer: { type: 'string', format: 'uuid', description: 'The other customer.' } },
      required: ['customer'],
    },
    DnsRecord: {
      description: 'A record that an administrator publishes, and what DNS says of it now.',
      type: 'object',
      properties: {
        purpose: { type: 'string', enum: ['spf', 'dkim', 'dmarc', 'mx', 'return_path'] },
        name: { type: 'string' },
        type: { type: 'string', enum: ['TXT', 'MX', 'CNAME'] },
        value: {
          type: 'string',
          description: "To copy as it is; '' while nobody can say, e.g. before there is a signing key.",
        },
        status: {
          type: 'string',
          enum: ['ok', 'missing', 'different', 'unknown'],
          description: '`unknown`: DNS could not be asked, or there is nothing to compare with.',
        },
        found: { type: 'array', items: { type: 'string' }, description: 'The records of that kind that DNS has.' },
      },
      required: ['purpose', 'name', 'type', 'value', 'status', 'found'],
    },
    EscalationDto: {
      description: 'What is done when a promise has been broken for a while.',
      type: 'object',
      properties: {
        afterMs: { type: 'integer', minimum: 0, description: 'Service time since the breach.' },
        notify: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 50,
          description: "Agents who hear of it, beside the ticket's own and those who oversee.",
        },
        boostMs: {
          type: 'integer',
          minimum: 0,
          maximum: 86400000,
          description: 'How far the work moves ahead in its queue.',
        },
        queueId: { type: ['string', 'null'], format: 'uuid', description: 'The queue that the ticket moves to.' },
      },
      required: ['afterMs'],
    },
    ExplainAccepted: {
      description:
        '`auto`: nobody was asked, for the queue does not ask. The choice is only known then; it stands with the offer otherwise.',
      type: 'object',
      properties: {
        kind: { const: 'accepted' },
        agent: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        auto: { type: 'boolean' },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        strategy: { type: ['string', 'null'] },
        why: { type: ['string', 'null'] },
        eligible: { type: ['number', 'null'], description: 'How many could have had it.' },
        candidates: {
          type: 'array',
          items: { $ref: '#/components/schemas/ExplainCandidate' },
          description: 'The first of them, best first.',
        },
        waitedMs: { type: ['number', 'null'] },
        ahead: { type: ['number', 'null'], description: 'How many waited before it in the queue.' },
      },
      required: ['kind', 'agent', 'auto', 'at', 'by', 'strategy', 'why', 'eligible', 'candidates', 'waitedMs', 'ahead'],
    },
    ExplainAsked: {
      description: 'Somebody said whom it needs.',
      type: 'object',
      properties: {
        kind: { const: 'asked' },
        skills: { type: 'array', items: { $ref: '#/components/schemas/Named' } },
        skillLevel: { type: 'number' },
        preferred: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'skills', 'skillLevel', 'preferred', 'at', 'by'],
    },
    ExplainAway: {
      type: 'object',
      properties: {
        kind: { const: 'away' },
        agent: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'agent', 'at', 'by'],
    },
    ExplainCallback: {
      description:
        'The customer wants to be called or written back and keeps their place; or it was done, or called off.',
      type: 'object',
      properties: {
        kind: { const: 'callback' },
        state: { type: 'string', enum: ['cancelled', 'requested', 'done'] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'state', 'at', 'by'],
    },
    ExplainCandidate: {
      description: 'Somebody who could have had it. What is not known of them is null.',
      type: 'object',
      properties: {
        agent: { $ref: '#/components/schemas/Named' },
        skill: { type: ['number', 'null'], description: 'The sum of their levels in the skills asked for.' },
        idleMs: { type: ['number', 'null'] },
        load: { type: ['number', 'null'], description: 'The share of their units in use, 0 to 1.' },
        sinceMs: { type: ['number', 'null'], description: 'Since they last got work.' },
        isSticky: { type: 'boolean' },
      },
      required: ['agent', 'skill', 'idleMs', 'load', 'sinceMs', 'isSticky'],
    },
    ExplainHand: {
      description: 'It changed hands: `to` null, back to its queue.',
      type: 'object',
      properties: {
        kind: { const: 'handed' },
        from: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        to: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'from', 'to', 'at', 'by'],
    },
    ExplainMoved: {
      type: 'object',
      properties: {
        kind: { const: 'moved' },
        from: { type: 'string', enum: ['open', 'solved', 'new', 'pending', 'on_hold', 'closed'] },
        to: { type: 'string', enum: ['open', 'solved', 'new', 'pending', 'on_hold', 'closed'] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'from', 'to', 'at', 'by'],
    },
    ExplainOfferEnd: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['expired', 'declined', 'revoked'] },
        agent: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        reason: { type: 'string', description: "Their own words, or the hub's word for it; '' where there is none." },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'agent', 'reason', 'at', 'by'],
    },
    ExplainOffered: {
      type: 'object',
      properties: {
        kind: { const: 'offered' },
        agent: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        expiresAt: { type: ['string', 'null'] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        strategy: { type: ['string', 'null'] },
        why: { type: ['string', 'null'] },
        eligible: { type: ['number', 'null'], description: 'How many could have had it.' },
        candidates: {
          type: 'array',
          items: { $ref: '#/components/schemas/ExplainCandidate' },
          description: 'The first of them, best first.',
        },
        waitedMs: { type: ['number', 'null'] },
        ahead: { type: ['number', 'null'], description: 'How many waited before it in the queue.' },
      },
      required: [
        'kind',
        'agent',
        'expiresAt',
        'at',
        'by',
        'strategy',
        'why',
        'eligible',
        'candidates',
        'waitedMs',
        'ahead',
      ],
    },
    ExplainOpened: {
      type: 'object',
      properties: {
        kind: { const: 'opened' },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'at', 'by'],
    },
    ExplainPromiseStep: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['promise_warned', 'promise_broken', 'promise_escalated'] },
        metric: { type: 'string', enum: ['first_response', 'next_response', 'resolution'] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'metric', 'at', 'by'],
    },
    ExplainQueued: {
      description: 'It began to wait, or waits again.',
      type: 'object',
      properties: {
        kind: { const: 'queued' },
        queue: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        reason: { type: 'string' },
        class: { anyOf: [{ type: 'string', enum: ['voice', 'chat', 'async'] }, { type: 'null' }] },
        skills: { type: 'array', items: { $ref: '#/components/schemas/Named' } },
        skillLevel: { type: 'number' },
        preferred: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        boostMs: { type: 'number' },
        parts: {
          type: 'object',
          properties: { priority: { type: 'number' }, tier: { type: 'number' }, overdue: { type: 'number' } },
          required: ['priority', 'tier', 'overdue'],
        },
      },
      required: [
        'kind',
        'queue',
        'reason',
        'class',
        'skills',
        'skillLevel',
        'preferred',
        'at',
        'by',
        'boostMs',
        'parts',
      ],
    },
    ExplainReranked: {
      description: 'Its place in line moved, and nothing else.',
      type: 'object',
      properties: {
        kind: { const: 'reranked' },
        reason: { type: 'string' },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        boostMs: { type: 'number' },
        parts: {
          type: 'object',
          properties: { priority: { type: 'number' }, tier: { type: 'number' }, overdue: { type: 'number' } },
          required: ['priority', 'tier', 'overdue'],
        },
      },
      required: ['kind', 'reason', 'at', 'by', 'boostMs', 'parts'],
    },
    ExplainStepped: {
      description: 'Nobody took it in time, so a step of the queue was done.',
      type: 'object',
      properties: {
        kind: { const: 'stepped' },
        step: { type: 'number', description: 'From 1.' },
        action: { type: 'string' },
        level: { type: ['number', 'null'] },
        queue: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        minutes: { type: ['number', 'null'] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'step', 'action', 'level', 'queue', 'minutes', 'at', 'by'],
    },
    ExplainStickyWait: {
      description: 'It was kept for the agent who knows the customer.',
      type: 'object',
      properties: {
        kind: { const: 'sticky_waited' },
        agent: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        waitedMs: { type: ['number', 'null'] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'agent', 'waitedMs', 'at', 'by'],
    },
    ExplainView: {
      description:
        'Why a ticket is where it is, from what was recorded when it was decided. Steps and promises come oldest first.',
      type: 'object',
      properties: {
        ticketId: { type: 'string' },
        number: { type: 'number' },
        state: { type: 'string', enum: ['open', 'solved', 'new', 'pending', 'on_hold', 'closed'] },
        queue: { $ref: '#/components/schemas/Named' },
        owner: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        place: {
          anyOf: [{ $ref: '#/components/schemas/RoutingPlaceView' }, { type: 'null' }],
          description: 'Null where no work is alive: it is solved.',
        },
        servers: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              agent: { $ref: '#/components/schemas/Named' },
              hindrance: {
                anyOf: [
                  {
                    type: 'string',
                    enum: [
                      'queue_closed',
                      'not_online',
                      'not_present',
                      'off_shift',
                      'excluded',
                      'not_in_queue',
                      'lacks_skill',
                      'asked_already',
                      'no_units',
                      'class_full',
                      'on_a_call',
                    ],
                  },
                  { type: 'null' },
                ],
              },
            },
            required: ['agent', 'hindrance'],
          },
          description:
            'While it waits: everybody who serves its queue, and what keeps them from having it at this moment; null where nothing does.',
        },
        steps: {
          type: 'array',
          items: {
            anyOf: [
              { $ref: '#/components/schemas/ExplainOpened' },
              { $ref: '#/components/schemas/ExplainQueued' },
              { $ref: '#/components/schemas/ExplainReranked' },
              { $ref: '#/components/schemas/ExplainOffered' },
              { $ref: '#/components/schemas/ExplainAccepted' },
              { $ref: '#/components/schemas/ExplainOfferEnd' },
              { $ref: '#/components/schemas/ExplainStickyWait' },
              { $ref: '#/components/schemas/ExplainStepped' },
              { $ref: '#/components/schemas/ExplainAsked' },
              { $ref: '#/components/schemas/ExplainAway' },
              { $ref: '#/components/schemas/ExplainCallback' },
              { $ref: '#/components/schemas/ExplainHand' },
              { $ref: '#/components/schemas/ExplainMoved' },
              { $ref: '#/components/schemas/ExplainPromiseStep' },
            ],
          },
        },
        promises: { type: 'array', items: { $ref: '#/components/schemas/ExplainedPromise' } },
      },
      required: ['ticketId', 'number', 'state', 'queue', 'owner', 'place', 'servers', 'steps', 'promises'],
    },
    ExplainedPromise: {
      description:
        'One promise about the ticket: who made it and how its time is counted. Durations are milliseconds of service time.',
      type: 'object',
      properties: {
        metric: { type: 'string', enum: ['first_response', 'next_response', 'resolution'] },
        state: { type: 'string', enum: ['running', 'paused', 'met', 'cancelled'] },
        policyName: { type: 'string' },
        version: { type: 'number' },
        publishedAt: { type: ['string', 'null'] },
        chosenBy: {
          type: 'array',
          items: { type: 'string', enum: ['queue', 'tier', 'priority'] },
          description:
            'What the policy names of this ticket, and so why it was this policy; empty: it is for everything.',
        },
        calendar: {
          type: ['object', 'null'],
          properties: { name: { type: 'string' }, timeZone: { type: 'string' } },
          required: ['name', 'timeZone'],
          description: 'The hours that count; null for all hours.',
        },
        pausedIn: {
          type: 'array',
          items: { type: 'string', enum: ['open', 'solved', 'new', 'pending', 'on_hold', 'closed'] },
        },
        targetMs: { type: 'number' },
        consumedMs: { type: 'number' },
        startedAt: { type: 'string' },
        dueAt: { type: ['string', 'null'], description: 'Null where it does not run, or never comes to its end.' },
        breachedAt: { type: ['string', 'null'] },
        endedAt: { type: ['string', 'null'] },
      },
      required: [
        'metric',
        'state',
        'policyName',
        'version',
        'publishedAt',
        'chosenBy',
        'calendar',
        'pausedIn',
        'targetMs',
        'consumedMs',
        'startedAt',
        'dueAt',
        'breachedAt',
        'endedAt',
      ],
    },
    HolidaysDto: {
      type: 'object',
      properties: {
        country: { type: 'string', description: 'ISO 3166 code of the country whose public holidays are taken over.' },
        year: { type: 'integer', minimum: 2000, maximum: 2100 },
      },
      required: ['country', 'year'],
    },
    IdentityView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        customerId: { type: 'string' },
        kind: { type: 'string', enum: ['email', 'telegram', 'web', 'phone', 'external'] },
        address: { type: 'string' },
        trust: { type: 'string', enum: ['proven', 'channel_given', 'unauthenticated'] },
        shared: { type: 'boolean' },
        lastSeenAt: { type: ['string', 'null'] },
        unreachable: {
          type: ['string', 'null'],
          description:
            'Nothing is sent there any more, in the words of whoever said why; null: messages leave as usual.',
        },
        awayUntil: {
          type: ['string', 'null'],
          description: 'Nobody reads there until this day; ISO date, null when nothing is known.',
        },
        chat: {
          type: 'object',
          properties: {
            isOpen: { type: 'boolean' },
            wish: { anyOf: [{ $ref: '#/components/schemas/ChatWish' }, { type: 'null' }] },
          },
          required: ['isOpen', 'wish'],
          description:
            'Of a visitor of a web chat: whether they have it open now, and how they asked to be answered once they have not.',
        },
      },
      required: ['id', 'customerId', 'kind', 'address', 'trust', 'shared', 'lastSeenAt', 'unreachable', 'awayUntil'],
    },
    LabelDto: {
      type: 'object',
      properties: { en: { type: 'string', maxLength: 200 }, fa: { type: 'string', maxLength: 200 } },
    },
    ListRow: {
      description: 'A line of a list: one ticket with its person and last words.',
      type: 'object',
      properties: {
        ticket: { $ref: '#/components/schemas/TicketView' },
        conversation: { type: 'string' },
        customer: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        last: {
          type: ['object', 'null'],
          properties: {
            body: { type: 'string' },
            kind: { type: 'string', enum: ['text', 'note', 'call', 'keys', 'form', 'event'] },
            direction: { type: 'string', enum: ['in', 'out', 'internal'] },
            channelKind: {
              anyOf: [
                { type: 'string', enum: ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] },
                { type: 'null' },
              ],
            },
            at: { type: 'string' },
          },
          required: ['body', 'kind', 'direction', 'channelKind', 'at'],
        },
        unread: { type: 'number' },
      },
      required: ['ticket', 'conversation', 'customer', 'last', 'unread'],
    },
    LoadView: {
      description: 'What an agent holds, and whether they are given more.',
      type: 'object',
      properties: {
        status: { type: 'string', enum: ['online', 'busy', 'away', 'offline'] },
        statusReason: {
          type: ['string', 'null'],
          description:
            "'no_answer': the hub set them away, because offers went unanswered. Null: they said so themselves.",
        },
        usedUnits: { type: 'number' },
        capUnits: { type: 'number' },
        classes: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              class: { type: 'string', enum: ['voice', 'chat', 'async'] },
              used: { type: 'number' },
              cap: { type: 'number' },
            },
            required: ['class', 'used', 'cap'],
          },
        },
        onShift: {
          type: 'boolean',
          description: 'False outside the hours of their shift: nothing is given to them then.',
        },
        missedOffers: { type: 'number', description: 'Offers in a row that they let run out.' },
      },
      required: ['status', 'statusReason', 'usedUnits', 'capUnits', 'classes', 'onShift', 'missedOffers'],
    },
    MailDnsView: {
      description: "The records that a mail channel's domain needs, and what DNS has.",
      type: 'object',
      properties: {
        domain: { type: 'string' },
        records: { type: 'array', items: { $ref: '#/components/schemas/DnsRecord' } },
      },
      required: ['domain', 'records'],
    },
    MailTranscriptDto: {
      type: 'object',
      properties: {
        to: { type: 'string', minLength: 3, maxLength: 320 },
        locale: { type: 'string', enum: ['en', 'fa'] },
        timeZone: {
          type: 'string',
          maxLength: 60,
          description: 'The zone that times are told in, such as Asia/Tehran.',
        },
      },
      required: ['to', 'locale', 'timeZone'],
    },
    MailView: {
      description: 'What is known of a mail besides its words.',
      type: 'object',
      properties: {
        to: { type: 'array', items: { type: 'string' } },
        cc: { type: 'array', items: { type: 'string' } },
        bcc: {
          type: 'array',
          items: { type: 'string' },
          description: 'Who had a copy that nobody else sees; known of mails of ours only.',
        },
        hidden: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              toString: { type: 'object', description: 'Returns a string representation of an array.' },
              toLocaleString: {
                type: 'object',
                description:
                  'Returns a string representation of an array. The elements are converted to string using their toLocaleString methods.',
              },
              pop: {
                type: 'object',
                description:
                  'Removes the last element from an array and returns it. If the array is empty, undefined is returned and the array is not modified.',
              },
              push: {
                type: 'object',
                description: 'Appends new elements to the end of an array, and returns the new length of the array.',
              },
              concat: {
                type: 'object',
                description:
                  'Combines two or more arrays. This method returns a new array without modifying any existing arrays.',
              },
              join: {
                type: 'object',
                description:
                  'Adds all the elements of an array into a string, separated by the specified separator string.',
              },
              reverse: {
                type: 'object',
                description:
                  'Reverses the elements in an array in place. This method mutates the array and returns a reference to the same array.',
              },
              shift: {
                type: 'object',
                description:
                  'Removes the first element from an array and returns it. If the array is empty, undefined is returned and the array is not modified.',
              },
              slice: {
                type: 'object',
                description:
                  'Returns a copy of a section of an array. For both start and end, a negative index can be used to indicate an offset from the end of the array. For example, -2 refers to the second to last element of the array.',
              },
              sort: {
                type: 'object',
                description:
                  'Sorts an array in place. This method mutates the array and returns a reference to the same array.',
              },
              splice: {
                type: 'object',
                description:
                  'Removes elements from an array and, if necessary, inserts new elements in their place, returning the deleted elements.',
              },
              unshift: {
                type: 'object',
                description: 'Inserts new elements at the start of an array, and returns the new length of the array.',
              },
              indexOf: {
                type: 'object',
                description:
                  'Returns the index of the first occurrence of a value in an array, or -1 if it is not present.',
              },
              lastIndexOf: {
                type: 'object',
                description:
                  'Returns the index of the last occurrence of a specified value in an array, or -1 if it is not present.',
              },
              every: {
                type: 'object',
                description: 'Determines whether all the members of an array satisfy the specified test.',
              },
              some: {
                type: 'object',
                description:
                  'Determines whether the specified callback function returns true for any element of an array.',
              },
              forEach: { type: 'object', description: 'Performs the specified action for each element in an array.' },
              map: {
                type: 'object',
                description:
                  'Calls a defined callback function on each element of an array, and returns an array that contains the results.',
              },
              filter: {
                type: 'object',
                description:
                  'Returns the elements of an array that meet the condition specified in a callback function.',
              },
              reduce: {
                type: 'object',
                description:
                  'Calls the specified callback function for all the elements in an array. The return value of the callback function is the accumulated result, and is provided as an argument in the next call to the callback function.',
              },
              reduceRight: {
                type: 'object',
                description:
                  'Calls the specified callback function for all the elements in an array, in descending order. The return value of the callback function is the accumulated result, and is provided as an argument in the next call to the callback function.',
              },
              find: {
                type: 'object',
                description:
                  'Returns the value of the first element in the array where predicate is true, and undefined otherwise.',
              },
              findIndex: {
                type: 'object',
                description:
                  'Returns the index of the first element in the array where predicate is true, and -1 otherwise.',
              },
              fill: {
                type: 'object',
                description:
                  'Changes all array elements from `start` to `end` index to a static `value` and returns the modified array',
              },
              copyWithin: {
                type: 'object',
                description:
                  'Returns the this object after copying a section of the array identified by start and end to the same array starting at position target',
              },
              entries: {
                type: 'object',
                description: 'Returns an iterable of key, value pairs for every entry in the array',
              },
              keys: { type: 'object', description: 'Returns an iterable of keys in the array' },
              values: { type: 'object', description: 'Returns an iterable of values in the array' },
              includes: {
                type: 'object',
                description:
                  'Determines whether an array includes a certain element, returning true or false as appropriate.',
              },
              flatMap: {
                type: 'object',
                description:
                  'Calls a defined callback function on each element of an array. Then, flattens the result into a new array. This is identical to a map followed by flat with depth 1.',
              },
              flat: {
                type: 'object',
                description:
                  'Returns a new array with all sub-array elements concatenated into it recursively up to the specified depth.',
              },
              at: { type: 'object', description: 'Returns the item located at the specified index.' },
              findLast: {
                type: 'object',
                description:
                  'Returns the value of the last element in the array where predicate is true, and undefined otherwise.',
              },
              findLastIndex: {
                type: 'object',
                description:
                  'Returns the index of the last element in the array where predicate is true, and -1 otherwise.',
              },
              toReversed: { type: 'object', description: 'Returns a copy of an array with its elements reversed.' },
              toSorted: { type: 'object', description: 'Returns a copy of an array with its elements sorted.' },
              toSpliced: {
                type: 'object',
                description:
                  'Copies an array and removes elements and, if necessary, inserts new elements in their place. Returns the copied array. Copies an array and removes elements while returning the remaining elements.',
              },
              with: {
                type: 'object',
                description:
                  'Copies an array, then overwrites the value at the provided index with the given value. If the index is negative, then it replaces from the end of the array.',
              },
              '__@iterator@46': { type: 'object', description: 'Iterator' },
              '__@unscopables@48': {
                type: 'object',
                properties: {
                  length: {
                    type: 'boolean',
                    description:
                      'Gets or sets the length of the array. This is a number one higher than the highest index in the array.',
                  },
                  toString: { type: 'boolean', description: 'Returns a string representation of an array.' },
                  toLocaleString: {
                    type: 'boolean',
                    description:
                      'Returns a string representation of an array. The elements are converted to string using their toLocaleString methods.',
                  },
                  pop: {
                    type: 'boolean',
                    description:
                      'Removes the last element from an array and returns it. If the array is empty, undefined is returned and the array is not modified.',
                  },
                  push: {
                    type: 'boolean',
                    description:
                      'Appends new elements to the end of an array, and returns the new length of the array.',
                  },
                  concat: {
                    type: 'boolean',
                    description:
                      'Combines two or more arrays. This method returns a new array without modifying any existing arrays.',
                  },
                  join: {
                    type: 'boolean',
                    description:
                      'Adds all the elements of an array into a string, separated by the specified separator string.',
                  },
                  reverse: {
                    type: 'boolean',
                    description:
                      'Reverses the elements in an array in place. This method mutates the array and returns a reference to the same array.',
                  },
                  shift: {
                    type: 'boolean',
                    description:
                      'Removes the first element from an array and returns it. If the array is empty, undefined is returned and the array is not modified.',
                  },
                  slice: {
                    type: 'boolean',
                    description:
                      'Returns a copy of a section of an array. For both start and end, a negative index can be used to indicate an offset from the end of the array. For example, -2 refers to the second to last element of the array.',
                  },
                  sort: {
                    type: 'boolean',
                    description:
                      'Sorts an array in place. This method mutates the array and returns a reference to the same array.',
                  },
                  splice: {
                    type: 'boolean',
                    description:
                      'Removes elements from an array and, if necessary, inserts new elements in their place, returning the deleted elements.',
                  },
                  unshift: {
                    type: 'boolean',
                    description:
                      'Inserts new elements at the start of an array, and returns the new length of the array.',
                  },
                  indexOf: {
                    type: 'boolean',
                    description:
                      'Returns the index of the first occurrence of a value in an array, or -1 if it is not present.',
                  },
                  lastIndexOf: {
                    type: 'boolean',
                    description:
                      'Returns the index of the last occurrence of a specified value in an array, or -1 if it is not present.',
                  },
                  every: {
                    type: 'boolean',
                    description: 'Determines whether all the members of an array satisfy the specified test.',
                  },
                  some: {
                    type: 'boolean',
                    description:
                      'Determines whether the specified callback function returns true for any element of an array.',
                  },
                  forEach: {
                    type: 'boolean',
                    description: 'Performs the specified action for each element in an array.',
                  },
                  map: {
                    type: 'boolean',
                    description:
                      'Calls a defined callback function on each element of an array, and returns an array that contains the results.',
                  },
                  filter: {
                    type: 'boolean',
                    description:
                      'Returns the elements of an array that meet the condition specified in a callback function.',
                  },
                  reduce: {
                    type: 'boolean',
                    description:
                      'Calls the specified callback function for all the elements in an array. The return value of the callback function is the accumulated result, and is provided as an argument in the next call to the callback function.',
                  },
                  reduceRight: {
                    type: 'boolean',
                    description:
                      'Calls the specified callback function for all the elements in an array, in descending order. The return value of the callback function is the accumulated result, and is provided as an argument in the next call to the callback function.',
                  },
                  find: {
                    type: 'boolean',
                    description:
                      'Returns the value of the first element in the array where predicate is true, and undefined otherwise.',
                  },
                  findIndex: {
                    type: 'boolean',
                    description:
                      'Returns the index of the first element in the array where predicate is true, and -1 otherwise.',
                  },
                  fill: {
                    type: 'boolean',
                    description:
                      'Changes all array elements from `start` to `end` index to a static `value` and returns the modified array',
                  },
                  copyWithin: {
                    type: 'boolean',
                    description:
                      'Returns the this object after copying a section of the array identified by start and end to the same array starting at position target',
                  },
                  entries: {
                    type: 'boolean',
                    description: 'Returns an iterable of key, value pairs for every entry in the array',
                  },
                  keys: { type: 'boolean', description: 'Returns an iterable of keys in the array' },
                  values: { type: 'boolean', description: 'Returns an iterable of values in the array' },
                  includes: {
                    type: 'boolean',
                    description:
                      'Determines whether an array includes a certain element, returning true or false as appropriate.',
                  },
                  flatMap: {
                    type: 'boolean',
                    description:
                      'Calls a defined callback function on each element of an array. Then, flattens the result into a new array. This is identical to a map followed by flat with depth 1.',
                  },
                  flat: {
                    type: 'boolean',
                    description:
                      'Returns a new array with all sub-array elements concatenated into it recursively up to the specified depth.',
                  },
                  at: { type: 'boolean', description: 'Returns the item located at the specified index.' },
                  findLast: {
                    type: 'boolean',
                    description:
                      'Returns the value of the last element in the array where predicate is true, and undefined otherwise.',
                  },
                  findLastIndex: {
                    type: 'boolean',
                    description:
                      'Returns the index of the last element in the array where predicate is true, and -1 otherwise.',
                  },
                  toReversed: {
                    type: 'boolean',
                    description: 'Returns a copy of an array with its elements reversed.',
                  },
                  toSorted: { type: 'boolean', description: 'Returns a copy of an array with its elements sorted.' },
                  toSpliced: {
                    type: 'boolean',
                    description:
                      'Copies an array and removes elements and, if necessary, inserts new elements in their place. Returns the copied array. Copies an array and removes elements while returning the remaining elements.',
                  },
                  with: {
                    type: 'boolean',
                    description:
                      'Copies an array, then overwrites the value at the provided index with the given value. If the index is negative, then it replaces from the end of the array.',
                  },
                  '__@iterator@46': { type: 'boolean', description: 'Iterator' },
                  '__@unscopables@48': {
                    type: 'boolean',
                    description:
                      "Is an object whose properties have the value 'true' when they will be absent when used in a 'with' statement.",
                  },
                },
                description:
                  "Is an object whose properties have the value 'true' when they will be absent when used in a 'with' statement.",
              },
            },
            required: [
              'toString',
              'toLocaleString',
              'pop',
              'push',
              'concat',
              'join',
              'reverse',
              'shift',
              'slice',
              'sort',
              'splice',
              'unshift',
              'indexOf',
              'lastIndexOf',
              'every',
              'some',
              'forEach',
              'map',
              'filter',
              'reduce',
              'reduceRight',
              'find',
              'findIndex',
              'fill',
              'copyWithin',
              'entries',
              'keys',
              'values',
              'includes',
              'flatMap',
              'flat',
              'at',
              'findLast',
              'findLastIndex',
              'toReversed',
              'toSorted',
              'toSpliced',
              'with',
              '__@iterator@46',
              '__@unscopables@48',
            ],
          },
          description:
            'Parts of `body` that repeat older messages or sign it: [from, to) in UTF-16 units, in order, not touching each other.',
        },
        hasHtml: { type: 'boolean', description: '`/api/messages/:id/html` shows the page that it was sent as.' },
        hasSource: { type: 'boolean', description: '`/api/messages/:id/raw` has it as it came.' },
        report: {
          type: ['object', 'null'],
          properties: {
            kind: { type: 'string', enum: ['away', 'bounce', 'complaint'] },
            recipients: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  address: { type: 'string' },
                  status: { type: 'string' },
                  hard: { type: 'boolean' },
                  diagnostic: { type: 'string' },
                },
                required: ['address', 'status', 'hard', 'diagnostic'],
              },
            },
            awayUntil: { type: ['string', 'null'], description: 'The end of an absence; ISO date.' },
          },
          required: ['kind', 'recipients', 'awayUntil'],
          description: 'What it reports about mail of ours; null for any other mail.',
        },
        checks: {
          type: ['object', 'null'],
          properties: {
            spf: { type: 'string' },
            dkim: { type: 'string' },
            dmarc: { type: 'string' },
            by: { type: 'string', enum: ['peyk', 'server'] },
          },
          required: ['spf', 'dkim', 'dmarc', 'by'],
          description:
            'The verdict on its sender, in the words of `Authentication-Results`, and whether Peyk or the mail server says so.',
        },
        relatedThreadId: {
          type: ['string', 'null'],
          description: 'The thread that it points at without continuing it.',
        },
        calendar: {
          type: ['object', 'null'],
          properties: {
            method: { type: 'string' },
            summary: { type: 'string' },
            start: { type: 'string' },
            end: { type: ['string', 'null'] },
            location: { type: 'string' },
            organizer: { type: 'string' },
          },
          required: ['method', 'summary', 'start', 'end', 'location', 'organizer'],
          description:
            'The event that it invites to. Times: an ISO instant, the bare local time where the zone is unknown, or a date for whole days.',
        },
      },
      required: [
        'to',
        'cc',
        'bcc',
        'hidden',
        'hasHtml',
        'hasSource',
        'report',
        'checks',
        'relatedThreadId',
        'calendar',
      ],
    },
    MapTrialDto: {
      type: 'object',
      properties: {
        sample: {
          type: 'string',
          minLength: 1,
          maxLength: 20000,
          description: 'What a gateway pushed, as it came: JSON, a form, or the address of a GET.',
        },
      },
      required: ['sample'],
    },
    MapTrialView: {
      description:
        "What a gateway's settings make of a push that somebody pasted, and of a message that would be sent.",
      type: 'object',
      properties: {
        fields: {
          type: 'array',
          items: {
            type: 'object',
            properties: { path: { type: 'string' }, value: { type: 'string' } },
            required: ['path', 'value'],
          },
          description: 'Every value in the push with the path that a map would name it by.',
        },
        reading: {
          anyOf: [
            {
              type: 'object',
              properties: {
                type: { const: 'message' },
                from: { type: 'string' },
                text: { type: 'string' },
                id: { type: ['string', 'null'] },
                sentAt: { type: ['string', 'null'] },
              },
              required: ['type', 'from', 'text', 'id', 'sentAt'],
            },
            {
              type: 'object',
              properties: {
                type: { const: 'receipt' },
                of: { type: 'string' },
                state: { type: 'string' },
                error: { type: ['string', 'null'] },
              },
              required: ['type', 'of', 'state', 'error'],
            },
            {
              type: 'object',
              properties: { type: { const: 'ignored' }, reason: { type: 'string' } },
              required: ['type', 'reason'],
            },
            {
              type: 'object',
              properties: { type: { const: 'unreadable' }, reason: { type: 'string' } },
              required: ['type', 'reason'],
            },
          ],
        },
        sends: {
          type: 'object',
          properties: {
            method: { type: 'string' },
            url: { type: 'string' },
            headers: { type: 'object', additionalProperties: { type: 'string' } },
            body: { type: ['string', 'null'] },
          },
          required: ['method', 'url', 'headers', 'body'],
          description: 'Stars stand for secrets.',
        },
      },
      required: ['fields', 'reading', 'sends'],
    },
    MeDto: {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 200 },
        locale: { type: 'string', enum: ['en', 'fa'] },
        status: {
          type: 'string',
          enum: ['online', 'busy', 'away'],
          description: 'Offline is what nobody sets: it follows from having no console open.',
        },
        currentPassword: { type: 'string', maxLength: 1000 },
        newPassword: { type: 'string', maxLength: 1000 },
      },
    },
    MeView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        email: { type: 'string' },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        locale: { type: 'string', enum: ['en', 'fa'] },
        status: { type: 'string', enum: ['online', 'busy', 'away', 'offline'] },
        queueIds: { type: 'array', items: { type: 'string' } },
        insecure: {
          type: 'boolean',
          description: 'Peyk serves over plain HTTP: the cookie cannot be marked Secure, and the console says so.',
        },
      },
      required: ['id', 'name', 'email', 'role', 'locale', 'status', 'queueIds', 'insecure'],
    },
    MergeChoicesDto: {
      description: "Whose value stays where the two differ; what is not named is decided by the preview's `chosen`.",
      type: 'object',
      properties: {
        name: { type: 'string', enum: ['from', 'into'] },
        locale: { type: 'string', enum: ['from', 'into'] },
        tier: { type: 'string', enum: ['from', 'into'] },
        tz: { type: 'string', enum: ['from', 'into'] },
        fields: {
          type: 'object',
          additionalProperties: { type: 'string', enum: ['from', 'into'] },
          description: 'Custom fields by their names.',
        },
      },
    },
    MergeDto: {
      type: 'object',
      properties: {
        choices: { $ref: '#/components/schemas/MergeChoicesDto' },
        reason: {
          type: 'string',
          maxLength: 500,
          description: 'Why they are one person, for whoever looks at it later.',
        },
        into: { type: 'string', format: 'uuid', description: 'The customer who stays on top.' },
      },
      required: ['into'],
    },
    MergePreview: {
      type: 'object',
      properties: {
        from: { $ref: '#/components/schemas/MergeSide', description: 'Who is merged.' },
        into: { $ref: '#/components/schemas/MergeSide', description: 'Who stays on top.' },
        conflicts: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              field: { type: 'string' },
              from: {},
              into: {},
              chosen: { type: 'string', enum: ['from', 'into'] },
            },
            required: ['field', 'from', 'into', 'chosen'],
          },
          description: 'Where their profiles differ. `chosen` is whose value stays unless the merge says otherwise.',
        },
        reasons: { type: 'array', items: { $ref: '#/components/schemas/SuggestionReason' } },
      },
      required: ['from', 'into', 'conflicts', 'reasons'],
    },
    MergePreviewDto: {
      type: 'object',
      properties: { into: { type: 'string', format: 'uuid', description: 'The customer who stays on top.' } },
      required: ['into'],
    },
    MergeSide: {
      description: 'One of the two people of a merge, and what they bring.',
      type: 'object',
      properties: {
        customer: { $ref: '#/components/schemas/CustomerView' },
        conversation: { type: 'string' },
        counts: {
          type: 'object',
          properties: {
            messages: { type: 'number' },
            tickets: { type: 'number' },
            openTickets: { type: 'number' },
            identities: { type: 'number' },
          },
          required: ['messages', 'tickets', 'openTickets', 'identities'],
        },
      },
      required: ['customer', 'conversation', 'counts'],
    },
    MergedView: {
      description: 'Somebody who is part of another person.',
      type: 'object',
      properties: { id: { type: 'string' }, name: { type: 'string' }, at: { type: 'string' } },
      required: ['id', 'name', 'at'],
    },
    MessageView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        conversation: {
          type: 'string',
          description: 'The conversation row that holds it; `(conversation, seq)` is its name.',
        },
        seq: { type: 'number' },
        rev: { type: 'number' },
        at: { type: 'string' },
        sentAt: { type: ['string', 'null'] },
        channel: {
          type: ['object', 'null'],
          properties: {
            id: { type: 'string' },
            kind: { type: 'string', enum: ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] },
            name: { type: 'string' },
          },
          required: ['id', 'kind', 'name'],
        },
        threadId: { type: ['string', 'null'] },
        identityId: { type: ['string', 'null'] },
        ticketId: { type: ['string', 'null'] },
        ticketReason: { type: ['string', 'null'] },
        direction: { type: 'string', enum: ['in', 'out', 'internal'] },
        author: {
          type: 'object',
          properties: {
            kind: { type: 'string', enum: ['agent', 'bot', 'customer', 'system'] },
            id: { type: ['string', 'null'] },
            name: { type: 'string' },
          },
          required: ['kind', 'id', 'name'],
        },
        kind: { type: 'string', enum: ['text', 'note', 'call', 'keys', 'form', 'event'] },
        body: { type: 'string' },
        subject: { type: ['string', 'null'] },
        flags: { type: 'array', items: { type: 'string' } },
        mail: {
          anyOf: [{ $ref: '#/components/schemas/MailView' }, { type: 'null' }],
          description: 'Null for what is no mail, and for what is withheld or erased.',
        },
        call: { anyOf: [{ $ref: '#/components/schemas/CallView' }, { type: 'null' }] },
        event: {
          type: ['object', 'null'],
          properties: { name: { type: 'string' } },
          required: ['name'],
          additionalProperties: {},
        },
        shared: {
          $ref: '#/components/schemas/SharedView',
          description: 'There when it shows more than words and files.',
        },
        attachments: { type: 'array', items: { $ref: '#/components/schemas/AttachmentView' } },
        choices: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, label: { type: 'string' } },
            required: ['id', 'label'],
          },
          description: 'Answers that a message of ours offers; absent where it offers none.',
        },
        delivery: {
          anyOf: [
            { type: 'string', enum: ['read', 'failed', 'queued', 'sent', 'delivered', 'unconfirmed', 'parked'] },
            { type: 'null' },
          ],
        },
        deliveryError: {
          type: ['string', 'null'],
          description: "Why the last try to send failed, in the provider's words; null while nothing failed.",
        },
        editedAt: { type: ['string', 'null'] },
        redactedAt: { type: ['string', 'null'] },
        withheld: {
          type: 'boolean',
          description:
            'The reader does not serve the restricted queue this belongs to: place and time are true, the content is withheld.',
        },
      },
      required: [
        'id',
        'conversation',
        'seq',
        'rev',
        'at',
        'sentAt',
        'channel',
        'threadId',
        'identityId',
        'ticketId',
        'ticketReason',
        'direction',
        'author',
        'kind',
        'body',
        'subject',
        'flags',
        'mail',
        'call',
        'event',
        'attachments',
        'delivery',
        'deliveryError',
        'editedAt',
        'redactedAt',
        'withheld',
      ],
    },
    MoveMessageDto: {
      type: 'object',
      properties: { part: { type: 'string', format: 'uuid' }, ticketId: { type: 'string', format: 'uuid' } },
      required: ['part', 'ticketId'],
    },
    MyMessage: {
      description: 'What passed between a customer and us, as they may read it.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        at: { type: 'string' },
        from: { type: 'string', enum: ['me', 'us'] },
        name: { type: 'string' },
        channelKind: {
          anyOf: [{ type: 'string', enum: ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] }, { type: 'null' }],
        },
        address: { type: 'string' },
        subject: { type: ['string', 'null'] },
        body: { type: 'string' },
        attachments: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              mediaType: { type: 'string' },
              bytes: { type: 'number' },
            },
            required: ['id', 'name', 'mediaType', 'bytes'],
          },
          description: 'Each is at `/my/<token>/files/<id>`, under the link that showed it.',
        },
      },
      required: ['id', 'at', 'from', 'name', 'channelKind', 'address', 'subject', 'body', 'attachments'],
    },
    MyPageView: {
      description:
        "A customer's own page. `person`: everything of theirs; `address`: what passed over the one that the link is for.",
      type: 'object',
      properties: {
        name: { type: 'string' },
        locale: { type: 'string' },
        scope: { type: 'string', enum: ['person', 'address'] },
        address: { type: 'string' },
        expiresAt: { type: 'string' },
        deletionAskedAt: { type: ['string', 'null'] },
        messages: { type: 'array', items: { $ref: '#/components/schemas/MyMessage' } },
        next: { type: ['string', 'null'], description: 'Where older messages begin; null at the end.' },
      },
      required: ['name', 'locale', 'scope', 'address', 'expiresAt', 'deletionAskedAt', 'messages', 'next'],
    },
    Named: {
      description: "Somebody or something by name; '' where it is gone.",
      type: 'object',
      properties: { id: { type: 'string' }, name: { type: 'string' } },
      required: ['id', 'name'],
    },
    NewAgentDto: {
      type: 'object',
      properties: {
        email: { type: 'string', format: 'email', maxLength: 320 },
        name: { type: 'string', minLength: 1, maxLength: 200 },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        password: {
          type: 'string',
          maxLength: 200,
          description: 'Told to the new colleague by whoever makes the account; they change it after signing in.',
        },
        queueIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          description: 'Queues in whose first ring they are.',
        },
        locale: { type: 'string', enum: ['en', 'fa'] },
        queues: {
          type: 'array',
          items: { $ref: '#/components/schemas/AgentQueueDto' },
          maxItems: 500,
          description: 'Replaces the queues as a whole.',
        },
        skills: {
          type: 'array',
          items: { $ref: '#/components/schemas/AgentSkillDto' },
          maxItems: 200,
          description: 'Replaces the skills as a whole.',
        },
        calendarId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'The shift: nothing is given out outside of it; null for always.',
        },
        capUnits: { type: 'integer', minimum: 0, maximum: 1000, description: 'The budget that all work shares.' },
        caps: { $ref: '#/components/schemas/AgentCapsDto' },
      },
      required: ['email', 'name', 'role', 'password'],
    },
    NewCalendarDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        timeZone: { type: 'string', maxLength: 100, description: 'IANA name.' },
        windows: {
          type: 'array',
          items: { $ref: '#/components/schemas/WeeklyWindowDto' },
          maxItems: 500,
          description: 'Replaces the weekly hours as a whole.',
        },
        exceptions: {
          type: 'array',
          items: { $ref: '#/components/schemas/DayExceptionDto' },
          maxItems: 2000,
          description: 'Replaces the days with hours of their own as a whole.',
        },
      },
      required: ['name', 'timeZone'],
    },
    NewCallDto: {
      type: 'object',
      properties: {
        direction: { type: 'string', enum: ['in', 'out'] },
        address: { type: 'string', minLength: 2, maxLength: 60, description: "The other side's number, as written." },
        startedAt: { type: 'string', format: 'date-time' },
        durationSeconds: { type: 'integer', minimum: 0, maximum: 86400 },
        outcome: {
          type: 'string',
          enum: ['busy', 'cancelled', 'answered', 'missed', 'failed', 'voicemail', 'abandoned'],
        },
        note: { type: 'string', maxLength: 10000 },
      },
      required: ['direction', 'address', 'startedAt', 'durationSeconds', 'outcome'],
    },
    NewChannelDto: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] },
        name: { type: 'string', minLength: 1, maxLength: 100 },
        enabled: { type: 'boolean' },
        queueId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'Where its tickets go; null keeps what it has.',
        },
        config: { type: 'object', additionalProperties: {}, description: 'Replaces the shown settings as a whole.' },
        secrets: {
          type: 'object',
          additionalProperties: {},
          description: 'Only those to set; the others stay as they are.',
        },
      },
      required: ['kind', 'name'],
    },
    NewDkimKeyDto: {
      type: 'object',
      properties: {
        selector: {
          type: 'string',
          description: 'The name under which the key is published: letters, digits and hyphens.',
        },
      },
    },
    NewIdentityDto: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['email', 'phone'] },
        address: { type: 'string', minLength: 3, maxLength: 320 },
      },
      required: ['kind', 'address'],
    },
    NewLinkDto: {
      type: 'object',
      properties: {
        identityId: { type: 'string', format: 'uuid' },
        hours: { type: 'integer', minimum: 1, maximum: 2160, description: 'How long the link works, in hours.' },
      },
      required: ['identityId'],
    },
    NewMessageDto: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
          format: 'uuid',
          description: 'Made by the writer; sending the same one again changes nothing.',
        },
        kind: { type: 'string', enum: ['text', 'note'] },
        body: { type: 'string', maxLength: 50000 },
        channelId: { type: 'string', format: 'uuid' },
        identityId: { type: 'string', format: 'uuid' },
        threadId: { type: ['string', 'null'], format: 'uuid' },
        subject: { type: ['string', 'null'], maxLength: 500 },
        cc: {
          type: 'array',
          items: { type: 'string', maxLength: 254 },
          maxItems: 50,
          description:
            'Mail only: who gets a copy besides. Those in cc may continue the thread, those in bcc are seen by nobody.',
        },
        bcc: { type: 'array', items: { type: 'string', maxLength: 254 }, maxItems: 50 },
        quote: {
          type: 'boolean',
          description:
            "Mail only: repeat the thread below the answer, to those who had it; the channel's own setting when it is left out.",
        },
        ticketId: { type: 'string', format: 'uuid' },
        attachmentIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 20 },
      },
      required: ['id', 'kind', 'body'],
    },
    NewQueueDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        version: {
          type: 'integer',
          description:
            'The version that was seen: a change of anything newer is refused. Without it the last one wins.',
        },
        restricted: {
          type: 'boolean',
          description: 'Messages of its tickets are withheld from agents who do not serve it.',
        },
        memberIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 2000,
          description:
            'Replaces the members as a whole; those who were there keep their ring, new ones are in the first.',
        },
        members: {
          type: 'array',
          items: { $ref: '#/components/schemas/QueueMemberDto' },
          maxItems: 2000,
          description: 'Replaces the members as a whole, with their rings.',
        },
        calendarId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'Its service hours; always open when null.',
        },
        outOfHours: { type: 'string', enum: ['wait', 'route'] },
        strategy: { type: 'string', enum: ['broadcast', 'longest_idle', 'least_loaded', 'round_robin'] },
        acceptSecs: {
          type: ['number', 'null'],
          minimum: 5,
          maximum: 600,
          description: 'How long an agent has to accept; null: work is theirs at once.',
        },
        stickySecs: {
          type: ['number', 'null'],
          minimum: 0,
          maximum: 3600,
          description:
            "How long a customer's last agent is waited for; null: 60 seconds for a chat, not at all for the rest.",
        },
        maxWaitSecs: {
          type: ['number', 'null'],
          minimum: 10,
          maximum: 30,
          description: 'How long a customer should wait at most; null for no such aim.',
        },
        skillIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 10,
          description: 'What new work asks of an agent.',
        },
        skillLevel: { type: 'integer', minimum: 1, maximum: 5 },
        boosts: { $ref: '#/components/schemas/QueueBoostsDto' },
        steps: {
          type: 'array',
          items: { $ref: '#/components/schemas/QueueStepDto' },
          maxItems: 20,
          description: 'Replaces the steps as a whole. They are kept in the order of their times.',
        },
      },
      required: ['name'],
    },
    NewSiteKeyView: {
      description: 'The answer in which the key itself is shown, once.',
      type: 'object',
      properties: {
        secret: { type: 'string' },
        kid: { type: 'string', description: "What the header of the site's tokens names it by." },
        madeAt: { type: 'string', description: 'ISO 8601, UTC.' },
      },
      required: ['secret', 'kid', 'madeAt'],
    },
    NewSlaPolicyDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        draft: { $ref: '#/components/schemas/SlaTermsDto', description: 'Replaces the draft as a whole.' },
        position: {
          type: 'integer',
          minimum: 0,
          maximum: 10000,
          description: 'Of policies that say as much about a ticket, the one with the lowest governs.',
        },
        enabled: { type: 'boolean' },
      },
      required: ['name', 'draft'],
    },
    NewStartLinkDto: {
      type: 'object',
      properties: {
        channelId: { type: 'string', format: 'uuid' },
        hours: { type: 'integer', minimum: 1, maximum: 720, description: 'How long the link works, in hours.' },
      },
      required: ['channelId'],
    },
    NewTicketDto: {
      type: 'object',
      properties: { subject: { type: 'string', maxLength: 300 }, queueId: { type: 'string', format: 'uuid' } },
      required: ['subject', 'queueId'],
    },
    NewWebhookDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        url: {
          type: 'string',
          maxLength: 2000,
          description:
            'http or https, without a user name in it. Addresses outside of the public internet are refused when they are dialled.',
        },
        types: {
          type: 'array',
          items: {
            type: 'string',
            enum: [
              'message.received',
              'message.edited',
              'message.sent',
              'note.written',
              'delivery.sent',
              'delivery.unconfirmed',
              'delivery.parked',
              'delivery.failed',
              'ticket.opened',
              'ticket.assigned',
              'ticket.released',
              'ticket.changed',
              'sla.warned',
              'sla.breached',
              'sla.escalated',
              'customer.merged',
              'customer.parted',
              'customer.blocked',
              'customer.unblocked',
              'customer.deletion_requested',
              'channel.alarm',
              'channel.recovered',
            ],
          },
        },
        ordered: {
          type: 'boolean',
          description:
            'One at a time, oldest first: a delivery that fails holds up those behind it until it is taken or given up.',
        },
        enabled: { type: 'boolean' },
        catchUp: {
          type: 'boolean',
          description:
            'When it is switched on: whether what happened in between is told as well. It is unless this is false.',
        },
      },
      required: ['name', 'url'],
    },
    OfferView: {
      description:
        "A piece of work that waits for one agent's yes. Durations are milliseconds at the moment of answering, for clocks differ.",
      type: 'object',
      properties: {
        id: { type: 'string' },
        kind: {
          type: 'string',
          enum: ['exclusive', 'broadcast'],
          description: 'A broadcast goes to everybody who could take it, and to the first who does.',
        },
        ticketId: { type: 'string' },
        ticketNumber: { type: 'number' },
        conversationId: { type: 'string', description: "The person's, as the API knows them." },
        subject: { type: 'string' },
        customerName: { type: 'string' },
        channelKind: {
          anyOf: [{ type: 'string', enum: ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] }, { type: 'null' }],
        },
        queueName: { type: 'string' },
        priority: { type: 'integer', enum: [1, 2, 3, 4] },
        why: {
          type: ['string', 'null'],
          description: 'Why it is offered to this agent: the `why` that is recorded with the offer.',
        },
        waitedMs: { type: 'number' },
        expiresAt: { type: 'string' },
        remainingMs: { type: 'number' },
      },
      required: [
        'id',
        'kind',
        'ticketId',
        'ticketNumber',
        'conversationId',
        'subject',
        'customerName',
        'channelKind',
        'queueName',
        'priority',
        'why',
        'waitedMs',
        'expiresAt',
        'remainingMs',
      ],
    },
    PageOfChannelDeliveryView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/ChannelDeliveryView' } },
        next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
      },
      required: ['rows', 'next'],
    },
    PageOfListRow: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/ListRow' } },
        next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
      },
      required: ['rows', 'next'],
    },
    PageOfMessageView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/MessageView' } },
        next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
      },
      required: ['rows', 'next'],
    },
    PageOfQuarantinedEvent: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/QuarantinedEvent' } },
        next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
      },
      required: ['rows', 'next'],
    },
    PageOfSuppressionView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/SuppressionView' } },
        next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
      },
      required: ['rows', 'next'],
    },
    PageOfWebhookDeliveryView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/WebhookDeliveryView' } },
        next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
      },
      required: ['rows', 'next'],
    },
    Problem: {
      description: 'RFC 9457 problem document. `code` is stable; `field` names the input at fault.',
      type: 'object',
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'number' },
        code: { type: 'string' },
        detail: { type: 'string' },
        field: { type: 'string' },
        requestId: { type: 'string' },
      },
      required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
    },
    PublishSlaPolicyDto: {
      type: 'object',
      properties: {
        forOpenTickets: {
          type: 'boolean',
          description:
            'Promises under way are carried over, with the time they have used. Otherwise they keep the version that they began with.',
        },
      },
    },
    QuarantinedEvent: {
      description: 'An event that waits for a better reader or for somebody to look at it.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        channel: {
          type: 'object',
          properties: {
            id: { type: 'string' },
            kind: { type: 'string', enum: ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] },
            name: { type: 'string' },
          },
          required: ['id', 'kind', 'name'],
        },
        receivedAt: { type: 'string' },
        why: { type: 'string', description: 'In English, from whatever could not take it.' },
        bytes: { type: 'number' },
        message: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, conversation: { type: 'string' } },
          required: ['id', 'conversation'],
          description: 'The stub that stands for it on a timeline; null when it is on none.',
        },
      },
      required: ['id', 'channel', 'receivedAt', 'why', 'bytes', 'message'],
    },
    QueueBoostsDto: {
      type: 'object',
      properties: {
        priority: {
          type: 'object',
          additionalProperties: { type: 'number' },
          description: 'Minutes by priority, "1" to "4".',
        },
        tier: {
          type: 'object',
          additionalProperties: { type: 'number' },
          description: 'Minutes by the customer\'s tier, "1" to "9"; a tier that is not named has none.',
        },
        cap: { type: 'integer', minimum: 0, maximum: 1440, description: 'The most that all of it together comes to.' },
      },
      required: ['priority', 'cap'],
    },
    QueueBoostsView: {
      description:
        "Head starts in minutes of waiting, by priority 1 to 4 and by the customer's tier 1 to 9; together never more than `cap`.",
      type: 'object',
      properties: {
        priority: { type: 'object', additionalProperties: { type: 'number' } },
        tier: { type: 'object', additionalProperties: { type: 'number' } },
        cap: { type: 'number' },
      },
      required: ['priority', 'tier', 'cap'],
    },
    QueueCallbackDto: {
      type: 'object',
      properties: {
        isOn: { type: 'boolean' },
        afterMinutes: {
          type: ['number', 'null'],
          minimum: 1,
          maximum: 15,
          description: 'null: offered only when a step of the queue says so.',
        },
        ways: { type: 'array', items: { type: 'string', enum: ['call', 'sms', 'same'] } },
      },
      required: ['isOn', 'afterMinutes', 'ways'],
    },
    QueueContentsView: {
      description: 'What is in a queue, and what leads into it: what has to go somewhere else before it can go.',
      type: 'object',
      properties: {
        tickets: {
          type: 'object',
          properties: {
            waiting: { type: 'number' },
            held: { type: 'number' },
            solved: { type: 'number' },
            closed: { type: 'number' },
          },
          required: ['waiting', 'held', 'solved', 'closed'],
          description:
            'Live tickets without an agent, live ones with an agent, solved ones that may be reopened, and closed ones.',
        },
        channels: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' } },
            required: ['id', 'name'],
          },
        },
        policies: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' } },
            required: ['id', 'name'],
          },
          description:
            'Promises that name it: those are changed by hand, for nobody can guess what they should say instead.',
        },
        queues: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' } },
            required: ['id', 'name'],
          },
          description: 'Other queues with steps that lead here.',
        },
      },
      required: ['tickets', 'channels', 'policies', 'queues'],
    },
    QueueMemberDto: {
      type: 'object',
      properties: {
        agentId: { type: 'string', format: 'uuid' },
        level: {
          type: 'integer',
          minimum: 1,
          maximum: 5,
          description: 'The ring: 1 is asked first, those further out when a step widens it.',
        },
      },
      required: ['agentId'],
    },
    QueueMemberView: {
      description: 'Somebody who serves a queue. Ring 1 is asked first; those further out when a step widens it.',
      type: 'object',
      properties: { agentId: { type: 'string' }, level: { type: 'number' } },
      required: ['agentId', 'level'],
    },
    QueueSettingsView: {
      description: 'A queue with all that administrators set up.',
      type: 'object',
      properties: {
        version: { type: 'number', description: 'Counts up with every change of its settings.' },
        calendarId: { type: ['string', 'null'] },
        outOfHours: { type: 'string', enum: ['wait', 'route'] },
        strategy: { type: 'string', enum: ['broadcast', 'longest_idle', 'least_loaded', 'round_robin'] },
        acceptSecs: {
          type: ['number', 'null'],
          description: 'How long an agent has to accept; null: work is theirs at once.',
        },
        stickySecs: {
          type: ['number', 'null'],
          description:
            "How long a customer's last agent is waited for; null: 60 seconds for a chat, and not at all for what is answered in its own time.",
        },
        maxWaitSecs: {
          type: ['number', 'null'],
          description: 'How long a customer should wait at most; it colours the figures and moves nothing.',
        },
        skillIds: { type: 'array', items: { type: 'string' }, description: 'What new work asks of an agent.' },
        skillLevel: { type: 'number' },
        boosts: { $ref: '#/components/schemas/QueueBoostsView' },
        steps: { type: 'array', items: { $ref: '#/components/schemas/QueueStepView' } },
        members: { type: 'array', items: { $ref: '#/components/schemas/QueueMemberView' } },
        id: { type: 'string' },
        name: { type: 'string' },
        restricted: { type: 'boolean' },
        memberIds: { type: 'array', items: { type: 'string' } },
      },
      required: [
        'version',
        'calendarId',
        'outOfHours',
        'strategy',
        'acceptSecs',
        'stickySecs',
        'maxWaitSecs',
        'skillIds',
        'skillLevel',
        'boosts',
        'steps',
        'members',
        'id',
        'name',
        'restricted',
        'memberIds',
      ],
    },
    QueueStepDto: {
      type: 'object',
      properties: {
        afterSecs: {
          type: 'integer',
          minimum: 5,
          maximum: 30,
          description: 'Seconds since the work came into the queue.',
        },
        do: {
          type: 'string',
          enum: ['callback', 'lower_skill', 'widen_level', 'add_queue', 'boost', 'alert', 'move_queue'],
        },
        level: { type: 'integer', minimum: 1, maximum: 5 },
        queueId: { type: 'string', format: 'uuid' },
        minutes: { type: 'integer', minimum: 1, maximum: 1440 },
      },
      required: ['afterSecs', 'do'],
    },
    QueueStepView: {
      description: 'Something that changes for work that has waited for a while.',
      type: 'object',
      properties: {
        afterSecs: { type: 'number', description: 'Seconds since it came into the queue.' },
        do: {
          type: 'string',
          enum: ['callback', 'lower_skill', 'widen_level', 'add_queue', 'boost', 'alert', 'move_queue'],
        },
        level: {
          type: 'number',
          description:
            'Of `lower_skill`: what is asked for from then on. Of `widen_level`: members up to this ring are asked from then on.',
        },
        queueId: { type: 'string', description: 'Of `add_queue` and `move_queue`.' },
        minutes: { type: 'number', description: 'Of `boost`.' },
      },
      required: ['afterSecs', 'do'],
    },
    QueueView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        restricted: { type: 'boolean' },
        memberIds: { type: 'array', items: { type: 'string' } },
      },
      required: ['id', 'name', 'restricted', 'memberIds'],
    },
    QueueWaitingDto: {
      description: 'What a queue says to those who wait in it, as a whole.',
      type: 'object',
      properties: {
        tell: { $ref: '#/components/schemas/TellDto' },
        callback: { $ref: '#/components/schemas/QueueCallbackDto' },
        tellClosed: { type: 'boolean' },
        texts: { $ref: '#/components/schemas/WaitingTextsDto' },
      },
      required: ['tell', 'callback', 'tellClosed', 'texts'],
    },
    QueueWaitingView: {
      description: 'What a queue says to those who wait in it. A text may be empty: then the hub has words of its own.',
      type: 'object',
      properties: {
        tell: {
          type: 'object',
          properties: {
            telegram: { type: 'string', enum: ['off', 'first', 'moves'] },
            sms: { type: 'string', enum: ['off', 'first', 'moves'] },
            email: { type: 'string', enum: ['off', 'first', 'moves'] },
          },
          required: ['telegram', 'sms', 'email'],
        },
        callback: {
          type: 'object',
          properties: {
            isOn: { type: 'boolean' },
            afterMinutes: {
              type: ['number', 'null'],
              description: 'Offered when the wait is longer than this; null: only when a step of the queue says so.',
            },
            ways: { type: 'array', items: { type: 'string', enum: ['call', 'sms', 'same'] } },
          },
          required: ['isOn', 'afterMinutes', 'ways'],
        },
        tellClosed: {
          type: 'boolean',
          description: "Whether those who write outside the queue's hours are told when it opens again.",
        },
        texts: {
          type: 'object',
          properties: {
            queued: {
              type: 'object',
              properties: { en: { type: 'string' }, fa: { type: 'string' } },
              required: ['en', 'fa'],
            },
            closed: {
              type: 'object',
              properties: { en: { type: 'string' }, fa: { type: 'string' } },
              required: ['en', 'fa'],
            },
          },
          required: ['queued', 'closed'],
          description: '`queued` may name {place} and {wait}, `closed` may name {opens}.',
        },
      },
      required: ['tell', 'callback', 'tellClosed', 'texts'],
    },
    ReadDto: {
      type: 'object',
      properties: {
        conversation: {
          type: 'string',
          format: 'uuid',
          description: "The conversation row, one of the opened view's parts.",
        },
        seq: { type: 'integer', minimum: 0 },
      },
      required: ['conversation', 'seq'],
    },
    Readiness: {
      type: 'object',
      properties: {
        ready: { type: 'boolean' },
        checks: {
          type: 'object',
          additionalProperties: { type: 'boolean' },
          description: 'Each check by name: whether it passed.',
        },
      },
      required: ['ready', 'checks'],
    },
    ReplayDto: {
      description: 'Either one delivery, or all of a stretch of time.',
      type: 'object',
      properties: {
        delivery: { type: 'string', format: 'uuid' },
        from: { type: 'string', format: 'date-time', description: 'Facts from here on, by when they happened.' },
        to: { type: 'string', format: 'date-time', description: 'Facts before this.' },
        failedOnly: { type: 'boolean', description: 'Of a stretch: only those that nobody took.' },
      },
    },
    ReplyOptionsView: {
      description: "What a mail's composer starts from.",
      type: 'object',
      properties: {
        subject: { type: ['string', 'null'], description: "The thread's subject; null where a new mail needs one." },
        from: {
          type: 'object',
          properties: { address: { type: 'string' }, name: { type: 'string' } },
          required: ['address', 'name'],
          description: "The account's own address and the name that customers see.",
        },
        to: { type: 'string' },
        replyAll: {
          type: 'array',
          items: { type: 'string' },
          description: 'Everybody else whom the last mail of the customer was addressed to, for an answer to all.',
        },
        quote: {
          type: 'boolean',
          description: 'Whether an answer repeats the thread unless the agent says otherwise.',
        },
      },
      required: ['subject', 'from', 'to', 'replyAll', 'quote'],
    },
    ReplyWay: {
      description:
        'A way to answer: a channel and the identity it reaches, best first. A disabled one says why in `unavailable`.',
      type: 'object',
      properties: {
        channelId: { type: 'string' },
        channelKind: { type: 'string', enum: ['email', 'sms', 'telegram', 'web', 'phone', 'messages'] },
        channelName: { type: 'string' },
        identityId: { type: 'string' },
        address: { type: 'string' },
        threadId: { type: ['string', 'null'] },
        subject: { type: ['string', 'null'] },
        lastUsedAt: { type: ['string', 'null'] },
        textLimit: { type: ['number', 'null'] },
        attachments: { type: 'boolean' },
        fileLimits: {
          type: ['object', 'null'],
          properties: {
            maxBytes: { type: 'number' },
            maxCount: { type: 'number' },
            media: { type: 'array', items: { type: 'string' } },
          },
          required: ['maxBytes', 'maxCount', 'media'],
          description:
            'Of one message; null where no files are taken. `maxBytes` is of one file; `media`: what their types begin with, none for any.',
        },
        unavailable: {
          anyOf: [{ type: 'string', enum: ['opted_out', 'blocked', 'left', 'channel_off'] }, { type: 'null' }],
        },
        claimed: {
          type: 'boolean',
          description:
            "The address is only claimed: `identityId` is the claim's id, and an answer from there comes as somebody of its own.",
        },
      },
      required: [
        'channelId',
        'channelKind',
        'channelName',
        'identityId',
        'address',
        'threadId',
        'subject',
        'lastUsedAt',
        'textLimit',
        'attachments',
        'fileLimits',
        'unavailable',
        'claimed',
      ],
    },
    Retried: {
      description: 'Where an event is now that could be taken after all.',
      type: 'object',
      properties: {
        message: {
          type: 'object',
          properties: { id: { type: 'string' }, conversation: { type: 'string' } },
          required: ['id', 'conversation'],
        },
      },
      required: ['message'],
    },
    RevisionView: {
      description: 'What a message said before its author changed it, and when they did.',
      type: 'object',
      properties: { number: { type: 'number' }, body: { type: 'string' }, until: { type: 'string' } },
      required: ['number', 'body', 'until'],
    },
    RoutingPlaceView: {
      description: "Where a ticket's live work stands. Durations are milliseconds at the moment of answering.",
      type: 'object',
      properties: {
        ticketId: { type: 'string' },
        queueId: { type: 'string' },
        state: { type: 'string', enum: ['queued', 'offered', 'assigned'] },
        class: { type: 'string', enum: ['voice', 'chat', 'async'] },
        waitedMs: { type: 'number' },
        position: {
          type: ['number', 'null'],
          description: '1 is next; counted up to 200. Null where it does not wait.',
        },
        offers: {
          type: 'array',
          items: {
            type: 'object',
            properties: { agent: { $ref: '#/components/schemas/Named' }, remainingMs: { type: 'number' } },
            required: ['agent', 'remainingMs'],
          },
          description: 'To whom it is offered now.',
        },
        skills: { type: 'array', items: { $ref: '#/components/schemas/Named' } },
        skillLevel: { type: 'number', description: 'The lowest level that counts, 1 to 5.' },
        preferred: {
          anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }],
          description: 'Who is asked first.',
        },
      },
      required: [
        'ticketId',
        'queueId',
        'state',
        'class',
        'waitedMs',
        'position',
        'offers',
        'skills',
        'skillLevel',
        'preferred',
      ],
    },
    SessionDto: {
      type: 'object',
      properties: { email: { type: 'string', maxLength: 320 }, password: { type: 'string', maxLength: 1000 } },
      required: ['email', 'password'],
    },
    SetUpDto: {
      type: 'object',
      properties: {
        token: { type: 'string', maxLength: 200 },
        email: { type: 'string', format: 'email', maxLength: 320 },
        name: { type: 'string', maxLength: 200 },
        password: { type: 'string', maxLength: 1000 },
        locale: { type: 'string', enum: ['en', 'fa'] },
      },
      required: ['token', 'email', 'name', 'password'],
    },
    SharedView: {
      description: 'What a message shows besides its words, which say the same for whoever does not show it.',
      type: 'object',
      properties: {
        place: {
          type: 'object',
          properties: {
            latitude: { type: 'number' },
            longitude: { type: 'number' },
            title: { type: 'string' },
            address: { type: 'string' },
            live: { type: 'boolean' },
          },
          required: ['latitude', 'longitude', 'title', 'address', 'live'],
          description: "`title` and `address` are '' for a bare point; `live`: it moves on while its sender shares it.",
        },
        contact: {
          type: 'object',
          properties: { name: { type: 'string' }, phone: { type: 'string' }, own: { type: 'boolean' } },
          required: ['name', 'phone', 'own'],
          description: "`own`: the sender's, as the channel vouches.",
        },
        sticker: { type: 'object', properties: { emoji: { type: 'string' } }, required: ['emoji'] },
        voice: {
          type: 'object',
          properties: { seconds: { type: 'number' } },
          required: ['seconds'],
          description: 'The first attachment is the recording.',
        },
        forwardedFrom: { type: 'string', description: "Who wrote it first; '' when nobody is named." },
        answers: {
          type: 'object',
          properties: { text: { type: 'string' }, ours: { type: 'boolean' } },
          required: ['text', 'ours'],
          description:
            'The beginning of the message that it answers, or the part of it that was marked. `ours`: we wrote it.',
        },
        page: {
          type: 'object',
          properties: { url: { type: 'string' }, title: { type: 'string' }, referrer: { type: 'string' } },
          required: ['url', 'title', 'referrer'],
          description:
            "The page of a site that a visitor wrote on, as their browser says; only where it is another than before. '' where nothing is known.",
        },
      },
    },
    SimulateDto: {
      type: 'object',
      properties: {
        from: {
          type: 'string',
          minLength: 1,
          maxLength: 254,
          description: "An address of the channel's own kind, as its provider writes it.",
        },
        name: { type: 'string', maxLength: 200 },
        subject: { type: 'string', maxLength: 500, description: 'Of a mail.' },
        text: { type: 'string', minLength: 1, maxLength: 5000 },
      },
      required: ['from', 'text'],
    },
    SimulatedView: {
      description: 'Where a simulated message went.',
      type: 'object',
      properties: { message: { type: 'string' }, conversation: { type: 'string' } },
      required: ['message', 'conversation'],
    },
    SiteKeyView: {
      description: 'A key by which a site proves to a web chat who is signed in there.',
      type: 'object',
      properties: {
        kid: { type: 'string', description: "What the header of the site's tokens names it by." },
        madeAt: { type: 'string', description: 'ISO 8601, UTC.' },
      },
      required: ['kid', 'madeAt'],
    },
    SkillDto: {
      type: 'object',
      properties: { name: { type: 'string', minLength: 1, maxLength: 100 } },
      required: ['name'],
    },
    SkillView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        agents: { type: 'number', description: 'Agents who have it.' },
        queues: { type: 'number', description: 'Queues whose new work asks for it.' },
      },
      required: ['id', 'name', 'agents', 'queues'],
    },
    SlaClockView: {
      description:
        'What a ticket shows of a promise: the latest clock of the metric. Durations are milliseconds of service time.',
      type: 'object',
      properties: {
        metric: { type: 'string', enum: ['first_response', 'next_response', 'resolution'] },
        state: { type: 'string', enum: ['running', 'paused', 'met', 'cancelled'] },
        targetMs: { type: 'number' },
        leftMs: {
          type: 'number',
          description:
            'Of the target, where it stands still or has ended; what was left when it last began to run, otherwise.',
        },
        dueAt: { type: ['string', 'null'], description: 'Null where it does not run, or never comes to its end.' },
        breachedAt: { type: ['string', 'null'] },
      },
      required: ['metric', 'state', 'targetMs', 'leftMs', 'dueAt', 'breachedAt'],
    },
    SlaPolicyView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        position: { type: 'number' },
        enabled: { type: 'boolean' },
        published: {
          type: ['object', 'null'],
          properties: {
            scope: {
              type: 'object',
              properties: {
                queueIds: { type: 'array', items: { type: 'string' } },
                tiers: { type: 'array', items: { type: 'number' } },
                priorities: { type: 'array', items: { type: 'number' } },
              },
              required: ['queueIds', 'tiers', 'priorities'],
            },
            targets: {
              type: 'object',
              properties: {
                first_response: { type: 'number' },
                next_response: { type: 'number' },
                resolution: { type: 'number' },
              },
            },
            calendarId: { type: ['string', 'null'] },
            pausedIn: { type: 'array', items: { type: 'string', enum: ['pending', 'on_hold'] } },
            warnings: {
              type: 'array',
              items: { type: 'number' },
              description: 'Shares of the target, between 0 and 1.',
            },
            escalations: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  afterMs: { type: 'number' },
                  notify: { type: 'array', items: { type: 'string' } },
                  boostMs: { type: 'number' },
                  queueId: { type: ['string', 'null'] },
                },
                required: ['afterMs', 'notify', 'boostMs', 'queueId'],
              },
            },
            versionId: { type: 'string' },
            version: { type: 'number' },
            publishedAt: { type: 'string' },
          },
          required: [
            'scope',
            'targets',
            'calendarId',
            'pausedIn',
            'warnings',
            'escalations',
            'versionId',
            'version',
            'publishedAt',
          ],
          description: 'The version that new promises are pinned to; null before the first is published.',
        },
        draft: {
          type: ['object', 'null'],
          properties: {
            scope: {
              type: 'object',
              properties: {
                queueIds: { type: 'array', items: { type: 'string' } },
                tiers: { type: 'array', items: { type: 'number' } },
                priorities: { type: 'array', items: { type: 'number' } },
              },
              required: ['queueIds', 'tiers', 'priorities'],
            },
            targets: {
              type: 'object',
              properties: {
                first_response: { type: 'number' },
                next_response: { type: 'number' },
                resolution: { type: 'number' },
              },
            },
            calendarId: { type: ['string', 'null'] },
            pausedIn: { type: 'array', items: { type: 'string', enum: ['pending', 'on_hold'] } },
            warnings: {
              type: 'array',
              items: { type: 'number' },
              description: 'Shares of the target, between 0 and 1.',
            },
            escalations: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  afterMs: { type: 'number' },
                  notify: { type: 'array', items: { type: 'string' } },
                  boostMs: { type: 'number' },
                  queueId: { type: ['string', 'null'] },
                },
                required: ['afterMs', 'notify', 'boostMs', 'queueId'],
              },
            },
            versionId: { type: 'string' },
            version: { type: 'number' },
          },
          required: ['scope', 'targets', 'calendarId', 'pausedIn', 'warnings', 'escalations', 'versionId', 'version'],
          description: 'What would be published next; null where nothing was changed since.',
        },
      },
      required: ['id', 'name', 'position', 'enabled', 'published', 'draft'],
    },
    SlaScopeDto: {
      description: 'Which tickets it is for; an empty list means any.',
      type: 'object',
      properties: {
        queueIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 200 },
        tiers: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 9 }, maxItems: 10 },
        priorities: { type: 'array', items: { type: 'number' }, maxItems: 4 },
      },
    },
    SlaTargetsDto: {
      description: 'Milliseconds of service time; absent where nothing is promised.',
      type: 'object',
      properties: {
        first_response: { type: 'integer', minimum: 1000 },
        next_response: { type: 'integer', minimum: 1000 },
        resolution: { type: 'integer', minimum: 1000 },
      },
    },
    SlaTermsDto: {
      type: 'object',
      properties: {
        scope: { $ref: '#/components/schemas/SlaScopeDto' },
        targets: { $ref: '#/components/schemas/SlaTargetsDto' },
        calendarId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'The hours that count; all hours when null.',
        },
        pausedIn: { type: 'array', items: { type: 'string', enum: ['pending', 'on_hold'] } },
        warnings: {
          type: 'array',
          items: { type: 'string', minimum: 0, maximum: 0 },
          maxItems: 5,
          description: 'Shares of the target at which is warned.',
        },
        escalations: { type: 'array', items: { $ref: '#/components/schemas/EscalationDto' }, maxItems: 10 },
      },
      required: ['targets'],
    },
    SmsTermsView: {
      description: 'What an SMS of a channel costs; null where nobody wrote a price down.',
      type: 'object',
      properties: {
        price: {
          type: ['object', 'null'],
          properties: { perSegment: { type: 'number' }, currency: { type: 'string' } },
          required: ['perSegment', 'currency'],
        },
      },
      required: ['price'],
    },
    StartLinkView: {
      description:
        'A link that opens a chat with a bot and says whose chat it is. It works once. Its address is told when it is made, and never again.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        channelId: { type: 'string' },
        createdAt: { type: 'string' },
        expiresAt: { type: 'string' },
        revokedAt: { type: ['string', 'null'] },
        usedAt: { type: ['string', 'null'] },
        url: { type: ['string', 'null'] },
      },
      required: ['id', 'channelId', 'createdAt', 'expiresAt', 'revokedAt', 'usedAt', 'url'],
    },
    SuggestionReason: {
      description: 'Why two customers may be one person. `address` is the one that speaks for it, where one does.',
      type: 'object',
      properties: {
        kind: {
          type: 'string',
          enum: ['same_claim', 'same_device', 'similar_email', 'similar_phone', 'same_name_and_company'],
        },
        address: { type: ['string', 'null'] },
      },
      required: ['kind', 'address'],
    },
    SuggestionView: {
      description: 'Somebody who may be the same person, the most likely first.',
      type: 'object',
      properties: {
        customer: { $ref: '#/components/schemas/CustomerView' },
        conversation: { type: 'string' },
        reasons: { type: 'array', items: { $ref: '#/components/schemas/SuggestionReason' } },
      },
      required: ['customer', 'conversation', 'reasons'],
    },
    SuggestionsView: {
      type: 'object',
      properties: {
        people: { type: 'array', items: { $ref: '#/components/schemas/SuggestionView' } },
        shared: {
          type: 'array',
          items: {
            type: 'object',
            properties: { identityId: { type: 'string' }, address: { type: 'string' } },
            required: ['identityId', 'address'],
          },
          description: "Addresses that look like a role's mailbox and are not marked as shared yet.",
        },
      },
      required: ['people', 'shared'],
    },
    SuppressionView: {
      description: 'An address that nothing is sent to any more.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        kind: { type: 'string', enum: ['email', 'telegram', 'web', 'phone', 'external'] },
        address: { type: 'string' },
        reason: { type: 'string', enum: ['bounce', 'complaint'] },
        said: { type: 'string', description: 'In the words of the server that said so.' },
        since: { type: 'string' },
      },
      required: ['id', 'kind', 'address', 'reason', 'said', 'since'],
    },
    TakenOffer: {
      description: 'Where an accepted offer leads.',
      type: 'object',
      properties: {
        ticketId: { type: 'string' },
        conversationId: { type: 'string', description: "The person's, as the API knows them." },
      },
      required: ['ticketId', 'conversationId'],
    },
    TellDto: {
      type: 'object',
      properties: {
        telegram: { type: 'string', enum: ['off', 'first', 'moves'] },
        sms: { type: 'string', enum: ['off', 'first', 'moves'] },
        email: {
          type: 'string',
          enum: ['off', 'first'],
          description: 'Mails do not count down: `moves` is no choice here.',
        },
      },
      required: ['telegram', 'sms', 'email'],
    },
    TestMessageDto: {
      type: 'object',
      properties: {
        to: {
          type: 'string',
          minLength: 1,
          maxLength: 254,
          description: "An address of the channel's own kind: a mail address, a phone number, a chat id.",
        },
      },
      required: ['to'],
    },
    ThreadPlaceView: {
      description: 'Where a thread of mails is to be read.',
      type: 'object',
      properties: {
        conversation: { type: 'string', description: "The person's conversation." },
        subject: { type: 'string' },
        message: {
          type: 'object',
          properties: { id: { type: 'string' }, at: { type: 'string' } },
          required: ['id', 'at'],
          description: 'Its newest mail; what a server reported of it comes after those.',
        },
      },
      required: ['conversation', 'subject', 'message'],
    },
    TicketRoutingDto: {
      description: 'Whom a ticket needs. What is absent stays as it is.',
      type: 'object',
      properties: {
        skillIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 20 },
        skillLevel: { type: 'integer', minimum: 1, maximum: 5, description: 'The lowest level that counts.' },
        preferredAgentId: { type: ['string', 'null'], format: 'uuid', description: 'null: nobody in particular.' },
      },
    },
    TicketView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        number: { type: 'number' },
        conversation: { type: 'string' },
        rev: { type: 'number' },
        version: { type: 'number' },
        state: { type: 'string', enum: ['open', 'solved', 'new', 'pending', 'on_hold', 'closed'] },
        priority: { type: 'integer', enum: [1, 2, 3, 4] },
        queueId: { type: 'string' },
        ownerId: { type: ['string', 'null'] },
        subject: { type: 'string' },
        tags: { type: 'array', items: { type: 'string' } },
        lastMessageAt: { type: 'string' },
        openedAt: { type: 'string' },
        solvedAt: { type: ['string', 'null'] },
        sla: { type: 'array', items: { $ref: '#/components/schemas/SlaClockView' } },
      },
      required: [
        'id',
        'number',
        'conversation',
        'rev',
        'version',
        'state',
        'priority',
        'queueId',
        'ownerId',
        'subject',
        'tags',
        'lastMessageAt',
        'openedAt',
        'solvedAt',
        'sla',
      ],
    },
    VisitorSessionDto: {
      type: 'object',
      properties: {
        locale: { type: 'string', enum: ['en', 'fa'], description: 'The language of the page or of the browser.' },
        token: { type: 'string', description: 'The token this browser has, to go on as the same visitor.' },
        identity: {
          type: ['string', 'null'],
          description:
            "The site's signed word about who is signed in; null: nobody is. Left out, the site says nothing.",
        },
      },
    },
    VisitorSessionView: {
      type: 'object',
      properties: {
        name: { type: 'string', description: "What the chat calls itself, in the visitor's language." },
        locale: { type: 'string', enum: ['en', 'fa'] },
        greeting: {
          type: 'string',
          description: "What it says before anything was written; '' for the widget's own words.",
        },
        colour: { type: 'string' },
        side: { type: 'string', enum: ['start', 'end'] },
        token: { type: 'string' },
        visitor: { type: 'string' },
        user: {
          type: ['string', 'null'],
          description: "The site's id of the user whom it vouches for; null for everybody else.",
        },
        identity: { type: 'string', enum: ['none', 'proven', 'refused'] },
        reason: {
          anyOf: [
            {
              type: 'string',
              enum: [
                'malformed',
                'wrong_algorithm',
                'unknown_key',
                'bad_signature',
                'expired',
                'not_yet',
                'too_long',
                'wrong_audience',
                'wrong_issuer',
                'used',
              ],
            },
            { type: 'null' },
          ],
          description: "Why the site's word was refused.",
        },
      },
      required: ['name', 'locale', 'greeting', 'colour', 'side', 'token', 'visitor', 'user', 'identity', 'reason'],
    },
    VisitorUploadView: {
      description: 'A file that a visitor has sent ahead of its message.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        mediaType: { type: 'string' },
        bytes: { type: 'number' },
      },
      required: ['id', 'name', 'mediaType', 'bytes'],
    },
    WaitingTextDto: {
      type: 'object',
      properties: { en: { type: 'string', maxLength: 500 }, fa: { type: 'string', maxLength: 500 } },
      required: ['en', 'fa'],
    },
    WaitingTextsDto: {
      type: 'object',
      properties: {
        queued: { $ref: '#/components/schemas/WaitingTextDto' },
        closed: { $ref: '#/components/schemas/WaitingTextDto' },
      },
      required: ['queued', 'closed'],
    },
    WebhookAttemptView: {
      description: 'One try. `status` is null where no answer came; `error` says then why.',
      type: 'object',
      properties: {
        at: { type: 'string' },
        ms: { type: 'number' },
        status: { type: ['number', 'null'] },
        error: { type: ['string', 'null'] },
        answer: { type: 'string', description: 'How the answer began, at most 500 characters.' },
      },
      required: ['at', 'ms', 'status', 'error', 'answer'],
    },
    WebhookDeliveryView: {
      type: 'object',
      properties: {
        id: { type: 'string', description: 'The `webhook-id` that its receiver sees.' },
        type: {
          type: 'string',
          enum: [
            'message.received',
            'message.edited',
            'message.sent',
            'note.written',
            'delivery.sent',
            'delivery.unconfirmed',
            'delivery.parked',
            'delivery.failed',
            'ticket.opened',
            'ticket.assigned',
            'ticket.released',
            'ticket.changed',
            'sla.warned',
            'sla.breached',
            'sla.escalated',
            'customer.merged',
            'customer.parted',
            'customer.blocked',
            'customer.unblocked',
            'customer.deletion_requested',
            'channel.alarm',
            'channel.recovered',
          ],
        },
        happenedAt: { type: 'string' },
        state: {
          type: 'string',
          enum: ['failed', 'queued', 'sent', 'skipped', 'sending'],
          description: 'skipped: the owner may not read what it is about.',
        },
        attempts: { type: 'number', description: 'How often it was tried, replays included.' },
        dueAt: { type: ['string', 'null'], description: 'When it is tried next; null when it is not.' },
        last: { anyOf: [{ $ref: '#/components/schemas/WebhookAttemptView' }, { type: 'null' }] },
      },
      required: ['id', 'type', 'happenedAt', 'state', 'attempts', 'dueAt', 'last'],
    },
    WebhookSecretView: {
      description: 'The answer in which a secret is shown, once.',
      type: 'object',
      properties: {
        webhook: { $ref: '#/components/schemas/WebhookView' },
        secret: { type: 'string', description: '`whsec_` and base64.' },
      },
      required: ['webhook', 'secret'],
    },
    WebhookView: {
      description: 'An address that facts are told to.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        url: { type: 'string' },
        owner: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
          description: 'Whoever made it: nothing is told that they may not read.',
        },
        types: {
          type: 'array',
          items: {
            type: 'string',
            enum: [
              'message.received',
              'message.edited',
              'message.sent',
              'note.written',
              'delivery.sent',
              'delivery.unconfirmed',
              'delivery.parked',
              'delivery.failed',
              'ticket.opened',
              'ticket.assigned',
              'ticket.released',
              'ticket.changed',
              'sla.warned',
              'sla.breached',
              'sla.escalated',
              'customer.merged',
              'customer.parted',
              'customer.blocked',
              'customer.unblocked',
              'customer.deletion_requested',
              'channel.alarm',
              'channel.recovered',
            ],
          },
        },
        ordered: { type: 'boolean', description: 'One at a time, oldest first.' },
        enabled: { type: 'boolean' },
        off: {
          type: ['object', 'null'],
          properties: { reason: { type: 'string', enum: ['failing', 'gone', 'owner'] }, at: { type: 'string' } },
          required: ['reason', 'at'],
          description:
            "Set where Peyk itself switched it off: after days of failures, because the address says it is gone, or with its owner's rights.",
        },
        failingSince: {
          type: ['string', 'null'],
          description: 'Nothing went well since then; null while all is well.',
        },
        waiting: { type: 'number', description: 'Deliveries that wait, counted up to a thousand.' },
        lastTry: {
          type: ['object', 'null'],
          properties: {
            at: { type: 'string' },
            status: { type: ['number', 'null'] },
            error: { type: ['string', 'null'] },
          },
          required: ['at', 'status', 'error'],
        },
        formerSecretUntil: {
          type: ['string', 'null'],
          description: 'Until when the secret before this one signs as well.',
        },
        createdAt: { type: 'string' },
      },
      required: [
        'id',
        'name',
        'url',
        'owner',
        'types',
        'ordered',
        'enabled',
        'off',
        'failingSince',
        'waiting',
        'lastTry',
        'formerSecretUntil',
        'createdAt',
      ],
    },
    WeeklyWindowDto: {
      type: 'object',
      properties: {
        weekday: { type: 'integer', minimum: 1, maximum: 7, description: 'Monday 1 to Sunday 7.' },
        since: {
          type: 'string',
          format: 'date-time',
          description: 'The first day on which it holds; for ever back when absent.',
        },
        until: {
          type: 'string',
          format: 'date-time',
          description: 'The first day on which it no longer holds; for ever when absent.',
        },
        from: { type: 'integer', minimum: 0, maximum: 1439 },
        to: { type: 'integer', minimum: 1, maximum: 1440, description: 'The first minute that is closed again.' },
      },
      required: ['weekday', 'from', 'to'],
    },
  },
};
