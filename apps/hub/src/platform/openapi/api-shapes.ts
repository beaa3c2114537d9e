// Written by tools/openapi.mjs from the controllers and the contract. Do not edit.
/* oxlint-disable max-lines */
import type { ApiShapes } from './api-shape.js';

export const apiShapes: ApiShapes = {
  rooms: {
    AccountLinksController:
      'Where one-time links lead. Tokens come in bodies and never in an address, and looking changes nothing: programs that follow every link of a mail use none up.',
    AccountRulesController: 'What the organisation asks of every account. It holds from the next sign-in of each on.',
    AgentAccessController:
      'How colleagues come into their accounts. Links are shown once, to whoever makes them, and are mailed where mail is set up.',
    AgentsController: '',
    AllApiKeysController: "Everybody's keys: which programs there are, whose they are, and taking one away.",
    ApiKeysController:
      'The keys of the agent who is signed in. A program cannot make keys: one that leaked would outlive its revocation.',
    ArticleSuggestionsController: '',
    ArticlesController: '',
    AttachmentsController: '',
    AttemptsController: 'How often a message of ours was tried, and what came of it.',
    AttributesController: '',
    AuditController: '',
    BoardController:
      'How the contact centre fares at this moment. Consoles are told what changes, see `board.watch` on the socket.',
    BotSessionsController: '',
    BrandController: 'What mails, pages and chats look like where a channel says nothing of its own.',
    BrandLogoController: "The picture, for customers' own pages.",
    BulkController: 'One act on many tickets, worked off in the background, and taken back as a whole.',
    CalendarsController: '',
    CallDispositionsController: '',
    CallbacksController: '',
    CannedRepliesController: '',
    CdrImportsController: 'Calls of a channel out of the records of its exchange.',
    ChannelCheckController: 'How channels are doing, and trying them out.',
    ChannelsController: '',
    ChoicePageController:
      "Where a mail's menu is answered, without signing in. Scanners of mail follow every link, so looking changes nothing, and only the button chooses.",
    ConnectorsController: 'The lookups that scripts may make.',
    ContactWishesController: 'What the person of a conversation wants to hear of our own accord.',
    ConversationsController: '',
    CustomerKnowledgeController: '',
    CustomerLinksController: "Links to customers' own pages, as agents make and revoke them.",
    CustomersController: '',
    DemoController: 'Whether there is anything of the demonstration here, and the one click that takes it away.',
    DeploymentsController: 'Which scripts answer on which channels.',
    DialsController: '',
    DraftsController: 'What the caller has begun to write, of each conversation one reply and one note.',
    ExplainController: '',
    ExportsController: '',
    FiguresController: 'How a script fares, and how past talks would go with another text.',
    HealthController: 'For load balancers and supervisors: is the process alive, and may it be sent work.',
    HeldMessagesController: 'Messages that leave in some seconds, and that their writer can take back until then.',
    HistoryImportsController: 'Customers and what was said with them, out of another product.',
    IdentitiesController: 'Addresses of a customer: those that reached us, and those that are only claimed.',
    ImportsController: '',
    InterventionController: 'What supervisors do with the work of their agents.',
    JambonzLinesController:
      'Where jambonz asks what it plays on a line, and tells how a call goes; proven by its signature over the body.',
    LifecycleController: '',
    MacrosController: '',
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
    NoticesController:
      'What concerns the caller: mentions, tickets they were given, promises, answers of their customers, messages that did not leave.',
    OfferedRepliesController: '',
    OffersController: '',
    OpenApiController: 'The API, described: for tools and for people.',
    OutreachController: '',
    OwnIdentitiesController: 'By which providers I come in.',
    OwnPageController: "The same as a plain page: no script, nothing loaded, in the customer's language.",
    OwnSessionsController: 'Where I am signed in. A session that is ended is over at once, its open sockets included.',
    PersonPrivacyController: 'What is done with all that is known of one customer.',
    PrivacySettingsController: '',
    PromptMediaController:
      'Where providers and exchanges fetch what they play. An address is one version of one recording, so it may be kept for ever.',
    PromptsController: '',
    PurchasesController: '',
    PushController: 'The browsers that are woken while their agent has no console open.',
    QualityController: 'Samples of work, what reviewers make of them, and what that comes to.',
    QuarantineController:
      'What came in and could not be taken as it was. Its bytes are kept until it can, or until an administrator throws them away.',
    QueueTicketsController: '',
    QueueWaitingController: '',
    QueuesController: '',
    RecordingPoliciesController: '',
    RecordingsController: '',
    ReportsController: '',
    RevisionsController: 'The earlier forms of messages that their authors changed.',
    RolesController: '',
    RulesController: '',
    SavedViewsController: '',
    SchedulesController: '',
    ScriptsController: '',
    SearchController: '',
    SecondFactorController:
      'My second factor. Whoever changes it says their password once more: an open console is no proof of who sits before it.',
    SegmentsController: 'A preview names customers, so it is for those who may read all of them.',
    SessionController: '',
    SetUpController: 'The first visit to a new hub: makes its administrator, who is signed in at once.',
    SignInController: 'Signing in by a provider: the button, and where the provider leads back.',
    SignInSettingsController:
      'How everybody comes in is for administrators alone: whoever names a provider says who anybody is.',
    SignInStepsController:
      'The second half of signing in. There is no session before it is done: all that is known of the caller is their ticket, and that it was their browser that got it.',
    SiteKeysController: 'The keys by which a site proves to a web chat who is signed in there.',
    SkillsController: '',
    SlaPoliciesController: '',
    SmsTermsController:
      'What agents need to know of an SMS channel before they write; its settings are for administrators.',
    StartController: 'From a new hub to one that takes messages: what is there already, and where the wizard was left.',
    StartLinksController: 'Links by which a customer opens a chat that is theirs from its first word on.',
    SteeringController:
      'Help beside a conversation. No answer here repeats what was whispered: answers to unsafe calls are kept for a while.',
    SteeringRulesController: 'What the organisation says of steering.',
    SuppressionsController: 'Addresses that nothing is sent to any more, because their server or their owner said so.',
    SurveyPageController:
      'Where the question of a mail is answered, without signing in. Scanners of mail follow every link, so looking changes nothing: it shows the score that was chosen with a button, and only the button answers.',
    SurveysController: '',
    SystemController: '',
    TagsController: '',
    TeachController: 'What scripts did not understand, and what they are to make of it.',
    ThreadPlaceController: '',
    TicketFieldsController: '',
    TicketMacrosController: '',
    TicketPropertiesController: '',
    TicketRoutingController: '',
    TicketStatesController: '',
    TicketSurveysController: '',
    TicketsController: '',
    TiersController: '',
    TransfersController: '',
    TrialCallsController: 'Trying a phone channel without a provider.',
    TwilioLinesController:
      "Where Twilio asks what it plays on a line, and tells how a call goes. Everything is proven by Twilio's signature over the public address, and everything about a line names the turn of the reply that it answers, so that a repeat is answered like the first.",
    UnsubscribeController:
      'Where bulk mail is unsubscribed from, without signing in (RFC 8058). Mail programs post; scanners of mail follow every link, so looking changes nothing and shows a button.',
    VisitorConsentsController:
      'What a visitor agreed to before their chat, for them to take back as easily as it was given.',
    VisitorFilesController: 'Files of a web chat, for the visitor it is with.',
    VisitorSessionController:
      'Where a chat on a web page becomes somebody. No cookie is read or set here, so other sites may call it: those that the channel names, or every one when it names none.',
    VisitorTranscriptsController: 'What was said in a web chat, for the visitor to keep.',
    WebhookController:
      "Where providers call. A request is verified before it is read, stored before it is answered, and answered in the provider's own terms. A forged one is refused and leaves no trace but a count; a repeated one is answered like the first.",
    WebhooksController: '',
  },
  operations: {
    'AccountLinksController.canMail': {
      summary: 'Whether this hub can send links by mail at all.',
      answers: { type: 'object', properties: { byMail: { type: 'boolean' } }, required: ['byMail'] },
    },
    'AccountLinksController.forget': {
      summary: 'One answer for every address, given before anybody looks whether it has an account.',
      status: 202,
      body: { $ref: '#/components/schemas/ForgottenPasswordDto' },
      answers: { type: 'object', properties: { byMail: { type: 'boolean' } }, required: ['byMail'] },
    },
    'AccountLinksController.join': {
      summary: 'Whoever joins is signed in, unless something more is asked of everybody here.',
      status: 201,
      body: { $ref: '#/components/schemas/JoinDto' },
      answers: { anyOf: [{ $ref: '#/components/schemas/MeView' }, { $ref: '#/components/schemas/SignInStepView' }] },
    },
    'AccountLinksController.look': {
      status: 200,
      body: { $ref: '#/components/schemas/OpenLinkDto' },
      answers: { $ref: '#/components/schemas/OpenedLinkView' },
    },
    'AccountLinksController.reset': {
      summary: 'Signs nobody in: whoever has a second factor is asked for it as always.',
      status: 204,
      body: { $ref: '#/components/schemas/ResetPasswordDto' },
    },
    'AccountRulesController.read': { answers: { $ref: '#/components/schemas/AccountRulesView' } },
    'AccountRulesController.write': {
      body: { $ref: '#/components/schemas/AccountRulesDto' },
      answers: { $ref: '#/components/schemas/AccountRulesView' },
    },
    'AgentAccessController.invite': {
      summary: 'Invites, or invites again: the link before holds no longer.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/AccountLinkView' },
    },
    'AgentAccessController.makeReset': {
      summary: 'For a colleague who lost their password: they choose a new one, nobody else does.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/AccountLinkView' },
    },
    'AgentAccessController.resetSecondFactor': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'AgentAccessController.revokeInvitation': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
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
    'AllApiKeysController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/ApiKeyView' } } },
    'AllApiKeysController.revoke': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'ApiKeysController.create': {
      summary: 'The answer is the only place where the key is ever shown.',
      body: { $ref: '#/components/schemas/ApiKeyDto' },
      answers: {
        type: 'object',
        properties: { id: { type: 'string' }, key: { type: 'string' } },
        required: ['id', 'key'],
      },
    },
    'ApiKeysController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/ApiKeyView' } } },
    'ApiKeysController.revoke': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'ArticleSuggestionsController.suggest': {
      summary: 'What may help with what the customer wrote last.',
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'ticketId',
          required: false,
          schema: {
            type: 'string',
            format: 'uuid',
            description: 'The ticket that is worked on; what is written elsewhere is left out.',
          },
        },
        {
          name: 'locale',
          required: false,
          schema: {
            type: 'string',
            enum: ['en', 'fa'],
            description: "The customer's own language when it is left out.",
          },
        },
      ],
      answers: { $ref: '#/components/schemas/ArticleSuggestionsView' },
    },
    'ArticlesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeArticleDto' },
      answers: { $ref: '#/components/schemas/ArticleView' },
    },
    'ArticlesController.create': {
      body: { $ref: '#/components/schemas/NewArticleDto' },
      answers: { $ref: '#/components/schemas/ArticleView' },
    },
    'ArticlesController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/ArticleView' } } },
    'ArticlesController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'ArticlesController.search': {
      summary: 'Those that have all the words, however they are spelled; the best first.',
      query: [
        { name: 'q', required: true, schema: { type: 'string', maxLength: 300 } },
        { name: 'locale', required: false, schema: { type: 'string', enum: ['en', 'fa'] } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 50 } },
      ],
      answers: { type: 'array', items: { $ref: '#/components/schemas/FoundArticleView' } },
    },
    'AttachmentsController.download': { path: { id: { type: 'string', format: 'uuid' } }, raw: true },
    'AttachmentsController.upload': {
      summary: 'The body is the file itself; its name comes percent-encoded in `X-File-Name`.',
      query: [{ name: 'conversation', required: true, schema: { type: 'string' } }],
      takesRaw: true,
      answers: { $ref: '#/components/schemas/AttachmentView' },
    },
    'AttemptsController.list': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/AttemptView' } },
    },
    'AttributesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeAttributeDto' },
      answers: { $ref: '#/components/schemas/CustomerAttributeView' },
    },
    'AttributesController.create': {
      body: { $ref: '#/components/schemas/NewAttributeDto' },
      answers: { $ref: '#/components/schemas/CustomerAttributeView' },
    },
    'AttributesController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/CustomerAttributeView' } },
    },
    'AttributesController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'AuditController.download': {
      summary: 'All that the filter finds, as a file that is written while it is read. Taking it is an act of its own.',
      query: [
        { name: 'format', required: true, schema: { type: 'string', enum: ['csv', 'jsonl'] } },
        { name: 'actor', required: false, schema: { type: 'string', format: 'uuid' } },
        {
          name: 'action',
          required: false,
          schema: {
            type: 'string',
            maxLength: 100,
            description: 'An action, or the kind of thing it was done to: `queue.changed`, `queue`.',
          },
        },
        { name: 'subject', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'from', required: false, schema: { type: 'string', format: 'date-time' } },
        {
          name: 'to',
          required: false,
          schema: { type: 'string', format: 'date-time', description: 'Not itself included.' },
        },
        {
          name: 'q',
          required: false,
          schema: {
            type: 'string',
            maxLength: 100,
            description:
              'Words that stand anywhere in an entry or in the name of what it was done to; or the hash of one.',
          },
        },
      ],
      raw: true,
    },
    'AuditController.list': {
      summary: 'Newest first.',
      query: [
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 200 } },
        { name: 'actor', required: false, schema: { type: 'string', format: 'uuid' } },
        {
          name: 'action',
          required: false,
          schema: {
            type: 'string',
            maxLength: 100,
            description: 'An action, or the kind of thing it was done to: `queue.changed`, `queue`.',
          },
        },
        { name: 'subject', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'from', required: false, schema: { type: 'string', format: 'date-time' } },
        {
          name: 'to',
          required: false,
          schema: { type: 'string', format: 'date-time', description: 'Not itself included.' },
        },
        {
          name: 'q',
          required: false,
          schema: {
            type: 'string',
            maxLength: 100,
            description:
              'Words that stand anywhere in an entry or in the name of what it was done to; or the hash of one.',
          },
        },
      ],
      answers: { $ref: '#/components/schemas/PageOfAuditEntryView' },
    },
    'AuditController.verify': {
      summary: 'Whether the chain holds, and if not, which entry is the first that does not.',
      answers: { $ref: '#/components/schemas/AuditProofView' },
    },
    'BoardController.alerts': {
      summary: 'The latest hundred, those that are over as well.',
      answers: { type: 'array', items: { $ref: '#/components/schemas/BoardAlert' } },
    },
    'BoardController.read': { answers: { $ref: '#/components/schemas/BoardView' } },
    'BoardController.removeThreshold': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'BoardController.setThreshold': {
      summary: 'Sets a limit, in place of the one that was set before.',
      body: { $ref: '#/components/schemas/ThresholdDto' },
      answers: { $ref: '#/components/schemas/BoardThreshold' },
    },
    'BotSessionsController.giveBack': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/BotSessionView' },
    },
    'BotSessionsController.read': {
      summary: 'The latest bot that talked with the customer: `session` is null where none ever did.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: {
        type: 'object',
        properties: { session: { anyOf: [{ $ref: '#/components/schemas/BotSessionView' }, { type: 'null' }] } },
        required: ['session'],
      },
    },
    'BrandController.change': {
      body: { $ref: '#/components/schemas/ChangeBrandDto' },
      answers: { $ref: '#/components/schemas/BrandView' },
    },
    'BrandController.preview': {
      summary: 'A mail as it would look with what nobody has saved yet, as a page that runs nothing.',
      query: [
        { name: 'locale', required: true, schema: { type: 'string', enum: ['en', 'fa'] } },
        { name: 'theme', required: true, schema: { type: 'string', enum: ['light', 'dark'] } },
        { name: 'name', required: false, schema: { type: 'string', maxLength: 80 } },
        { name: 'footer', required: false, schema: { type: 'string', maxLength: 600 } },
        { name: 'accent', required: false, schema: { type: 'string' } },
      ],
      raw: true,
    },
    'BrandController.putLogo': {
      body: { $ref: '#/components/schemas/BrandLogoDto' },
      answers: { $ref: '#/components/schemas/BrandView' },
    },
    'BrandController.read': { answers: { $ref: '#/components/schemas/BrandView' } },
    'BrandController.removeLogo': { answers: { $ref: '#/components/schemas/BrandView' } },
    'BrandLogoController.logo': { raw: true },
    'BulkController.ask': {
      status: 202,
      body: { $ref: '#/components/schemas/BulkDto' },
      answers: { $ref: '#/components/schemas/BulkRunView' },
    },
    'BulkController.list': {
      summary: "The caller's own that are at work, or can be taken back.",
      answers: { type: 'array', items: { $ref: '#/components/schemas/BulkRunView' } },
    },
    'BulkController.read': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/BulkRunView' },
    },
    'BulkController.undo': {
      status: 202,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/BulkRunView' },
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
    'CallDispositionsController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/CallDispositionView' } },
    },
    'CallDispositionsController.set': {
      body: { $ref: '#/components/schemas/CallDispositionsDto' },
      answers: { type: 'array', items: { $ref: '#/components/schemas/CallDispositionView' } },
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
        {
          name: 'before',
          required: false,
          schema: { type: 'string', format: 'uuid', description: 'The last callback of the page before.' },
        },
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
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfCallbackView' },
    },
    'CannedRepliesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeCannedReplyDto' },
      answers: { $ref: '#/components/schemas/CannedReplyView' },
    },
    'CannedRepliesController.create': {
      body: { $ref: '#/components/schemas/NewCannedReplyDto' },
      answers: { $ref: '#/components/schemas/CannedReplyView' },
    },
    'CannedRepliesController.list': {
      summary: "Everybody's, and the reader's own.",
      answers: { type: 'array', items: { $ref: '#/components/schemas/CannedReplyView' } },
    },
    'CannedRepliesController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'CannedRepliesController.try': {
      summary: 'How a text comes out for an imagined customer, or what is wrong with it.',
      status: 200,
      body: { $ref: '#/components/schemas/TryTextDto' },
      answers: { $ref: '#/components/schemas/ReplyTrialView' },
    },
    'CannedRepliesController.upload': {
      summary: 'The body is the file itself; its name comes percent-encoded in `X-File-Name`.',
      takesRaw: true,
      answers: { $ref: '#/components/schemas/CannedFileView' },
    },
    'CannedRepliesController.variables': {
      summary: 'What texts may name.',
      answers: { type: 'array', items: { $ref: '#/components/schemas/ReplyVariableView' } },
    },
    'CdrImportsController.check': {
      summary: 'Tries the table as it would be read, moving nothing.',
      status: 200,
      path: { channelId: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/CdrCheckView' } },
    },
    'CdrImportsController.faults': {
      path: { channelId: { type: 'string', format: 'uuid' }, id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/CdrFaultView' } },
    },
    'CdrImportsController.faultsFile': {
      summary: 'The same as a file for office programs.',
      path: { channelId: { type: 'string', format: 'uuid' }, id: { type: 'string', format: 'uuid' } },
      query: [{ name: 'language', required: false, schema: { type: 'string', enum: ['en', 'fa'] } }],
      raw: true,
    },
    'CdrImportsController.get': {
      path: { channelId: { type: 'string', format: 'uuid' }, id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CdrImportView' },
    },
    'CdrImportsController.list': {
      path: { channelId: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/CdrImportView' } },
    },
    'CdrImportsController.preview': {
      summary: 'The body is the file or its beginning, at most a megabyte.',
      status: 200,
      path: { channelId: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'terms',
          required: false,
          schema: {
            type: 'string',
            maxLength: 8000,
            description: 'How the file is read, as JSON; as it looks when this is left out.',
          },
        },
      ],
      takesRaw: true,
      answers: { $ref: '#/components/schemas/CdrPreviewView' },
    },
    'CdrImportsController.reading': {
      summary: "How the reading of the exchange's table fares.",
      path: { channelId: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CdrReadingView' },
    },
    'CdrImportsController.start': {
      summary: 'The body is the file itself; its name comes percent-encoded in `X-File-Name`.',
      path: { channelId: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'terms',
          required: false,
          schema: {
            type: 'string',
            maxLength: 8000,
            description: 'How the file is read, as JSON; as it looks when this is left out.',
          },
        },
      ],
      takesRaw: true,
      answers: { $ref: '#/components/schemas/CdrImportView' },
    },
    'CdrImportsController.stop': {
      status: 200,
      path: { channelId: { type: 'string', format: 'uuid' }, id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CdrImportView' },
    },
    'ChannelCheckController.check': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ChannelCheckView' },
    },
    'ChannelCheckController.deliveries': {
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        { name: 'show', required: false, schema: { type: 'string', enum: ['waiting', 'sent', 'troubled'] } },
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
    'ChoicePageController.choose': { takesRaw: true, raw: true },
    'ChoicePageController.show': { raw: true },
    'ConnectorsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeConnectorDto' },
      answers: { $ref: '#/components/schemas/ScriptConnectorView' },
    },
    'ConnectorsController.create': {
      body: { $ref: '#/components/schemas/NewConnectorDto' },
      answers: { $ref: '#/components/schemas/ScriptConnectorView' },
    },
    'ConnectorsController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/ScriptConnectorView' } },
    },
    'ConnectorsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'ConnectorsController.test': {
      summary: 'Looks something up now and shows what a script would get.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/TestConnectorDto' },
      answers: { $ref: '#/components/schemas/ScriptConnectorTestView' },
    },
    'ContactWishesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ContactWishesDto' },
      answers: { $ref: '#/components/schemas/ContactWishesView' },
    },
    'ContactWishesController.read': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ContactWishesView' },
    },
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
          schema: {
            type: 'string',
            enum: [
              'all',
              'open',
              'solved',
              'waiting',
              'mine',
              'unassigned',
              'snoozed',
              'following',
              'drafts',
              'mentions',
              'overdue',
            ],
          },
        },
        {
          name: 'saved',
          required: false,
          schema: { type: 'string', format: 'uuid', description: 'A saved view, whatever `view` says.' },
        },
        {
          name: 'tickets',
          required: false,
          schema: {
            type: 'array',
            items: { type: 'string', format: 'uuid' },
            maxItems: 100,
            description:
              "Of these tickets, those that a saved view, 'waiting' or 'overdue' shows, all at once; their ids with commas between.",
          },
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
    'ConversationsController.unread': {
      summary: 'Everything from a message on is unread to the caller again.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/UnreadDto' },
      answers: { $ref: '#/components/schemas/ReadMarks' },
    },
    'CustomerKnowledgeController.read': {
      summary: 'Attributes, purchases, and why the tier is as it is.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CustomerKnowledgeView' },
    },
    'CustomerKnowledgeController.setValues': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SetAttributesDto' },
      answers: { $ref: '#/components/schemas/CustomerKnowledgeView' },
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
    'CustomersController.open': {
      summary: 'Somebody who never wrote, with the ticket to write them under.',
      body: { $ref: '#/components/schemas/NewCustomerDto' },
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
          ticket: { type: 'string' },
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
          'ticket',
        ],
      },
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
        {
          name: 'tier',
          required: false,
          schema: { type: 'integer', minimum: 0, maximum: 9, description: 'How valued they are; 0: without a tier.' },
        },
        { name: 'blocked', required: false, schema: { type: 'string', enum: ['yes', 'no'] } },
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
    'DeploymentsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeDeploymentDto' },
      answers: { $ref: '#/components/schemas/ScriptDeploymentView' },
    },
    'DeploymentsController.create': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/NewDeploymentDto' },
      answers: { $ref: '#/components/schemas/ScriptDeploymentView' },
    },
    'DeploymentsController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/ScriptDeploymentView' } },
    },
    'DeploymentsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'DialsController.dial': {
      summary: "Rings the caller's own phone, then the customer's. Repeated with the same key it calls once.",
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/DialDto' },
      answers: { $ref: '#/components/schemas/DialledView' },
    },
    'DialsController.mine': {
      summary: 'The call that rings me, or that I am on.',
      answers: { $ref: '#/components/schemas/MyCallView' },
    },
    'DraftsController.drop': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        { name: 'kind', required: true, schema: { type: 'string', enum: ['text', 'note'] } },
        {
          name: 'window',
          required: false,
          schema: { type: 'string', maxLength: 100, description: 'The window that it was written in.' },
        },
      ],
    },
    'DraftsController.keep': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/DraftDto' },
    },
    'DraftsController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/DraftView' } } },
    'ExplainController.explain': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ExplainView' },
    },
    'ExportsController.begin': {
      body: { $ref: '#/components/schemas/NewExportDto' },
      answers: { $ref: '#/components/schemas/ExportView' },
    },
    'ExportsController.file': { path: { id: { type: 'string', format: 'uuid' } }, raw: true },
    'ExportsController.get': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ExportView' },
    },
    'ExportsController.list': {
      summary: 'Those that the caller made.',
      answers: { type: 'array', items: { $ref: '#/components/schemas/ExportView' } },
    },
    'ExportsController.remove': {
      summary: 'Stops it where it is being made, and takes the file away.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
    },
    'FiguresController.read': {
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'days',
          required: false,
          schema: { type: 'integer', minimum: 1, maximum: 366, description: 'How far back.' },
        },
      ],
      answers: { $ref: '#/components/schemas/ScriptFiguresView' },
    },
    'FiguresController.replay': {
      summary:
        'Plays what a customer said once against the draft, and shows what it would have answered. Keeps and sends nothing.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ReplayTalkDto' },
      answers: { $ref: '#/components/schemas/ScriptReplayView' },
    },
    'FiguresController.sessions': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/ScriptSessionView' } },
    },
    'HealthController.live': {
      answers: { type: 'object', properties: { alive: { const: true } }, required: ['alive'] },
    },
    'HealthController.ready': { answers: { $ref: '#/components/schemas/Readiness' } },
    'HeldMessagesController.hold': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/HeldMessageDto' },
      answers: { $ref: '#/components/schemas/HeldMessageView' },
    },
    'HeldMessagesController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/HeldMessageView' } },
    },
    'HeldMessagesController.sendNow': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SendHeldDto' },
      answers: { $ref: '#/components/schemas/HeldMessageView' },
    },
    'HeldMessagesController.takeBack': {
      summary: 'Takes it back.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/HeldMessageView' },
    },
    'HistoryImportsController.begin': {
      body: { $ref: '#/components/schemas/NewHistoryDto' },
      answers: { $ref: '#/components/schemas/HistoryImportView' },
    },
    'HistoryImportsController.choose': {
      path: { id: { type: 'string', format: 'uuid' }, match: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/HistoryMatchDto' },
      answers: { $ref: '#/components/schemas/HistoryImportView' },
    },
    'HistoryImportsController.faults': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/HistoryFaultView' } },
    },
    'HistoryImportsController.faultsFile': {
      summary: 'The same as a file for office programs.',
      path: { id: { type: 'string', format: 'uuid' } },
      query: [{ name: 'language', required: false, schema: { type: 'string', enum: ['en', 'fa'] } }],
      raw: true,
    },
    'HistoryImportsController.found': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/HistoryFindingsView' },
    },
    'HistoryImportsController.get': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/HistoryImportView' },
    },
    'HistoryImportsController.give': {
      summary:
        'The body is a file itself, as application/octet-stream; its name comes percent-encoded in `X-File-Name`.',
      path: { id: { type: 'string', format: 'uuid' } },
      takesRaw: true,
      answers: { $ref: '#/components/schemas/HistoryImportView' },
    },
    'HistoryImportsController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/HistoryImportView' } },
    },
    'HistoryImportsController.read': {
      summary: 'Reads the files; nothing of them is written to any timeline yet.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/HistoryImportView' },
    },
    'HistoryImportsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'HistoryImportsController.start': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/HistoryTermsDto' },
      answers: { $ref: '#/components/schemas/HistoryImportView' },
    },
    'HistoryImportsController.stop': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/HistoryImportView' },
    },
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
    'ImportsController.faults': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/ImportFaultView' } },
    },
    'ImportsController.faultsFile': {
      summary: 'The same as a file for office programs.',
      path: { id: { type: 'string', format: 'uuid' } },
      query: [{ name: 'language', required: false, schema: { type: 'string', enum: ['en', 'fa'] } }],
      raw: true,
    },
    'ImportsController.get': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ImportView' },
    },
    'ImportsController.give': {
      summary:
        'The body is the file itself; its name comes percent-encoded in `X-File-Name`. Nothing is done with it before it is started.',
      query: [{ name: 'kind', required: true, schema: { type: 'string', enum: ['attributes', 'purchases'] } }],
      takesRaw: true,
      answers: { $ref: '#/components/schemas/ImportView' },
    },
    'ImportsController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/ImportView' } } },
    'ImportsController.preview': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ReadImportDto' },
      answers: { $ref: '#/components/schemas/ImportPreviewView' },
    },
    'ImportsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'ImportsController.start': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ReadImportDto' },
      answers: { $ref: '#/components/schemas/ImportView' },
    },
    'ImportsController.stop': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ImportView' },
    },
    'InterventionController.forceStatus': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ForcedStatusDto' },
    },
    'InterventionController.handOver': {
      summary: 'All of that goes to somebody else; what another takes meanwhile stays theirs.',
      status: 202,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/HandOverDto' },
      answers: { $ref: '#/components/schemas/BulkRunView' },
    },
    'InterventionController.readWork': {
      summary: 'What an agent has in the queues that the caller watches.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/AgentWorkView' },
    },
    'InterventionController.takeOver': {
      summary: 'Only from whoever had it when the caller looked.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/TakeOverDto' },
    },
    'JambonzLinesController.told': { takesRaw: true, raw: true },
    'LifecycleController.answer': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/IncidentAnswerDto' },
      answers: { $ref: '#/components/schemas/IncidentAnswerView' },
    },
    'LifecycleController.get': {
      summary: 'A ticket by its id or its number. A number that was merged leads to the ticket that took it in.',
      answers: { $ref: '#/components/schemas/TicketDetailView' },
    },
    'LifecycleController.listAnswers': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/IncidentAnswerView' } },
    },
    'LifecycleController.merge': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/MergeTicketDto' },
      answers: { $ref: '#/components/schemas/TicketChangeView' },
    },
    'LifecycleController.move': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/MovesDto' },
      answers: { $ref: '#/components/schemas/TicketChangeView' },
    },
    'LifecycleController.previewMerge': {
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'into',
          required: true,
          schema: { type: 'string', format: 'uuid', description: 'The ticket that stays.' },
        },
      ],
      answers: { $ref: '#/components/schemas/TicketMergePreview' },
    },
    'LifecycleController.setParent': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ParentDto' },
      answers: { $ref: '#/components/schemas/TicketDetailView' },
    },
    'LifecycleController.solveChildren': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/SolvedFamilyView' },
    },
    'LifecycleController.split': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SplitDto' },
      answers: { $ref: '#/components/schemas/TicketChangeView' },
    },
    'LifecycleController.undo': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/TicketUndoView' },
    },
    'MacrosController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeMacroDto' },
      answers: { $ref: '#/components/schemas/MacroView' },
    },
    'MacrosController.create': {
      body: { $ref: '#/components/schemas/NewMacroDto' },
      answers: { $ref: '#/components/schemas/MacroView' },
    },
    'MacrosController.list': {
      summary: "Everybody's, and the reader's own.",
      answers: { type: 'array', items: { $ref: '#/components/schemas/MacroView' } },
    },
    'MacrosController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
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
    'NoticesController.page': {
      query: [
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 50 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfNoticeView' },
    },
    'NoticesController.read': {
      summary: 'Marks notices as read; an empty body means all of them.',
      status: 200,
      body: { $ref: '#/components/schemas/ReadNoticesDto' },
      answers: { $ref: '#/components/schemas/NoticesFrame' },
    },
    'NoticesController.unread': { answers: { $ref: '#/components/schemas/NoticesFrame' } },
    'OfferedRepliesController.find': {
      summary: 'Those that fit what was typed after `/`, as they would be written here.',
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        { name: 'q', required: false, schema: { type: 'string', maxLength: 100 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 50 } },
        { name: 'channelId', required: false, schema: { type: 'string', format: 'uuid' } },
        { name: 'ticketId', required: false, schema: { type: 'string', format: 'uuid' } },
        {
          name: 'locale',
          required: false,
          schema: {
            type: 'string',
            enum: ['en', 'fa'],
            description: "The customer's own language when it is left out.",
          },
        },
      ],
      answers: { type: 'array', items: { $ref: '#/components/schemas/OfferedReplyView' } },
    },
    'OfferedRepliesController.write': {
      summary: 'Writes one for this conversation; counts as a use.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' }, reply: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ReplyPlaceDto' },
      answers: { $ref: '#/components/schemas/WrittenReplyView' },
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
    'OutreachController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeOutreachDto' },
      answers: { $ref: '#/components/schemas/OutreachView' },
    },
    'OutreachController.changeLimits': {
      body: { $ref: '#/components/schemas/OutreachLimitsDto' },
      answers: { $ref: '#/components/schemas/OutreachLimitsView' },
    },
    'OutreachController.create': {
      body: { $ref: '#/components/schemas/NewOutreachDto' },
      answers: { $ref: '#/components/schemas/OutreachView' },
    },
    'OutreachController.get': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/OutreachView' },
    },
    'OutreachController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/OutreachView' } } },
    'OutreachController.pause': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/OutreachView' },
    },
    'OutreachController.people': {
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'state',
          required: false,
          schema: {
            type: 'string',
            enum: ['failed', 'waiting', 'skipped', 'sent', 'unconfirmed', 'sending', 'held_out'],
          },
        },
        { name: 'why', required: false, schema: { type: 'string', maxLength: 40 } },
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfOutreachPersonView' },
    },
    'OutreachController.preview': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/OutreachPreviewView' },
    },
    'OutreachController.read': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/OutreachFiguresView' },
    },
    'OutreachController.readLimits': { answers: { $ref: '#/components/schemas/OutreachLimitsView' } },
    'OutreachController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'OutreachController.resume': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/OutreachView' },
    },
    'OutreachController.schedule': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/OutreachView' },
    },
    'OutreachController.stop': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/OutreachView' },
    },
    'OutreachController.test': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/TestOutreachDto' },
    },
    'OutreachController.withdraw': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/OutreachView' },
    },
    'OwnIdentitiesController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/OwnIdentityView' } },
    },
    'OwnIdentitiesController.unlink': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
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
    'OwnSessionsController.endOne': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'OwnSessionsController.endOthers': { summary: 'Ends all but the one that asks.', status: 204 },
    'OwnSessionsController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/OwnSessionView' } },
    },
    'PersonPrivacyController.all': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/PersonPrivacyView' },
    },
    'PersonPrivacyController.askExport': {
      status: 202,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ExportPersonDto' },
      answers: { $ref: '#/components/schemas/PersonExportView' },
    },
    'PersonPrivacyController.erase': {
      status: 202,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/EraseDto' },
      answers: { $ref: '#/components/schemas/ErasureView' },
    },
    'PersonPrivacyController.file': {
      summary: 'The archive, for a few hours.',
      path: { id: { type: 'string', format: 'uuid' }, export: { type: 'string', format: 'uuid' } },
      raw: true,
    },
    'PersonPrivacyController.hold': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/HoldDto' },
      answers: { $ref: '#/components/schemas/LegalHoldView' },
    },
    'PersonPrivacyController.lift': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'PersonPrivacyController.listExports': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/PersonExportView' } },
    },
    'PersonPrivacyController.preview': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ErasurePreviewView' },
    },
    'PersonPrivacyController.withdraw': {
      summary: 'They said so by another way than the chat.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' }, consent: { type: 'string', format: 'uuid' } },
    },
    'PrivacySettingsController.add': {
      body: { $ref: '#/components/schemas/RetentionRuleDto' },
      answers: { $ref: '#/components/schemas/RetentionRuleView' },
    },
    'PrivacySettingsController.erasure': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ErasureView' },
    },
    'PrivacySettingsController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/RetentionRuleView' } },
    },
    'PrivacySettingsController.listHolds': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/LegalHoldView' } },
    },
    'PrivacySettingsController.preview': {
      summary: 'How many it would let go now; changes nothing.',
      status: 200,
      body: { $ref: '#/components/schemas/RetentionRuleDto' },
      answers: { $ref: '#/components/schemas/RetentionPreviewView' },
    },
    'PrivacySettingsController.redact': {
      summary: 'Takes the words and files of one message out of everything that Peyk keeps.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/RedactionView' },
    },
    'PrivacySettingsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'PromptMediaController.fetch': { raw: true },
    'PromptsController.archive': {
      summary: 'All that can be played, as files under their names: for the folder of sounds of an exchange.',
      raw: true,
    },
    'PromptsController.keep': {
      summary: 'The body is the WAV file itself.',
      query: [
        { name: 'name', required: true, schema: { type: 'string', maxLength: 200 } },
        { name: 'locale', required: true, schema: { type: 'string', enum: ['en', 'fa'] } },
      ],
      answers: { $ref: '#/components/schemas/PromptView' },
    },
    'PromptsController.list': { answers: { $ref: '#/components/schemas/PromptLibraryView' } },
    'PromptsController.remove': {
      status: 204,
      query: [
        { name: 'name', required: true, schema: { type: 'string', maxLength: 200 } },
        { name: 'locale', required: true, schema: { type: 'string', enum: ['en', 'fa'] } },
      ],
    },
    'PurchasesController.send': {
      status: 200,
      body: { $ref: '#/components/schemas/SendPurchasesDto' },
      answers: { $ref: '#/components/schemas/PurchasesTakenView' },
    },
    'PushController.drop': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'PushController.keep': {
      summary: "Signs the caller's browser up, or says anew how it is to be woken. Ends with the session.",
      status: 200,
      body: { $ref: '#/components/schemas/PushDto' },
      answers: { $ref: '#/components/schemas/PushView' },
    },
    'PushController.key': { answers: { $ref: '#/components/schemas/PushKeyView' } },
    'PushController.test': {
      summary: 'Wakes that browser once, for its reader to see that it works.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
    },
    'QualityController.answer': {
      summary: 'What the agent says to a review of their work, once.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/AnswerReviewDto' },
    },
    'QualityController.changeScorecard': {
      summary: 'Makes the next version. Samples that were drawn keep theirs.',
      body: { $ref: '#/components/schemas/ScorecardDto' },
      answers: { $ref: '#/components/schemas/ScorecardView' },
    },
    'QualityController.draw': {
      body: { $ref: '#/components/schemas/SampleDto' },
      answers: { $ref: '#/components/schemas/SampleDetailView' },
    },
    'QualityController.file': {
      query: [
        { name: 'locale', required: false, schema: { type: 'string', enum: ['en', 'fa'] } },
        { name: 'from', required: true, schema: { type: 'string', description: 'The first day, in `zone`.' } },
        { name: 'to', required: true, schema: { type: 'string', description: 'The last day, included.' } },
        { name: 'zone', required: false, schema: { type: 'string' } },
        { name: 'calendar', required: false, schema: { type: 'string', enum: ['jalali', 'gregorian'] } },
        { name: 'by', required: false, schema: { type: 'string', enum: ['agent', 'question', 'week'] } },
      ],
      raw: true,
    },
    'QualityController.listOwn': {
      summary: "The latest hundred reviews of the caller's own work.",
      answers: { type: 'array', items: { $ref: '#/components/schemas/ReviewView' } },
    },
    'QualityController.listSamples': {
      summary: 'The latest hundred.',
      answers: { type: 'array', items: { $ref: '#/components/schemas/SampleView' } },
    },
    'QualityController.readResults': {
      query: [
        { name: 'from', required: true, schema: { type: 'string', description: 'The first day, in `zone`.' } },
        { name: 'to', required: true, schema: { type: 'string', description: 'The last day, included.' } },
        { name: 'zone', required: false, schema: { type: 'string' } },
        { name: 'calendar', required: false, schema: { type: 'string', enum: ['jalali', 'gregorian'] } },
        { name: 'by', required: false, schema: { type: 'string', enum: ['agent', 'question', 'week'] } },
      ],
      answers: { $ref: '#/components/schemas/ResultsView' },
    },
    'QualityController.readReview': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ReviewView' },
    },
    'QualityController.reopen': {
      summary: 'Sets a finished review aside, so that another can be given.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ReopenReviewDto' },
      answers: { $ref: '#/components/schemas/ReviewView' },
    },
    'QualityController.review': {
      summary: 'Finishes the review of a ticket; its agent is told.',
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ReviewDto' },
      answers: { $ref: '#/components/schemas/ReviewView' },
    },
    'QualityController.sample': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/SampleDetailView' },
    },
    'QualityController.scorecard': { answers: { $ref: '#/components/schemas/ScorecardView' } },
    'QuarantineController.again': {
      summary: 'Reads the event again, by what the hub has learnt since it came.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/Retried' },
    },
    'QuarantineController.discard': {
      summary: 'For what nobody will ever read: its bytes are thrown away.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
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
    'QueueTicketsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/QueueTicketsDto' },
      answers: { $ref: '#/components/schemas/QueueTicketsView' },
    },
    'QueueTicketsController.read': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/QueueTicketsView' },
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
    'RecordingPoliciesController.changeChannel': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChannelRecordingDto' },
      answers: { $ref: '#/components/schemas/ChannelRecordingView' },
    },
    'RecordingPoliciesController.changeQueue': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/QueueRecordingDto' },
      answers: { $ref: '#/components/schemas/QueueRecordingView' },
    },
    'RecordingPoliciesController.ofChannel': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ChannelRecordingView' },
    },
    'RecordingPoliciesController.ofQueue': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/QueueRecordingView' },
    },
    'RecordingsController.audio': {
      summary: 'The sound, whole or in parts.',
      path: { id: { type: 'string', format: 'uuid' } },
      raw: true,
    },
    'RecordingsController.listens': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/RecordingAccessView' },
    },
    'RecordingsController.ofCall': {
      path: { conversation: { type: 'string', format: 'uuid' }, seq: { type: 'integer' } },
      answers: { $ref: '#/components/schemas/CallRecordingsView' },
    },
    'RecordingsController.pause': {
      summary: 'Nothing is recorded from here on. `id`: of the call, or of its message.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: {
        type: 'object',
        properties: {
          pauses: {
            type: 'array',
            items: {
              type: 'object',
              properties: { pausedAt: { type: 'string' }, resumedAt: { type: ['string', 'null'] } },
              required: ['pausedAt', 'resumedAt'],
            },
          },
          canPause: { type: 'boolean', description: 'The call goes on, is recorded, and its provider can pause that.' },
        },
        required: ['pauses', 'canPause'],
      },
    },
    'RecordingsController.resume': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: {
        type: 'object',
        properties: {
          pauses: {
            type: 'array',
            items: {
              type: 'object',
              properties: { pausedAt: { type: 'string' }, resumedAt: { type: ['string', 'null'] } },
              required: ['pausedAt', 'resumedAt'],
            },
          },
          canPause: { type: 'boolean', description: 'The call goes on, is recorded, and its provider can pause that.' },
        },
        required: ['pauses', 'canPause'],
      },
    },
    'ReportsController.file': {
      summary: 'The report as a file; with a column, everything behind that number.',
      query: [
        { name: 'format', required: false, schema: { type: 'string', enum: ['csv', 'jsonl'] } },
        {
          name: 'locale',
          required: false,
          schema: { type: 'string', enum: ['en', 'fa'], description: 'The language of the head.' },
        },
        {
          name: 'row',
          required: false,
          schema: {
            type: 'string',
            maxLength: 100,
            description: 'With a column: what is behind this number instead, all of it.',
          },
        },
        { name: 'column', required: false, schema: { type: 'string', maxLength: 40 } },
        {
          name: 'by',
          required: false,
          schema: {
            type: 'string',
            enum: [
              'agent',
              'queue',
              'channel',
              'survey',
              'bot',
              'tag',
              'week',
              'hour',
              'day',
              'month',
              'rule',
              'campaign',
            ],
          },
        },
        { name: 'calendar', required: false, schema: { type: 'string', enum: ['jalali', 'gregorian'] } },
        { name: 'compare', required: false, schema: { type: 'string', enum: ['none', 'previous', 'year'] } },
        { name: 'from', required: true, schema: { type: 'string', description: 'The first day, in `zone`.' } },
        { name: 'to', required: true, schema: { type: 'string', description: 'The last day, included.' } },
        { name: 'zone', required: false, schema: { type: 'string' } },
        {
          name: 'queue',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'channel',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'agent',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'tag',
          required: false,
          schema: { type: 'array', items: { type: 'string', maxLength: 100 }, maxItems: 100 },
        },
      ],
      raw: true,
    },
    'ReportsController.get': {
      query: [
        {
          name: 'by',
          required: false,
          schema: {
            type: 'string',
            enum: [
              'agent',
              'queue',
              'channel',
              'survey',
              'bot',
              'tag',
              'week',
              'hour',
              'day',
              'month',
              'rule',
              'campaign',
            ],
          },
        },
        { name: 'calendar', required: false, schema: { type: 'string', enum: ['jalali', 'gregorian'] } },
        { name: 'compare', required: false, schema: { type: 'string', enum: ['none', 'previous', 'year'] } },
        { name: 'from', required: true, schema: { type: 'string', description: 'The first day, in `zone`.' } },
        { name: 'to', required: true, schema: { type: 'string', description: 'The last day, included.' } },
        { name: 'zone', required: false, schema: { type: 'string' } },
        {
          name: 'queue',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'channel',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'agent',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'tag',
          required: false,
          schema: { type: 'array', items: { type: 'string', maxLength: 100 }, maxItems: 100 },
        },
      ],
      answers: { $ref: '#/components/schemas/ReportView' },
    },
    'ReportsController.heat': {
      summary: 'When in the week it happens.',
      query: [
        { name: 'measure', required: false, schema: { type: 'string', enum: ['solved', 'arrivals', 'replies'] } },
        { name: 'from', required: true, schema: { type: 'string', description: 'The first day, in `zone`.' } },
        { name: 'to', required: true, schema: { type: 'string', description: 'The last day, included.' } },
        { name: 'zone', required: false, schema: { type: 'string' } },
        {
          name: 'queue',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'channel',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'agent',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'tag',
          required: false,
          schema: { type: 'array', items: { type: 'string', maxLength: 100 }, maxItems: 100 },
        },
      ],
      answers: { $ref: '#/components/schemas/HeatView' },
    },
    'ReportsController.heatTickets': {
      summary: 'What happened in an hour of the week.',
      query: [
        {
          name: 'atOnce',
          required: false,
          schema: { type: 'boolean', description: 'Only what somebody had to take at once, as staffing counts.' },
        },
        {
          name: 'weekday',
          required: true,
          schema: { type: 'integer', minimum: 1, maximum: 7, description: '1 is Monday.' },
        },
        { name: 'hour', required: true, schema: { type: 'integer', minimum: 0, maximum: 23 } },
        { name: 'cursor', required: false, schema: { type: 'string', maxLength: 400 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 500 } },
        { name: 'measure', required: false, schema: { type: 'string', enum: ['solved', 'arrivals', 'replies'] } },
        { name: 'from', required: true, schema: { type: 'string', description: 'The first day, in `zone`.' } },
        { name: 'to', required: true, schema: { type: 'string', description: 'The last day, included.' } },
        { name: 'zone', required: false, schema: { type: 'string' } },
        {
          name: 'queue',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'channel',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'agent',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'tag',
          required: false,
          schema: { type: 'array', items: { type: 'string', maxLength: 100 }, maxItems: 100 },
        },
      ],
      answers: { $ref: '#/components/schemas/ReportTicketsView' },
    },
    'ReportsController.plan': {
      summary: 'How many are needed when, as past weeks went.',
      query: [
        { name: 'queue', required: false, schema: { type: 'string', format: 'uuid' } },
        { name: 'weeks', required: false, schema: { type: 'integer', minimum: 1, maximum: 26 } },
        { name: 'zone', required: false, schema: { type: 'string' } },
        {
          name: 'share',
          required: false,
          schema: {
            type: 'number',
            minimum: 0,
            maximum: 0,
            description: 'The share of those who should wait no longer than `seconds`.',
          },
        },
        { name: 'seconds', required: false, schema: { type: 'integer', minimum: 0, maximum: 3600 } },
        {
          name: 'shrinkage',
          required: false,
          schema: {
            type: 'number',
            minimum: 0,
            maximum: 0,
            description: 'The share of paid time in which nobody can take work: breaks, training, absence.',
          },
        },
      ],
      answers: { $ref: '#/components/schemas/StaffingView' },
    },
    'ReportsController.tickets': {
      summary: 'What a number is made of, the latest first.',
      query: [
        {
          name: 'row',
          required: false,
          schema: { type: 'string', maxLength: 100, description: 'The key of a row; without one, the whole.' },
        },
        { name: 'column', required: true, schema: { type: 'string', maxLength: 40 } },
        { name: 'cursor', required: false, schema: { type: 'string', maxLength: 400 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 500 } },
        {
          name: 'by',
          required: false,
          schema: {
            type: 'string',
            enum: [
              'agent',
              'queue',
              'channel',
              'survey',
              'bot',
              'tag',
              'week',
              'hour',
              'day',
              'month',
              'rule',
              'campaign',
            ],
          },
        },
        { name: 'calendar', required: false, schema: { type: 'string', enum: ['jalali', 'gregorian'] } },
        { name: 'compare', required: false, schema: { type: 'string', enum: ['none', 'previous', 'year'] } },
        { name: 'from', required: true, schema: { type: 'string', description: 'The first day, in `zone`.' } },
        { name: 'to', required: true, schema: { type: 'string', description: 'The last day, included.' } },
        { name: 'zone', required: false, schema: { type: 'string' } },
        {
          name: 'queue',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'channel',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'agent',
          required: false,
          schema: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        },
        {
          name: 'tag',
          required: false,
          schema: { type: 'array', items: { type: 'string', maxLength: 100 }, maxItems: 100 },
        },
      ],
      answers: { $ref: '#/components/schemas/ReportTicketsView' },
    },
    'RevisionsController.list': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/RevisionView' } },
    },
    'RolesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeRoleDto' },
      answers: { $ref: '#/components/schemas/OwnRoleView' },
    },
    'RolesController.create': {
      body: { $ref: '#/components/schemas/RoleDto' },
      answers: { $ref: '#/components/schemas/OwnRoleView' },
    },
    'RolesController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/OwnRoleView' } } },
    'RolesController.remove': {
      summary: "`to`: `agent`, `supervisor` or another role's id, for those who have it.",
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'to',
          required: false,
          schema: {
            type: 'string',
            maxLength: 40,
            description: "What those get who have it: a built-in role, or the id of another of one's own.",
          },
        },
      ],
    },
    'RulesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeRuleDto' },
      answers: { $ref: '#/components/schemas/RuleView' },
    },
    'RulesController.create': {
      body: { $ref: '#/components/schemas/NewRuleDto' },
      answers: { $ref: '#/components/schemas/RuleView' },
    },
    'RulesController.dryRun': {
      summary: 'What the rule would have done with what has happened. Changes nothing.',
      status: 200,
      body: { $ref: '#/components/schemas/DryRunDto' },
      answers: { $ref: '#/components/schemas/DryRunView' },
    },
    'RulesController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/RuleView' } } },
    'RulesController.log': {
      summary: 'What it did and why, newest first.',
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfRuleRunView' },
    },
    'RulesController.order': {
      body: { $ref: '#/components/schemas/RuleOrderDto' },
      answers: { type: 'array', items: { $ref: '#/components/schemas/RuleView' } },
    },
    'RulesController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'SavedViewsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeViewDto' },
      answers: { $ref: '#/components/schemas/SavedView' },
    },
    'SavedViewsController.counts': {
      summary: "Consoles hear them by their sockets, see 'views.counts'.",
      answers: { $ref: '#/components/schemas/ViewCounts' },
    },
    'SavedViewsController.create': {
      body: { $ref: '#/components/schemas/NewViewDto' },
      answers: { $ref: '#/components/schemas/SavedView' },
    },
    'SavedViewsController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/SavedView' } } },
    'SavedViewsController.order': { status: 204, body: { $ref: '#/components/schemas/ViewOrderDto' } },
    'SavedViewsController.preview': {
      summary: 'How many tickets a filter that is being written shows, and the first of them.',
      status: 200,
      body: { $ref: '#/components/schemas/ViewDraftDto' },
      answers: { $ref: '#/components/schemas/ViewPreview' },
    },
    'SavedViewsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'SchedulesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeScheduleDto' },
      answers: { $ref: '#/components/schemas/ReportScheduleView' },
    },
    'SchedulesController.create': {
      body: { $ref: '#/components/schemas/NewScheduleDto' },
      answers: { $ref: '#/components/schemas/ReportScheduleView' },
    },
    'SchedulesController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/ReportScheduleView' } },
    },
    'SchedulesController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'SchedulesController.send': {
      status: 202,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ReportScheduleView' },
    },
    'ScriptsController.ask': {
      summary: 'Whether the draft may be published: what is wrong with it, and how its scenarios go on each channel.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ScriptGateView' },
    },
    'ScriptsController.cancel': {
      path: { id: { type: 'string', format: 'uuid' }, releaseId: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ScriptView' },
    },
    'ScriptsController.check': {
      summary: 'Reads a source and says what is wrong with it. Keeps nothing.',
      status: 200,
      body: { $ref: '#/components/schemas/CheckScriptDto' },
      answers: { $ref: '#/components/schemas/ScriptCheckView' },
    },
    'ScriptsController.create': {
      body: { $ref: '#/components/schemas/NewScriptDto' },
      answers: { $ref: '#/components/schemas/ScriptView' },
    },
    'ScriptsController.diff': {
      path: { id: { type: 'string', format: 'uuid' } },
      query: [
        {
          name: 'from',
          required: true,
          schema: { type: 'string', maxLength: 40, description: "The id of a version, or 'draft'." },
        },
        { name: 'to', required: false, schema: { type: 'string', maxLength: 40 } },
      ],
      answers: { $ref: '#/components/schemas/ScriptDiffView' },
    },
    'ScriptsController.get': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ScriptView' },
    },
    'ScriptsController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/ScriptListView' } } },
    'ScriptsController.listFiles': {
      summary: 'The pictures and files that scripts may name.',
      answers: { type: 'array', items: { $ref: '#/components/schemas/ScriptFileView' } },
    },
    'ScriptsController.openFile': { raw: true },
    'ScriptsController.publish': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/PublishScriptDto' },
      answers: { $ref: '#/components/schemas/ScriptView' },
    },
    'ScriptsController.ready': {
      summary: 'The scripts that come with the hub.',
      answers: { type: 'array', items: { $ref: '#/components/schemas/ReadyScriptView' } },
    },
    'ScriptsController.release': {
      summary:
        'Lets a version that was published answer: an earlier one again, one later, or one for a share of the customers.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ReleaseDto' },
      answers: { $ref: '#/components/schemas/ScriptView' },
    },
    'ScriptsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'ScriptsController.removeFile': { summary: 'One that no published version names.', status: 204 },
    'ScriptsController.rollBack': {
      summary: 'An earlier version answers again, from now on.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/RollbackDto' },
      answers: { $ref: '#/components/schemas/ScriptView' },
    },
    'ScriptsController.save': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SaveDraftDto' },
      answers: { $ref: '#/components/schemas/ScriptView' },
    },
    'ScriptsController.scenarios': {
      summary: 'Plays scenarios with a source on all its channels, as publishing does. Keeps nothing.',
      status: 200,
      body: { $ref: '#/components/schemas/TryScenariosDto' },
      answers: { $ref: '#/components/schemas/ScriptGateView' },
    },
    'ScriptsController.schema': {
      summary: 'The JSON Schema of what a script may say.',
      answers: { type: 'object', additionalProperties: {} },
    },
    'ScriptsController.simulate': {
      summary: 'Plays a talk with a source or a version. Keeps nothing, sends nothing, looks nothing up.',
      status: 200,
      body: { $ref: '#/components/schemas/PlayScriptDto' },
      answers: { $ref: '#/components/schemas/ScriptRunView' },
    },
    'ScriptsController.upload': {
      summary:
        'The body is the file itself; its name comes percent-encoded in `X-File-Name`. The answer says what scripts call it.',
      takesRaw: true,
      answers: { $ref: '#/components/schemas/ScriptFileView' },
    },
    'ScriptsController.version': {
      path: { id: { type: 'string', format: 'uuid' }, versionId: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ScriptVersionTextView' },
    },
    'SearchController.find': {
      summary:
        'Messages that hold all the words, newest first; without words the tickets that the filters name, latest first.',
      query: [
        {
          name: 'q',
          required: true,
          schema: { type: 'string', maxLength: 500, description: 'Words and filters, as they were typed.' },
        },
        {
          name: 'zone',
          required: false,
          schema: { type: 'string', maxLength: 60, description: "The reader's time zone, for days: an IANA name." },
        },
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/SearchAnswer' },
    },
    'SecondFactorController.begin': {
      summary: 'Makes a new secret. Nothing is on, and nothing is off, before its first code.',
      body: { $ref: '#/components/schemas/EnrolDto' },
      answers: { $ref: '#/components/schemas/EnrolmentView' },
    },
    'SecondFactorController.confirm': {
      summary: 'The answer is the only place where the codes are ever shown.',
      body: { $ref: '#/components/schemas/CodeDto' },
      answers: { $ref: '#/components/schemas/RecoveryCodesView' },
    },
    'SecondFactorController.read': { answers: { $ref: '#/components/schemas/SecondFactorView' } },
    'SecondFactorController.renew': {
      body: { $ref: '#/components/schemas/ProveDto' },
      answers: { $ref: '#/components/schemas/RecoveryCodesView' },
    },
    'SecondFactorController.turnOff': { status: 204, body: { $ref: '#/components/schemas/ProveDto' } },
    'SegmentsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeSegmentDto' },
      answers: { $ref: '#/components/schemas/SegmentView' },
    },
    'SegmentsController.count': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/SegmentCountView' },
    },
    'SegmentsController.countOf': {
      status: 200,
      body: { $ref: '#/components/schemas/SegmentConditionDto' },
      answers: { $ref: '#/components/schemas/SegmentCountView' },
    },
    'SegmentsController.create': {
      body: { $ref: '#/components/schemas/NewSegmentDto' },
      answers: { $ref: '#/components/schemas/SegmentView' },
    },
    'SegmentsController.get': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/SegmentView' },
    },
    'SegmentsController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/SegmentView' } } },
    'SegmentsController.preview': {
      status: 200,
      body: { $ref: '#/components/schemas/SegmentConditionDto' },
      answers: { $ref: '#/components/schemas/SegmentPreviewView' },
    },
    'SegmentsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'SessionController.begin': {
      status: 201,
      body: { $ref: '#/components/schemas/SessionDto' },
      answers: { anyOf: [{ $ref: '#/components/schemas/MeView' }, { $ref: '#/components/schemas/SignInStepView' }] },
    },
    'SessionController.end': {
      summary: 'Signs out. Without a session that is nothing to do, and no error.',
      status: 204,
    },
    'SessionController.why': {
      summary:
        'Why a console is not signed in any more, for a page that has words in it and must say what becomes of them.',
      answers: {
        type: 'object',
        properties: { reason: { type: 'string', enum: ['none', 'over', 'switched_off', 'other'] } },
        required: ['reason'],
      },
    },
    'SetUpController.complete': {
      status: 201,
      body: { $ref: '#/components/schemas/SetUpDto' },
      answers: { $ref: '#/components/schemas/MeView' },
    },
    'SetUpController.read': {
      answers: { type: 'object', properties: { needed: { type: 'boolean' } }, required: ['needed'] },
    },
    'SignInController.back': {
      summary:
        'Every outcome leads to the sign-in page, which says it in words. What it needs is behind the #, where no server is told of it.',
      status: 303,
      path: { provider: { type: 'string', format: 'uuid' } },
    },
    'SignInController.begin': {
      summary: "A call of the sign-in page's own and no link: no other site can begin a sign-in in somebody's browser.",
      status: 200,
      path: { provider: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/BeginSignInDto' },
      answers: { $ref: '#/components/schemas/SignInBegunView' },
    },
    'SignInController.ways': { answers: { $ref: '#/components/schemas/SignInWaysView' } },
    'SignInSettingsController.look': {
      summary: 'Looks at a provider now, as the form has it; it need not be saved.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SignInCheckDto' },
      answers: { $ref: '#/components/schemas/SignInCheckView' },
    },
    'SignInSettingsController.put': {
      summary: 'Makes it or changes it. A secret in the call is kept sealed, and the call itself nowhere.',
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SignInProviderDto' },
      answers: { $ref: '#/components/schemas/SignInProviderView' },
    },
    'SignInSettingsController.read': { answers: { $ref: '#/components/schemas/SignInSettingsView' } },
    'SignInSettingsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'SignInSettingsController.setPasswords': {
      body: { $ref: '#/components/schemas/PasswordRuleDto' },
      answers: { $ref: '#/components/schemas/SignInSettingsView' },
    },
    'SignInStepsController.confirm': {
      summary: 'Its first code signs in. The recovery codes are shown here and nowhere else.',
      status: 201,
      body: { $ref: '#/components/schemas/StepCodeDto' },
      answers: {
        type: 'object',
        properties: {
          codes: { type: 'array', items: { type: 'string' } },
          me: { $ref: '#/components/schemas/MeView' },
        },
        required: ['codes', 'me'],
      },
    },
    'SignInStepsController.enrol': {
      summary:
        'For who has no second factor yet where everybody has one: their secret, to be put into an authenticator.',
      status: 200,
      body: { $ref: '#/components/schemas/TicketDto' },
      answers: { $ref: '#/components/schemas/EnrolmentView' },
    },
    'SignInStepsController.prove': {
      status: 201,
      body: { $ref: '#/components/schemas/StepCodeDto' },
      answers: { $ref: '#/components/schemas/MeView' },
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
    'StartController.keepMine': {
      summary: 'What a colleague has tried for the first time, or that they want to see no more of it.',
      body: { $ref: '#/components/schemas/OwnStartDto' },
      answers: { $ref: '#/components/schemas/StartView' },
    },
    'StartController.keepPlace': {
      body: { $ref: '#/components/schemas/StartDto' },
      answers: { $ref: '#/components/schemas/StartView' },
    },
    'StartController.read': { answers: { $ref: '#/components/schemas/StartView' } },
    'StartController.setCompany': {
      summary: 'Writes hours and queues as the settings would; once more with the same words changes nothing.',
      body: { $ref: '#/components/schemas/CompanyDto' },
      answers: { $ref: '#/components/schemas/StartView' },
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
    'SteeringController.answer': {
      summary: 'Answers those who whispered to the caller.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' }, whisper: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/WhisperAnswerDto' },
    },
    'SteeringController.lower': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'SteeringController.lowerOwn': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'SteeringController.openHands': {
      summary: 'Of the queues that the caller watches, the longest up first.',
      answers: { type: 'array', items: { $ref: '#/components/schemas/BoardHand' } },
    },
    'SteeringController.raise': {
      summary: "Asks for help with work of the caller's; asking again changes what is said.",
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/RaiseHandDto' },
    },
    'SteeringController.read': {
      summary: 'What of it concerns the caller.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/SteeringView' },
    },
    'SteeringController.see': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'SteeringController.take': {
      summary: 'The caller is on it.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
    },
    'SteeringController.unseen': {
      summary: 'Whispers to the caller that they did not say they saw, by conversation.',
      answers: { type: 'array', items: { $ref: '#/components/schemas/UnseenWhispersView' } },
    },
    'SteeringController.watch': {
      summary: 'All of it, for whoever watches. Reading it begins no watch: `steering.watch` on the socket does.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/WatchView' },
    },
    'SteeringController.whisper': {
      summary: "Says something to the agent alone. The id is the caller's own: sending it again changes nothing.",
      status: 204,
      path: { id: { type: 'string', format: 'uuid' }, whisper: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/WhisperDto' },
    },
    'SteeringRulesController.change': {
      body: { $ref: '#/components/schemas/SteeringRulesDto' },
      answers: { $ref: '#/components/schemas/SteeringRulesView' },
    },
    'SteeringRulesController.read': { answers: { $ref: '#/components/schemas/SteeringRulesView' } },
    'SuppressionsController.lift': {
      summary: 'Lets messages leave for the address again.',
      path: { id: { type: 'string', format: 'uuid' }, identity: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'SuppressionsController.liftAny': {
      summary: 'The same by the address alone, for those who look after all of them.',
      status: 204,
      path: { id: { type: 'string', format: 'uuid' } },
    },
    'SuppressionsController.list': {
      query: [
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfSuppressionView' },
    },
    'SurveyPageController.answer': { takesRaw: true, raw: true },
    'SurveyPageController.show': { raw: true },
    'SurveysController.answers': {
      query: [
        { name: 'kind', required: false, schema: { type: 'string', enum: ['csat', 'nps', 'ces'] } },
        {
          name: 'which',
          required: false,
          schema: { type: 'string', enum: ['all', 'low'], description: 'Only those that somebody has to look after.' },
        },
        { name: 'before', required: false, schema: { type: 'string', maxLength: 200 } },
        { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
      ],
      answers: { $ref: '#/components/schemas/PageOfSurveyAnswerView' },
    },
    'SurveysController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeSurveyDto' },
      answers: { $ref: '#/components/schemas/SurveyView' },
    },
    'SurveysController.create': {
      body: { $ref: '#/components/schemas/NewSurveyDto' },
      answers: { $ref: '#/components/schemas/SurveyView' },
    },
    'SurveysController.list': {
      summary: 'Agents choose one of them in macros, and to ask by hand.',
      answers: { type: 'array', items: { $ref: '#/components/schemas/SurveyView' } },
    },
    'SurveysController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'SurveysController.summarise': {
      query: [
        { name: 'kind', required: true, schema: { type: 'string', enum: ['csat', 'nps', 'ces'] } },
        { name: 'from', required: false, schema: { type: 'string', format: 'date-time' } },
        { name: 'to', required: false, schema: { type: 'string', format: 'date-time', description: 'Not included.' } },
        { name: 'surveyId', required: false, schema: { type: 'string', format: 'uuid' } },
        { name: 'queueId', required: false, schema: { type: 'string', format: 'uuid' } },
        { name: 'agentId', required: false, schema: { type: 'string', format: 'uuid' } },
        { name: 'by', required: false, schema: { type: 'string', enum: ['agent', 'queue'] } },
      ],
      answers: { $ref: '#/components/schemas/SurveySummaryView' },
    },
    'SystemController.alarm': {
      summary: 'Workers and nodes that are silent: cheap enough to be asked for all the time.',
      answers: { $ref: '#/components/schemas/SystemAlarmView' },
    },
    'SystemController.gather': {
      summary:
        'One file for whoever helps: findings, figures and the last lines of the log, without secrets and without what people wrote.',
      answers: { type: 'object', additionalProperties: {} },
    },
    'SystemController.read': {
      summary: 'Nodes and their workers, the database, what waits where, the disk and the last backup.',
      answers: { $ref: '#/components/schemas/SystemView' },
    },
    'TagsController.list': {
      query: [
        {
          name: 'q',
          required: false,
          schema: {
            type: 'string',
            maxLength: 60,
            description: 'What tags begin with, or have a word that does, in any spelling.',
          },
        },
      ],
      answers: { type: 'array', items: { $ref: '#/components/schemas/TagView' } },
    },
    'TagsController.rename': {
      summary: 'Renames a tag, or merges it into another.',
      status: 200,
      body: { $ref: '#/components/schemas/RenameTagDto' },
      answers: { $ref: '#/components/schemas/TagView' },
    },
    'TeachController.list': {
      query: [
        {
          name: 'script',
          required: false,
          schema: { type: 'string', format: 'uuid', description: 'Only of this script.' },
        },
      ],
      answers: { type: 'array', items: { $ref: '#/components/schemas/ScriptMissClusterView' } },
    },
    'TeachController.teach': { status: 204, body: { $ref: '#/components/schemas/TeachDto' } },
    'ThreadPlaceController.place': {
      summary: 'Where the thread is that a mail points at without continuing it.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/ThreadPlaceView' },
    },
    'TicketFieldsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeFieldDto' },
      answers: { $ref: '#/components/schemas/TicketFieldView' },
    },
    'TicketFieldsController.create': {
      body: { $ref: '#/components/schemas/NewFieldDto' },
      answers: { $ref: '#/components/schemas/TicketFieldView' },
    },
    'TicketFieldsController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/TicketFieldView' } },
    },
    'TicketFieldsController.remove': { status: 204, path: { id: { type: 'string', format: 'uuid' } } },
    'TicketMacrosController.list': {
      summary: "Those that are for the ticket's queue.",
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/MacroView' } },
    },
    'TicketMacrosController.preview': {
      summary: 'What it would do to this ticket as it is.',
      path: { id: { type: 'string', format: 'uuid' }, macro: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/MacroPreviewView' },
    },
    'TicketMacrosController.run': {
      summary: 'Does all of it, or nothing.',
      status: 200,
      path: { id: { type: 'string', format: 'uuid' }, macro: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/RunMacroDto' },
      answers: { $ref: '#/components/schemas/TicketView' },
    },
    'TicketPropertiesController.follow': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' }, agentId: { type: 'string', format: 'uuid' } },
    },
    'TicketPropertiesController.markSpam': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SpamDto' },
      answers: { $ref: '#/components/schemas/TicketView' },
    },
    'TicketPropertiesController.read': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/TicketPropertiesView' },
    },
    'TicketPropertiesController.setFields': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SetFieldsDto' },
      answers: { $ref: '#/components/schemas/TicketView' },
    },
    'TicketPropertiesController.snooze': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/SnoozeDto' },
      answers: { $ref: '#/components/schemas/TicketView' },
    },
    'TicketPropertiesController.unfollow': {
      status: 204,
      path: { id: { type: 'string', format: 'uuid' }, agentId: { type: 'string', format: 'uuid' } },
    },
    'TicketPropertiesController.unmarkSpam': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/TicketView' },
    },
    'TicketPropertiesController.wake': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/TicketView' },
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
    'TicketStatesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeStateNameDto' },
      answers: { $ref: '#/components/schemas/TicketStateNameView' },
    },
    'TicketStatesController.create': {
      body: { $ref: '#/components/schemas/NewStateNameDto' },
      answers: { $ref: '#/components/schemas/TicketStateNameView' },
    },
    'TicketStatesController.list': {
      answers: { type: 'array', items: { $ref: '#/components/schemas/TicketStateNameView' } },
    },
    'TicketSurveysController.ask': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/AskSurveyDto' },
      answers: { type: 'array', items: { $ref: '#/components/schemas/TicketSurveyView' } },
    },
    'TicketSurveysController.list': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { type: 'array', items: { $ref: '#/components/schemas/TicketSurveyView' } },
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
    'TiersController.change': {
      body: { $ref: '#/components/schemas/ChangeTiersDto' },
      answers: { $ref: '#/components/schemas/TierSettingsView' },
    },
    'TiersController.forgetHand': {
      summary: 'The tier is no longer one set by hand: from the next night on it follows from what they buy.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CustomerKnowledgeView' },
    },
    'TiersController.get': { answers: { $ref: '#/components/schemas/TierSettingsView' } },
    'TiersController.preview': {
      status: 200,
      body: { $ref: '#/components/schemas/TierTermsDto' },
      answers: { $ref: '#/components/schemas/TierPreviewView' },
    },
    'TransfersController.targets': {
      summary: 'Whom a call can be handed to at this moment. `id`: of the call, or of its message.',
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/TransferTargetsView' },
    },
    'TransfersController.transfer': {
      summary:
        'Hands the caller to a colleague, to a queue or to a number, without talking with them first. `id`: of the call, or of its message.',
      status: 202,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/TransferDto' },
      answers: { $ref: '#/components/schemas/TransferView' },
    },
    'TrialCallsController.begin': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/BeginTrialDto' },
      answers: { $ref: '#/components/schemas/TrialCallView' },
    },
    'TrialCallsController.next': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/TrialHappeningDto' },
      answers: { $ref: '#/components/schemas/TrialCallView' },
    },
    'TwilioLinesController.arrived': {
      summary: 'A call rings. Where Peyk does not answer itself, its greeting is played.',
      takesRaw: true,
      raw: true,
    },
    'TwilioLinesController.dialled': { takesRaw: true, raw: true },
    'TwilioLinesController.next': { takesRaw: true, raw: true },
    'TwilioLinesController.outgoingCall': {
      summary: 'An agent whom we called is there: the customer is called.',
      takesRaw: true,
      raw: true,
    },
    'TwilioLinesController.recorded': { takesRaw: true, raw: true },
    'TwilioLinesController.recover': { takesRaw: true, raw: true },
    'TwilioLinesController.status': {
      summary:
        'How a call or a leg of it goes. The line itself hears first: it knows best what a call was that is over.',
      takesRaw: true,
      raw: true,
    },
    'TwilioLinesController.wait': { takesRaw: true, raw: true },
    'UnsubscribeController.leave': { status: 200, answers: { type: 'string' } },
    'UnsubscribeController.show': { answers: { type: 'string' } },
    'VisitorConsentsController.withdraw': {
      summary: 'Again changes nothing: the first time counts.',
      status: 204,
      path: { channel: { type: 'string', format: 'uuid' } },
      takesRaw: true,
    },
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
        { name: 'state', required: false, schema: { type: 'string', enum: ['failed', 'skipped', 'queued', 'sent'] } },
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
    AccountLinkView: {
      description: 'A one-time link for somebody, shown once: what is kept of it is a hash.',
      type: 'object',
      properties: {
        link: {
          type: 'string',
          description: 'As it is passed on; only the path where the hub does not know its own address.',
        },
        expiresAt: { type: 'string' },
        mailed: { type: 'boolean', description: 'It was also sent to their address.' },
      },
      required: ['link', 'expiresAt', 'mailed'],
    },
    AccountRulesDto: {
      type: 'object',
      properties: { secondFactor: { type: 'string', enum: ['everybody', 'choice'] } },
      required: ['secondFactor'],
    },
    AccountRulesView: {
      type: 'object',
      properties: {
        secondFactor: { type: 'string', enum: ['everybody', 'choice'], description: 'Who proves themselves twice.' },
      },
      required: ['secondFactor'],
    },
    AfterSendDto: {
      description: 'What becomes of the ticket that a reply belongs to, in the moment in which it leaves.',
      type: 'object',
      properties: {
        do: { type: 'string', enum: ['pending', 'snooze', 'solve'] },
        until: { $ref: '#/components/schemas/SnoozeUntilDto', description: 'With `snooze` only.' },
      },
      required: ['do'],
    },
    AfterSendView: {
      description: "What becomes of a reply's ticket in the moment in which it leaves.",
      type: 'object',
      properties: {
        do: { type: 'string', enum: ['pending', 'snooze', 'solve'] },
        until: {
          type: 'object',
          properties: { at: { type: 'string' }, workDays: { type: 'number' }, reply: { const: true } },
        },
      },
      required: ['do'],
    },
    AgentCapsDto: {
      description: 'The most of each class at the same time; what is absent stays as it is.',
      type: 'object',
      properties: {
        voice: { type: 'integer', minimum: 0, maximum: 1, description: '0 takes no calls. There is one voice.' },
        chat: { type: 'integer', minimum: 0, maximum: 50 },
        async: { type: 'integer', minimum: 0, maximum: 500 },
      },
    },
    AgentPhoneDto: {
      description: 'What rings when a caller is offered to somebody.',
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['number', 'sip', 'extension'] },
        address: {
          type: 'string',
          minLength: 1,
          maxLength: 200,
          description: "A number as it is written, a SIP address with or without `sip:`, or the extension's digits.",
        },
      },
      required: ['kind', 'address'],
    },
    AgentPhoneView: {
      description: "A number in E.164, a SIP address, or an extension of the organisation's exchange.",
      type: 'object',
      properties: { kind: { type: 'string', enum: ['number', 'sip', 'extension'] }, address: { type: 'string' } },
      required: ['kind', 'address'],
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
        ownRoleId: {
          type: ['string', 'null'],
          description: "The role of the organisation's own that they have; null: a built-in one.",
        },
        email: { type: 'string' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        disabled: { type: 'boolean' },
        lastLoginAt: { type: ['string', 'null'] },
        invitation: {
          anyOf: [{ $ref: '#/components/schemas/InvitationView' }, { type: 'null' }],
          description: 'How their invitation stands; null once they joined.',
        },
        secondFactor: { type: 'boolean', description: 'They prove themselves twice when they sign in.' },
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
        phone: {
          anyOf: [{ $ref: '#/components/schemas/AgentPhoneView' }, { type: 'null' }],
          description: 'What rings when a caller is offered to them; null: they get no calls.',
        },
        id: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        status: { type: 'string', enum: ['online', 'busy', 'away', 'offline'] },
        present: { type: 'boolean', description: 'A live console socket holds a lease.' },
      },
      required: [
        'version',
        'ownRoleId',
        'email',
        'locale',
        'disabled',
        'lastLoginAt',
        'invitation',
        'secondFactor',
        'queues',
        'skills',
        'calendarId',
        'capUnits',
        'usedUnits',
        'caps',
        'phone',
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
    AgentWorkView: {
      description: 'What an agent has that is not solved, by the one who asks.',
      type: 'object',
      properties: {
        tickets: {
          type: 'array',
          items: { $ref: '#/components/schemas/BoardTicket' },
          description: 'In the queues that the one who asks watches, the longest open first; five hundred at most.',
        },
        count: { type: 'number', description: 'How many these are in all.' },
        elsewhere: { type: 'number', description: 'How many more they have in other queues.' },
      },
      required: ['tickets', 'count', 'elsewhere'],
    },
    AnswerReviewDto: {
      type: 'object',
      properties: { answer: { type: 'string', maxLength: 2000 } },
      required: ['answer'],
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
    ApiKeyView: {
      description: "A program's key, as it is shown: never the key itself.",
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        scopes: { type: 'array', items: { type: 'string', enum: ['admin', 'read', 'write'] } },
        owner: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        createdAt: { type: 'string' },
        expiresAt: { type: ['string', 'null'] },
        lastUsedAt: { type: ['string', 'null'], description: 'To the minute; null: never.' },
      },
      required: ['id', 'name', 'scopes', 'owner', 'createdAt', 'expiresAt', 'lastUsedAt'],
    },
    ArticleSuggestionsView: {
      description: 'What may help with what the customer wrote last.',
      type: 'object',
      properties: {
        messageId: {
          type: ['string', 'null'],
          description: 'The message that they are for; null where the customer wrote nothing.',
        },
        articles: { type: 'array', items: { $ref: '#/components/schemas/FoundArticleView' } },
      },
      required: ['messageId', 'articles'],
    },
    ArticleText: {
      description: 'An article in one language; both empty where it is not written in it.',
      type: 'object',
      properties: { title: { type: 'string' }, body: { type: 'string' } },
      required: ['title', 'body'],
    },
    ArticleTextDto: {
      type: 'object',
      properties: {
        title: { type: 'string', maxLength: 200 },
        body: { type: 'string', maxLength: 50000, description: 'Markdown.' },
      },
    },
    ArticleTextsDto: {
      description: 'An article in its languages; one without a title is not written in that language.',
      type: 'object',
      properties: {
        en: { $ref: '#/components/schemas/ArticleTextDto' },
        fa: { $ref: '#/components/schemas/ArticleTextDto' },
      },
    },
    ArticleView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        version: { type: 'number' },
        texts: {
          type: 'object',
          properties: {
            en: { $ref: '#/components/schemas/ArticleText' },
            fa: { $ref: '#/components/schemas/ArticleText' },
          },
          required: ['en', 'fa'],
          description: 'The body is Markdown, without pages of HTML in it.',
        },
        tags: { type: 'array', items: { type: 'string' } },
        keywords: {
          type: 'array',
          items: { type: 'string' },
          description: 'Words by which it is found and that it does not say.',
        },
        public: { type: 'boolean', description: 'Customers and bots may read it; otherwise only colleagues.' },
        changedAt: { type: 'string' },
      },
      required: ['id', 'version', 'texts', 'tags', 'keywords', 'public', 'changedAt'],
    },
    AskSurveyDto: {
      description: 'Which survey an agent asks by.',
      type: 'object',
      properties: { surveyId: { type: 'string', format: 'uuid' } },
      required: ['surveyId'],
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
    AttemptView: {
      description:
        'One sending of a message: its first, or one that an agent asked for. Peyk may have tried each several times.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        at: { type: 'string' },
        state: { type: 'string', enum: ['failed', 'cancelled', 'queued', 'sent', 'unconfirmed', 'parked', 'sending'] },
        tries: { type: 'number' },
        nextAt: { type: ['string', 'null'], description: 'When Peyk tries it again by itself; null: it does not.' },
        address: { type: 'string' },
        code: {
          type: ['string', 'null'],
          description: 'What went wrong at last, stable and in the words of whoever told; null: nothing did.',
        },
        words: { type: ['string', 'null'] },
        providerId: { type: ['string', 'null'], description: 'What the provider calls it, to ask them about it.' },
        missed: {
          type: 'array',
          items: { type: 'string' },
          description: 'Those of its recipients who are known not to have got it.',
        },
      },
      required: ['id', 'at', 'state', 'tries', 'nextAt', 'address', 'code', 'words', 'providerId', 'missed'],
    },
    AuditEntryView: {
      description: 'Something that somebody did, as the chain keeps it.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        at: { type: 'string' },
        actor: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
          description: 'null: the hub itself did it. A name is the one of now, empty where the account is gone.',
        },
        action: { type: 'string' },
        subject: { type: 'string' },
        subjectName: {
          type: ['string', 'null'],
          description: 'What the subject is called now, where it is something that has a name.',
        },
        changes: {
          type: 'array',
          items: {
            type: 'object',
            properties: { field: { type: 'string' }, before: {}, after: {} },
            required: ['field', 'before', 'after'],
          },
          description: 'Fields that changed, each as it was and as it became.',
        },
        details: { type: 'object', additionalProperties: {}, description: 'What else was noted.' },
        hash: { type: 'string', description: 'In hexadecimal; it stands for this entry and all before it.' },
      },
      required: ['id', 'at', 'actor', 'action', 'subject', 'subjectName', 'changes', 'details', 'hash'],
    },
    AuditProofView: {
      description: 'What became of walking the chain from its first entry to its last.',
      type: 'object',
      properties: {
        intact: { type: 'boolean' },
        entries: { type: 'number', description: 'Entries that were walked and held.' },
        newest: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, at: { type: 'string' }, hash: { type: 'string' } },
          required: ['id', 'at', 'hash'],
          description:
            'The last that held: write its hash down somewhere else, for a chain cannot show by itself that its end was cut off.',
        },
        broken: {
          type: ['object', 'null'],
          properties: {
            id: { type: 'string' },
            at: { type: 'string' },
            why: { type: 'string', enum: ['columns', 'content', 'link'] },
          },
          required: ['id', 'at', 'why'],
          description: 'The first that does not hold.',
        },
      },
      required: ['intact', 'entries', 'newest', 'broken'],
    },
    BeginSignInDto: {
      type: 'object',
      properties: { to: { type: 'string', maxLength: 2000, description: 'The page of the console to come back to.' } },
    },
    BeginTrialDto: {
      type: 'object',
      properties: {
        from: { type: 'string', minLength: 3, maxLength: 40, description: 'The made-up number of the caller.' },
        ringsTeam: {
          type: 'boolean',
          description: 'Ring those who would be rung. Otherwise no agent hears of the call.',
        },
      },
      required: ['from', 'ringsTeam'],
    },
    BlockDto: { type: 'object', properties: { reason: { type: 'string', maxLength: 500 } } },
    BoardAgent: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        status: {
          type: 'string',
          enum: ['online', 'busy', 'away', 'offline'],
          description: 'Their own word; `offline` where no console of theirs is open.',
        },
        since: { type: ['string', 'null'], description: 'Since when; null: not known.' },
        load: {
          type: 'object',
          properties: { used: { type: 'number' }, of: { type: 'number' } },
          required: ['used', 'of'],
        },
        held: {
          type: 'number',
          description: 'What they hold in the queues that this reader watches, and the latest of it.',
        },
        tickets: { type: 'array', items: { $ref: '#/components/schemas/BoardTicket' } },
        lastActiveAt: { type: ['string', 'null'] },
        queueIds: { type: 'array', items: { type: 'string' } },
      },
      required: ['id', 'name', 'status', 'since', 'load', 'held', 'tickets', 'lastActiveAt', 'queueIds'],
    },
    BoardAlert: {
      description: 'A limit that was passed.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        queueId: { type: ['string', 'null'] },
        queueName: { type: ['string', 'null'] },
        measure: {
          type: 'string',
          enum: ['waiting', 'at_risk', 'longest_wait', 'broken', 'agents_online', 'bot_share', 'first_reply'],
        },
        limit: { type: 'number' },
        value: { type: 'number', description: 'What it was when it was told.' },
        raisedAt: { type: 'string' },
        endedAt: { type: ['string', 'null'] },
      },
      required: ['id', 'queueId', 'queueName', 'measure', 'limit', 'value', 'raisedAt', 'endedAt'],
    },
    BoardHand: {
      description: 'An agent of these queues who asks for help.',
      type: 'object',
      properties: {
        queue: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        ticket: { $ref: '#/components/schemas/BoardTicket' },
        id: { type: 'string' },
        agent: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        words: { type: 'string' },
        raisedAt: { type: 'string' },
        takenBy: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
          description: 'The supervisor who is on it.',
        },
      },
      required: ['queue', 'ticket', 'id', 'agent', 'words', 'raisedAt', 'takenBy'],
    },
    BoardQueue: {
      description: 'A queue at this moment.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        isOpen: { type: 'boolean' },
        waiting: { type: 'number' },
        waitingSince: {
          type: ['string', 'null'],
          description: 'Since when the one waits who waits the longest; null: nobody does.',
        },
        inProgress: { type: 'number', description: 'Tickets that agents hold.' },
        staffed: { type: 'number', description: 'Members who are online.' },
        atRisk: { type: 'number' },
        broken: { type: 'number' },
        answered: {
          type: 'object',
          properties: { inTime: { type: 'number' }, of: { type: 'number' } },
          required: ['inTime', 'of'],
          description:
            'First answers of today that were promised: how many came in time, of how many that came or are overdue.',
        },
      },
      required: [
        'id',
        'name',
        'isOpen',
        'waiting',
        'waitingSince',
        'inProgress',
        'staffed',
        'atRisk',
        'broken',
        'answered',
      ],
    },
    BoardThreshold: {
      description: 'A limit, told of once it is passed for so long; and over once it is kept for as long.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        queueId: { type: ['string', 'null'], description: 'null: all queues together.' },
        measure: {
          type: 'string',
          enum: ['waiting', 'at_risk', 'longest_wait', 'broken', 'agents_online', 'bot_share', 'first_reply'],
        },
        limit: {
          type: 'number',
          description: 'Seconds for `longest_wait` and `first_reply`, a share from 0 to 1 for `bot_share`.',
        },
        forSeconds: { type: 'number' },
      },
      required: ['id', 'queueId', 'measure', 'limit', 'forSeconds'],
    },
    BoardTicket: {
      description: 'A ticket that an agent holds.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        number: { type: 'number' },
        prefix: { type: 'string' },
        conversation: { type: 'string', description: "The person, by their root's conversation." },
      },
      required: ['id', 'number', 'prefix', 'conversation'],
    },
    BoardView: {
      description:
        'How a contact centre fares now and today; for whoever watches only some queues, those. Today is a day of `zone`.',
      type: 'object',
      properties: {
        at: { type: 'string' },
        zone: { type: 'string' },
        day: { type: 'string' },
        waiting: { type: 'number' },
        waitingSince: { type: ['string', 'null'] },
        atRisk: { $ref: '#/components/schemas/PromiseCounts' },
        broken: { $ref: '#/components/schemas/PromiseCounts', description: 'Broken today.' },
        agentsBy: { type: 'object' },
        bots: {
          type: 'object',
          properties: { solved: { type: 'number' }, of: { type: 'number' } },
          required: ['solved', 'of'],
          description: 'Talks that ended today, or that people took over: how many the bot solved by itself.',
        },
        firstReply: {
          type: 'object',
          properties: { seconds: { type: ['number', 'null'] }, of: { type: 'number' } },
          required: ['seconds', 'of'],
          description: 'Of tickets opened today that were answered in writing.',
        },
        hours: {
          type: 'object',
          properties: {
            arrived: { type: 'array', items: { type: 'number' } },
            solved: { type: 'array', items: { type: 'number' } },
          },
          required: ['arrived', 'solved'],
          description: 'By the hours of today, 0 to 23.',
        },
        calls: {
          type: 'object',
          properties: {
            onLine: { type: 'number' },
            waiting: { type: 'number' },
            ringing: { type: 'number' },
            talking: { type: 'number' },
          },
          required: ['onLine', 'waiting', 'ringing', 'talking'],
          description: 'Callers on the line; ringing and talking are part of them.',
        },
        queues: { type: 'array', items: { $ref: '#/components/schemas/BoardQueue' } },
        agents: { type: 'array', items: { $ref: '#/components/schemas/BoardAgent' } },
        thresholds: { type: 'array', items: { $ref: '#/components/schemas/BoardThreshold' } },
        alerts: { type: 'array', items: { $ref: '#/components/schemas/BoardAlert' } },
        hands: { type: 'array', items: { $ref: '#/components/schemas/BoardHand' } },
      },
      required: [
        'at',
        'zone',
        'day',
        'waiting',
        'waitingSince',
        'atRisk',
        'broken',
        'agentsBy',
        'bots',
        'firstReply',
        'hours',
        'calls',
        'queues',
        'agents',
        'thresholds',
        'alerts',
        'hands',
      ],
    },
    BotSessionView: {
      description:
        'What agents see of a bot that talks, or talked, with a customer. Instants are ISO 8601 strings in UTC; ids are UUIDs.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        status: {
          type: 'string',
          enum: ['failed', 'active', 'waiting', 'handed_off', 'ended'],
          description:
            '`active`: waits for the customer · `waiting`: waits for an answer from elsewhere · `handed_off`: people have it.',
        },
        script: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' }, version: { type: 'number' } },
          required: ['id', 'name', 'version'],
        },
        channel: { type: 'string' },
        locale: { type: 'string' },
        startedAt: { type: 'string' },
        endedAt: { type: ['string', 'null'] },
        handedOffAt: { type: ['string', 'null'] },
        reason: { type: 'string', description: "Why people have it, or why it failed; '' while it talks." },
        outcome: {
          anyOf: [{ type: 'string', enum: ['handed_off', 'resolved', 'unresolved', 'abandoned'] }, { type: 'null' }],
        },
        turns: { type: 'number' },
        node: { type: ['string', 'null'], description: 'The node that waits, or spoke last.' },
        variables: {
          type: 'array',
          items: { type: 'object', properties: { name: { type: 'string' }, value: {} }, required: ['name', 'value'] },
          description: 'What was learned; what is secret is masked.',
        },
        path: {
          type: 'array',
          items: {
            type: 'object',
            properties: { node: { type: 'string' }, at: { type: 'string' } },
            required: ['node', 'at'],
          },
          description: 'The nodes that were walked through, oldest first.',
        },
        misses: {
          type: 'array',
          items: {
            type: 'object',
            properties: { node: { type: 'string' }, text: { type: 'string' }, at: { type: 'string' } },
            required: ['node', 'text', 'at'],
          },
          description: 'What was not understood last, oldest first.',
        },
        mayReturn: { type: 'boolean', description: 'An agent may give the conversation back to it now.' },
      },
      required: [
        'id',
        'status',
        'script',
        'channel',
        'locale',
        'startedAt',
        'endedAt',
        'handedOffAt',
        'reason',
        'outcome',
        'turns',
        'node',
        'variables',
        'path',
        'misses',
        'mayReturn',
      ],
    },
    BothTexts: {
      description: 'A text in both languages; empty where it is not written in one.',
      type: 'object',
      properties: { en: { type: 'string' }, fa: { type: 'string' } },
      required: ['en', 'fa'],
    },
    BrandFooterDto: {
      type: 'object',
      properties: { en: { type: 'string', maxLength: 600 }, fa: { type: 'string', maxLength: 600 } },
      required: ['en', 'fa'],
    },
    BrandLogoDto: {
      type: 'object',
      properties: {
        content: { type: 'string', maxLength: 180000, description: 'A PNG or JPEG of 128 kB at most, in base64.' },
      },
      required: ['content'],
    },
    BrandNameDto: {
      type: 'object',
      properties: { en: { type: 'string', maxLength: 80 }, fa: { type: 'string', maxLength: 80 } },
      required: ['en', 'fa'],
    },
    BrandTexts: {
      description: 'Texts by language; one that is empty is taken from the other.',
      type: 'object',
      properties: { en: { type: 'string' }, fa: { type: 'string' } },
      required: ['en', 'fa'],
    },
    BrandView: {
      description: 'What the organisation looks like to its customers, wherever a channel says nothing of its own.',
      type: 'object',
      properties: {
        version: { type: 'number' },
        name: { $ref: '#/components/schemas/BrandTexts' },
        footer: {
          $ref: '#/components/schemas/BrandTexts',
          description: 'Under mails and pages: who writes, and from where.',
        },
        accent: { type: ['string', 'null'], description: "'#rrggbb'; null: Peyk's own." },
        logo: { type: ['string', 'null'], description: 'Where its picture is; null: none.' },
      },
      required: ['version', 'name', 'footer', 'accent', 'logo'],
    },
    BrokenAction: {
      description: 'Something that an action names and that is not there any more.',
      type: 'object',
      properties: {
        index: { type: 'number', description: 'Where it stands among the actions, from 0.' },
        what: {
          type: 'string',
          enum: ['agent', 'queue', 'field', 'canned_reply', 'survey', 'webhook', 'unreadable', 'state'],
        },
      },
      required: ['index', 'what'],
    },
    BulkActDto: {
      type: 'object',
      properties: {
        do: { type: 'string', enum: ['read', 'state', 'priority', 'assign', 'route', 'snooze', 'tags', 'spam'] },
        agentId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'assign; null gives tickets back to their queues.',
        },
        queueId: { type: 'string', format: 'uuid', description: 'route' },
        state: { type: 'string', enum: ['open', 'pending', 'on_hold', 'solved'], description: 'state' },
        until: {
          anyOf: [{ $ref: '#/components/schemas/SnoozeUntilDto' }, { type: 'null' }],
          description: 'snooze; null wakes.',
        },
        priority: { type: 'integer', enum: [2, 3, 1, 4], description: 'priority' },
        add: { type: 'array', items: { type: 'string', maxLength: 60 }, maxItems: 30, description: 'tags' },
        remove: { type: 'array', items: { type: 'string', maxLength: 60 }, maxItems: 30 },
        read: { type: 'boolean', description: 'read' },
      },
      required: ['do'],
    },
    BulkDto: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
          format: 'uuid',
          description: "The caller's own: asking again under the same one does nothing again.",
        },
        target: { $ref: '#/components/schemas/BulkTargetDto', description: 'One of the two.' },
        act: { $ref: '#/components/schemas/BulkActDto' },
      },
      required: ['id', 'target', 'act'],
    },
    BulkFilterDto: {
      type: 'object',
      properties: {
        view: {
          type: 'string',
          enum: [
            'all',
            'open',
            'solved',
            'waiting',
            'mine',
            'unassigned',
            'snoozed',
            'following',
            'drafts',
            'mentions',
            'overdue',
          ],
          description: 'A list as `GET /api/conversations` knows it.',
        },
        saved: { type: 'string', format: 'uuid', description: 'A saved view, whatever `view` says.' },
        queue: { type: 'string', format: 'uuid' },
        before: {
          type: 'string',
          format: 'date-time',
          description: 'Tickets that were opened later are not meant: nobody had seen them.',
        },
      },
      required: ['before'],
    },
    BulkProblem: {
      description:
        'Why a ticket was not changed, or not taken back. What names it is null where its reader may not know of it.',
      type: 'object',
      properties: {
        ticketId: { type: 'string' },
        number: { type: ['number', 'null'] },
        prefix: { type: 'string' },
        conversation: { type: ['string', 'null'], description: "The root's conversation, to open it." },
        customer: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        during: { type: 'string', enum: ['act', 'undo'] },
        code: { type: 'string' },
        detail: { type: 'string' },
      },
      required: ['ticketId', 'number', 'prefix', 'conversation', 'customer', 'during', 'code', 'detail'],
    },
    BulkRunView: {
      description:
        'An act on many tickets as it stands. While it runs `done`, `nothing` and `refused` grow up to `total`; while it is taken back `undone` and `left` grow up to `done`.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        act: {
          anyOf: [
            {
              type: 'object',
              properties: {
                do: { const: 'assign' },
                agentId: { type: ['string', 'null'] },
                from: {
                  type: 'string',
                  description:
                    'Only what this agent has when its turn comes, and of what goes back to a queue they are not asked again.',
                },
              },
              required: ['do', 'agentId'],
            },
            {
              type: 'object',
              properties: { do: { const: 'route' }, queueId: { type: 'string' } },
              required: ['do', 'queueId'],
            },
            {
              type: 'object',
              properties: {
                do: { const: 'state' },
                state: { type: 'string', enum: ['open', 'pending', 'on_hold', 'solved'] },
              },
              required: ['do', 'state'],
            },
            {
              type: 'object',
              properties: {
                do: { const: 'snooze' },
                until: {
                  anyOf: [
                    {
                      anyOf: [
                        { type: 'object', properties: { at: { type: 'string' } }, required: ['at'] },
                        { type: 'object', properties: { workDays: { type: 'number' } }, required: ['workDays'] },
                        { type: 'object', properties: { reply: { const: true } }, required: ['reply'] },
                      ],
                    },
                    { type: 'null' },
                  ],
                },
              },
              required: ['do', 'until'],
            },
            {
              type: 'object',
              properties: { do: { const: 'priority' }, priority: { type: 'integer', enum: [2, 3, 1, 4] } },
              required: ['do', 'priority'],
            },
            {
              type: 'object',
              properties: {
                do: { const: 'tags' },
                add: { type: 'array', items: { type: 'string' } },
                remove: { type: 'array', items: { type: 'string' } },
              },
              required: ['do', 'add', 'remove'],
            },
            {
              type: 'object',
              properties: { do: { const: 'read' }, read: { type: 'boolean' } },
              required: ['do', 'read'],
            },
            { type: 'object', properties: { do: { const: 'spam' } }, required: ['do'] },
          ],
        },
        state: { type: 'string', enum: ['done', 'running', 'undoing', 'undone'] },
        total: { type: 'number' },
        done: { type: 'number' },
        nothing: { type: 'number', description: 'Tickets that were so already.' },
        refused: { type: 'number' },
        skipped: { type: 'number', description: 'Tickets that were not come to: it was taken back before.' },
        undone: { type: 'number' },
        left: {
          type: 'number',
          description: 'Tickets that were not taken back, for somebody changed them since, or because it was refused.',
        },
        undoMs: {
          type: ['number', 'null'],
          description: 'For how many milliseconds more it can be taken back; null: not any more.',
        },
        problems: {
          type: 'array',
          items: { $ref: '#/components/schemas/BulkProblem' },
          description: 'The first hundred that were refused or left. In answers only, never in frames.',
        },
      },
      required: [
        'id',
        'act',
        'state',
        'total',
        'done',
        'nothing',
        'refused',
        'skipped',
        'undone',
        'left',
        'undoMs',
        'problems',
      ],
    },
    BulkTargetDto: {
      type: 'object',
      properties: {
        tickets: { type: 'array', items: { type: 'string', format: 'uuid' } },
        filter: { $ref: '#/components/schemas/BulkFilterDto' },
      },
    },
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
    CallDispositionDto: {
      type: 'object',
      properties: { key: { type: 'string' }, names: { $ref: '#/components/schemas/DispositionNamesDto' } },
      required: ['key', 'names'],
    },
    CallDispositionView: {
      description: "What a call may have come to, in the organisation's words.",
      type: 'object',
      properties: {
        key: { type: 'string' },
        names: {
          type: 'object',
          properties: { en: { type: 'string' }, fa: { type: 'string' } },
          required: ['en', 'fa'],
        },
        isRetired: { type: 'boolean' },
      },
      required: ['key', 'names', 'isRetired'],
    },
    CallDispositionsDto: {
      type: 'object',
      properties: { list: { type: 'array', items: { $ref: '#/components/schemas/CallDispositionDto' }, maxItems: 50 } },
      required: ['list'],
    },
    CallLegView: {
      description: 'Somebody of ours whom a call rang.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        to: {
          type: 'string',
          description: "The number, SIP address or extension as it was dialled; '' where nothing is known of it.",
        },
        agentId: { type: ['string', 'null'] },
        startedAt: { type: ['string', 'null'] },
        answeredAt: { type: ['string', 'null'] },
        endedAt: { type: ['string', 'null'] },
        outcome: {
          anyOf: [
            { type: 'string', enum: ['busy', 'failed', 'answered', 'no_answer', 'cancelled', 'ringing'] },
            { type: 'null' },
          ],
        },
      },
      required: ['id', 'to', 'agentId', 'startedAt', 'answeredAt', 'endedAt', 'outcome'],
    },
    CallRecordingsView: {
      description:
        'What is kept of one call. `pauses`: when nothing was recorded, because somebody said so; `resumedAt` null: still so.',
      type: 'object',
      properties: {
        recordings: { type: 'array', items: { $ref: '#/components/schemas/RecordingView' } },
        pauses: {
          type: 'array',
          items: {
            type: 'object',
            properties: { pausedAt: { type: 'string' }, resumedAt: { type: ['string', 'null'] } },
            required: ['pausedAt', 'resumedAt'],
          },
        },
        canPause: { type: 'boolean', description: 'The call goes on, is recorded, and its provider can pause that.' },
      },
      required: ['recordings', 'pauses', 'canPause'],
    },
    CallView: {
      description:
        'A telephone call as it goes on and after. Seconds are whole; what no source told is null, or an empty list.',
      type: 'object',
      properties: {
        direction: { type: 'string', enum: ['in', 'out'] },
        state: { type: 'string', enum: ['ended', 'answered', 'ringing'] },
        outcome: {
          anyOf: [
            { type: 'string', enum: ['busy', 'failed', 'abandoned', 'answered', 'cancelled', 'missed', 'voicemail'] },
            { type: 'null' },
          ],
        },
        startedAt: { type: ['string', 'null'] },
        answeredAt: { type: ['string', 'null'] },
        endedAt: { type: ['string', 'null'] },
        durationSeconds: { type: ['number', 'null'], description: 'How long they talked.' },
        waitSeconds: {
          type: ['number', 'null'],
          description: 'How long the caller waited until somebody answered, or until it ended without.',
        },
        line: { type: ['string', 'null'], description: 'Our number that was called, or that called.' },
        queue: { type: ['string', 'null'], description: 'The queue as the exchange names it.' },
        cause: {
          type: ['string', 'null'],
          description: 'Why it ended, in the word of its source: `normalClearing`, `16`, `no-answer`.',
        },
        source: {
          anyOf: [
            { type: 'string', enum: ['twilio', 'jambonz', 'agi', 'ami', 'cti', 'cdr', 'manual'] },
            { type: 'null' },
          ],
          description: 'Where it is known from.',
        },
        disposition: {
          type: ['string', 'null'],
          description: "What came of it, by a word of the organisation's own list.",
        },
        transcript: { type: ['string', 'null'] },
        legs: {
          type: 'array',
          items: { $ref: '#/components/schemas/CallLegView' },
          description: 'Whom of ours it rang, in that order.',
        },
        path: {
          type: 'array',
          items: {
            type: 'object',
            properties: { node: { type: 'string' }, at: { type: 'string' }, heard: { type: ['string', 'null'] } },
            required: ['node', 'at', 'heard'],
          },
          description: 'The way a caller took through a script, oldest first.',
        },
        recordings: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, seconds: { type: ['number', 'null'] } },
            required: ['id', 'seconds'],
          },
          description: 'What was recorded, by the ids of its source; what Peyk keeps of it is asked for apart.',
        },
      },
      required: [
        'direction',
        'state',
        'outcome',
        'startedAt',
        'answeredAt',
        'endedAt',
        'durationSeconds',
        'waitSeconds',
        'line',
        'queue',
        'cause',
        'source',
        'disposition',
        'transcript',
        'legs',
        'path',
        'recordings',
      ],
    },
    CallbackView: {
      description:
        'Somebody who keeps their place in a queue and is to be called or written to when it is their turn. `due`: an agent has the work.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        state: { type: 'string', enum: ['due', 'done', 'cancelled', 'requested'] },
        way: { type: 'string', enum: ['sms', 'same', 'call'] },
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
        calls: {
          type: 'number',
          description: 'How often they called and nobody answered; 0: they asked to be called back.',
        },
        lastCallAt: { type: ['string', 'null'] },
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
        'calls',
        'lastCallAt',
      ],
    },
    CannedFileView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        mediaType: { type: 'string' },
        bytes: { type: 'number' },
      },
      required: ['id', 'name', 'mediaType', 'bytes'],
    },
    CannedReplyView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        version: { type: 'number' },
        personal: { type: 'boolean', description: 'Only whoever made it sees and uses it.' },
        short: { type: 'string', description: 'What is typed after `/`.' },
        title: { type: 'string' },
        texts: { $ref: '#/components/schemas/BothTexts' },
        queueIds: {
          type: 'array',
          items: { type: 'string' },
          description: 'For tickets of these queues; none for any.',
        },
        channelKinds: {
          type: 'array',
          items: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
        },
        files: { type: 'array', items: { $ref: '#/components/schemas/CannedFileView' } },
        used: { type: 'number' },
        usedAt: { type: ['string', 'null'] },
        changedAt: { type: 'string' },
      },
      required: [
        'id',
        'version',
        'personal',
        'short',
        'title',
        'texts',
        'queueIds',
        'channelKinds',
        'files',
        'used',
        'usedAt',
        'changedAt',
      ],
    },
    CdrCallView: {
      description: 'A call as records tell of it.',
      type: 'object',
      properties: {
        callId: { type: 'string' },
        direction: { type: 'string', enum: ['in', 'out'] },
        number: { type: 'string', description: 'The other side, in international form where it is a number.' },
        startedAt: { type: 'string' },
        durationSeconds: { type: 'number' },
        outcome: { type: 'string' },
        legs: {
          type: 'array',
          items: {
            type: 'object',
            properties: { to: { type: 'string' }, isAnswered: { type: 'boolean' } },
            required: ['to', 'isAnswered'],
          },
          description: 'The telephones of ours that it rang.',
        },
      },
      required: ['callId', 'direction', 'number', 'startedAt', 'durationSeconds', 'outcome', 'legs'],
    },
    CdrCheckView: {
      description: 'One thing that was tried of a table of records.',
      type: 'object',
      properties: {
        step: { type: 'string', enum: ['connect', 'table', 'columns', 'records'] },
        state: { type: 'string', enum: ['failed', 'ok', 'skipped'] },
        code: { type: 'string' },
        text: { type: 'string' },
      },
      required: ['step', 'state', 'code', 'text'],
    },
    CdrFaultView: {
      description:
        'A line that is no record of a call, and why: truncated, not_json, no_start, not_a_time, no_numbers, too_long.',
      type: 'object',
      properties: { line: { type: 'number' }, code: { type: 'string' }, value: { type: 'string' } },
      required: ['line', 'code', 'value'],
    },
    CdrImportView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        bytes: { type: 'number' },
        terms: { $ref: '#/components/schemas/CdrTermsView' },
        state: { type: 'string', enum: ['done', 'failed', 'running', 'stopped'] },
        why: { type: 'string', description: "A code of what made it fail; '' otherwise." },
        linesDone: { type: 'number' },
        progress: { type: 'number', description: 'From 0 to 1, by the bytes that were read.' },
        records: { type: 'number' },
        added: { type: 'number', description: 'Calls that were not known before, and those that were.' },
        known: { type: 'number' },
        internal: { type: 'number' },
        nameless: { type: 'number', description: "Calls whose other side told no number: nobody's history." },
        refused: { type: 'number' },
        lacksUnanswered: { type: 'boolean' },
        startedBy: { type: ['string', 'null'] },
        createdAt: { type: 'string' },
        endedAt: { type: ['string', 'null'] },
      },
      required: [
        'id',
        'name',
        'bytes',
        'terms',
        'state',
        'why',
        'linesDone',
        'progress',
        'records',
        'added',
        'known',
        'internal',
        'nameless',
        'refused',
        'lacksUnanswered',
        'startedBy',
        'createdAt',
        'endedAt',
      ],
    },
    CdrPreviewView: {
      description: 'The beginning of a file as it would be read.',
      type: 'object',
      properties: {
        terms: { $ref: '#/components/schemas/CdrTermsView' },
        header: { type: 'array', items: { type: 'string' } },
        lines: {
          type: 'array',
          items: {
            type: 'object',
            properties: { line: { type: 'number' }, cells: { type: 'array', items: { type: 'string' } } },
            required: ['line', 'cells'],
          },
          description: 'The cells of the first lines; empty for JSON.',
        },
        calls: { type: 'array', items: { $ref: '#/components/schemas/CdrCallView' } },
        internal: { type: 'number', description: 'Calls between two of ours, which are left out.' },
        faults: { type: 'array', items: { $ref: '#/components/schemas/CdrFaultView' } },
        lacksUnanswered: {
          type: 'boolean',
          description: 'No call that nobody answered is among them: the exchange may be set not to write such.',
        },
        problems: {
          type: 'array',
          items: { type: 'string' },
          description: 'What keeps it from being imported: no_time, no_numbers.',
        },
      },
      required: ['terms', 'header', 'lines', 'calls', 'internal', 'faults', 'lacksUnanswered', 'problems'],
    },
    CdrReadingView: {
      description: "How the reading of an exchange's records fares.",
      type: 'object',
      properties: {
        readAt: { type: ['string', 'null'] },
        problem: { type: ['string', 'null'] },
        problemAt: { type: ['string', 'null'] },
      },
      required: ['readAt', 'problem', 'problemAt'],
    },
    CdrTermsView: {
      description:
        "How a file of call records is read. columns: what each column is, in the order of the file, by Asterisk's own names; '': nothing.",
      type: 'object',
      properties: {
        preset: { type: 'string', enum: ['other', 'cdr_csv', 'freepbx', 'grandstream', 'json'] },
        encoding: { type: 'string', enum: ['utf-8', 'utf-16le', 'windows-1256', 'windows-1252'] },
        delimiter: { type: 'string', enum: [',', ';', '\t', '|'] },
        hasHeader: { type: 'boolean' },
        columns: { type: 'array', items: { type: 'string' } },
        timeZone: { type: 'string', description: 'Of instants without an offset.' },
        calendar: { type: 'string', enum: ['auto', 'jalali', 'gregorian'] },
        defaultCountry: { type: 'string' },
        inContexts: {
          type: 'array',
          items: { type: 'string' },
          description:
            'Contexts of the dialplan that calls come in by, and go out by; a star at the end stands for any ending.',
        },
        outContexts: { type: 'array', items: { type: 'string' } },
      },
      required: [
        'preset',
        'encoding',
        'delimiter',
        'hasHeader',
        'columns',
        'timeZone',
        'calendar',
        'defaultCountry',
        'inContexts',
        'outContexts',
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
        ownRoleId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: "A role of the organisation's own, in place of a built-in one.",
        },
        disabled: {
          type: 'boolean',
          description: 'true ends every session of the account at once, and gives its work back to the queues.',
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
        phone: {
          anyOf: [{ $ref: '#/components/schemas/AgentPhoneDto' }, { type: 'null' }],
          description: 'null: they get no calls.',
        },
      },
    },
    ChangeArticleDto: {
      type: 'object',
      properties: {
        version: {
          type: 'integer',
          minimum: 1,
          description: 'The version that was seen; a newer one refuses the change.',
        },
        texts: { $ref: '#/components/schemas/ArticleTextsDto' },
        tags: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 60 }, maxItems: 20 },
        keywords: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 100 }, maxItems: 50 },
        public: { type: 'boolean' },
      },
    },
    ChangeAttributeDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', minimum: 1, description: 'The version that was seen.' },
        isRetired: { type: 'boolean', description: 'true: it takes no new values.' },
        name: { $ref: '#/components/schemas/FieldWordsDto' },
        choices: { type: 'array', items: { $ref: '#/components/schemas/FieldChoiceDto' }, maxItems: 200 },
        position: { type: 'integer', minimum: 0, maximum: 1000 },
      },
      required: ['version'],
    },
    ChangeBrandDto: {
      type: 'object',
      properties: {
        version: { type: 'integer' },
        name: { $ref: '#/components/schemas/BrandNameDto' },
        footer: { $ref: '#/components/schemas/BrandFooterDto' },
        accent: { type: ['string', 'null'], description: "'#rrggbb'; null: Peyk's own." },
      },
      required: ['version', 'name', 'footer', 'accent'],
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
    ChangeCannedReplyDto: {
      type: 'object',
      properties: {
        version: {
          type: 'integer',
          minimum: 1,
          description: 'The version that was seen; a newer one refuses the change.',
        },
        short: { type: 'string', minLength: 1, maxLength: 40, description: 'What is typed after `/`: no spaces.' },
        title: { type: 'string', minLength: 1, maxLength: 120 },
        texts: { $ref: '#/components/schemas/ReplyTextsDto' },
        queueIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        channelKinds: {
          type: 'array',
          items: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
        },
        fileIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 10,
          description: 'All of its files; those that are left out are taken off.',
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
    ChangeConnectorDto: {
      type: 'object',
      properties: {
        key: { type: 'string', description: 'It stays; a form may send it back as it was.' },
        title: { type: 'string', maxLength: 100 },
        method: { type: 'string', enum: ['GET', 'POST'] },
        url: { type: 'string', minLength: 8, maxLength: 2000, description: 'With {argument} where an argument goes.' },
        headers: {
          type: 'object',
          additionalProperties: {},
          description: 'Headers that may be seen. Replaces all of them.',
        },
        secrets: {
          type: 'object',
          additionalProperties: {},
          description: 'Headers that are kept sealed; null takes one away, those that are not named stay.',
        },
        timeoutMs: { type: 'integer', minimum: 100, maximum: 8000 },
        mapping: { type: 'array', items: { $ref: '#/components/schemas/ConnectorMappingDto' }, maxItems: 30 },
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
    ChangeDeploymentDto: {
      type: 'object',
      properties: {
        hours: {
          type: 'string',
          enum: ['open', 'always', 'closed'],
          description: '`open`: within the hours of the calendar · `closed`: outside of them.',
        },
        calendarId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: "Null: the calendar of the channel's queue.",
        },
        priority: { type: 'integer', minimum: 0, maximum: 1000, description: 'The lowest is asked first.' },
        enabled: { type: 'boolean' },
      },
    },
    ChangeFieldDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', minimum: 1, description: 'The version that was seen.' },
        isRetired: { type: 'boolean', description: 'true: it takes no new values.' },
        name: { $ref: '#/components/schemas/FieldWordsDto' },
        choices: { type: 'array', items: { $ref: '#/components/schemas/FieldChoiceDto' }, maxItems: 100 },
        queueIds: {
          type: ['array', 'null'],
          items: { type: 'string', format: 'uuid' },
          maxItems: 200,
          description: 'null: tickets of all queues have it.',
        },
        requiredToSolve: { type: 'boolean' },
        position: { type: 'integer', minimum: 0, maximum: 1000 },
      },
      required: ['version'],
    },
    ChangeIdentityDto: {
      type: 'object',
      properties: {
        shared: { type: 'boolean', description: "Several people write from it: a family's phone, a role's mailbox." },
      },
      required: ['shared'],
    },
    ChangeMacroDto: {
      type: 'object',
      properties: {
        version: {
          type: 'integer',
          minimum: 1,
          description: 'The version that was seen; a newer one refuses the change.',
        },
        name: { type: 'string', minLength: 1, maxLength: 120 },
        queueIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        actions: {
          type: 'array',
          items: { type: 'object', additionalProperties: {} },
          maxItems: 20,
          description: 'Each is `{"do": …}` with what it needs, as rules have them; up to 20, done in this order.',
        },
      },
    },
    ChangeOutreachDto: {
      type: 'object',
      properties: {
        version: {
          type: 'integer',
          minimum: 1,
          description: 'The version that was seen; a newer one refuses the change.',
        },
        name: { type: 'string', minLength: 1, maxLength: 120 },
        purpose: { type: 'string', enum: ['service', 'offers', 'news', 'feedback'] },
        consent: { type: 'string', enum: ['service', 'explicit'] },
        segmentId: { type: 'string', format: 'uuid' },
        texts: { $ref: '#/components/schemas/OutreachTextsDto' },
        channelIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 20 },
        ownChannelFirst: { type: 'boolean' },
        queueId: { type: ['string', 'null'], format: 'uuid', description: 'null: where messages of their channel go.' },
        repeats: { type: 'string', enum: ['once', 'daily', 'weekly', 'monthly'] },
        startsAt: { type: ['string', 'null'], format: 'date-time', description: 'null: as soon as it is scheduled.' },
        coolDownDays: { type: 'integer', minimum: 0, maximum: 730 },
        hours: { type: 'string', enum: ['person', 'any', 'calendar'] },
        fromMinute: { type: 'integer', minimum: 0, maximum: 1439 },
        toMinute: { type: 'integer', minimum: 1, maximum: 1440 },
        calendarId: { type: ['string', 'null'], format: 'uuid' },
        holdOutPercent: { type: 'integer', minimum: 0, maximum: 90 },
        perMinute: { type: 'integer', minimum: 1, maximum: 60000 },
        answerDays: { type: 'integer', minimum: 1, maximum: 90 },
      },
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
        outOfHours: { type: 'string', enum: ['route', 'wait'] },
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
        reopenHours: {
          type: 'integer',
          minimum: 0,
          maximum: 2160,
          description:
            'How long a solved ticket can be reopened by its customer; after that what they write opens a new one.',
        },
        childrenFirst: { type: 'boolean', description: 'A ticket of it is solved after all of its children only.' },
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
    ChangeRoleDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', description: 'The version that was seen: a change of anything newer is refused.' },
        name: { $ref: '#/components/schemas/RoleNameDto' },
        base: {
          type: 'string',
          enum: ['agent', 'supervisor'],
          description: 'The built-in role whose everyday work it is.',
        },
        permissions: {
          type: 'array',
          items: {
            type: 'string',
            enum: [
              'board.watch',
              'work.steer',
              'steering.watch',
              'steering.whisper',
              'quality.review',
              'reports.read',
              'exports.make',
              'messages.redact',
              'people.export',
              'people.erase',
              'replies.manage',
              'automation.manage',
              'channels.manage',
              'routing.manage',
              'fields.manage',
              'team.manage',
              'developers.manage',
              'privacy.manage',
              'audit.read',
              'system.manage',
            ],
          },
        },
        sees: {
          type: 'string',
          enum: ['all', 'own_queues'],
          description:
            'Whom it reads and steers. A role on the base of an agent sees its own queues, whatever is said here.',
        },
      },
      required: ['version', 'name', 'base', 'permissions', 'sees'],
    },
    ChangeRuleDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', description: 'The version that was seen.' },
        name: { type: 'string', minLength: 1, maxLength: 100 },
        enabled: { type: 'boolean' },
        terms: { $ref: '#/components/schemas/RuleTermsDto', description: 'Replaces what the rule says as a whole.' },
      },
      required: ['version'],
    },
    ChangeScheduleDto: {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 100 },
        report: {
          type: 'string',
          enum: [
            'tags',
            'bots',
            'channels',
            'promises',
            'rules',
            'surveys',
            'volume',
            'times',
            'backlog',
            'agents',
            'queues',
            'campaigns',
          ],
        },
        query: { $ref: '#/components/schemas/ReportWishDto' },
        every: { type: 'string', enum: ['week', 'day', 'month'] },
        atLocalTime: { type: 'string' },
        zone: { type: 'string' },
        to: { type: 'array', items: { type: 'string', maxLength: 320 }, maxItems: 50 },
        channelId: { type: 'string', format: 'uuid', description: 'The mailbox that it is sent by.' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        enabled: { type: 'boolean' },
      },
    },
    ChangeSegmentDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', minimum: 1, description: 'The version that was seen.' },
        name: { type: 'string', minLength: 1, maxLength: 100 },
        condition: {},
      },
      required: ['version'],
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
    ChangeStateNameDto: {
      type: 'object',
      properties: {
        name: {
          $ref: '#/components/schemas/StateNameTextsDto',
          description: 'One language is enough; empty ones are left out.',
        },
        position: { type: 'integer', minimum: 0, maximum: 1000, description: 'Lower ones are offered first.' },
        retired: { type: 'boolean', description: 'Not offered any more.' },
      },
    },
    ChangeSurveyDto: {
      description: 'What of a survey is to change. Its kind stays: scores of two scales do not add up.',
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        enabled: { type: 'boolean' },
        position: {
          type: 'integer',
          minimum: 0,
          maximum: 10000,
          description: 'Of those that are meant for a queue, the one with the lowest asks.',
        },
        queueIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 200,
          description: 'The queues whose tickets it asks about; none means every queue.',
        },
        tags: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 60 },
          maxItems: 50,
          description: 'It asks about tickets with one of these tags; none means all.',
        },
        fieldKey: {
          type: ['string', 'null'],
          minLength: 1,
          maxLength: 60,
          description:
            'It asks about tickets with one of these values in this field; null: all. Both are given together.',
        },
        fieldValues: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 200 }, maxItems: 50 },
        askOn: {
          type: 'string',
          enum: ['solved', 'call', 'command'],
          description:
            'By itself once a ticket is solved, only when a rule, a macro or an agent says so, or by keypad at the end of a call with one of us.',
        },
        delayMinutes: { type: 'integer', minimum: 0, maximum: 129600, description: 'At most 90 days.' },
        coolDownDays: { type: 'integer', minimum: 0, maximum: 365 },
        expiryHours: { type: 'integer', minimum: 1, maximum: 2160, description: 'At most 90 days.' },
        lowScore: {
          type: ['number', 'null'],
          minimum: 0,
          maximum: 10,
          description: 'The highest score that somebody has to look after; null: none.',
        },
        followUpQueueId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'Where a ticket is opened to look after a low score; null: nowhere.',
        },
        question: { $ref: '#/components/schemas/SurveyTextDto' },
        commentPrompt: { $ref: '#/components/schemas/SurveyTextDto' },
        thanks: { $ref: '#/components/schemas/SurveyTextDto' },
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
        state: { type: 'string', enum: ['open', 'pending', 'on_hold', 'solved', 'closed'] },
        stateNameId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: "One of the organisation's own names of states; it brings its state along. null: none.",
        },
        priority: { type: 'integer', enum: [2, 3, 1, 4] },
        subject: { type: 'string', maxLength: 300 },
        tags: { type: 'array', items: { type: 'string', maxLength: 60 }, maxItems: 30 },
        queueId: { type: 'string', format: 'uuid' },
      },
      required: ['version'],
    },
    ChangeTiersDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', minimum: 1, description: 'The version that was seen.' },
        enabled: {
          type: 'boolean',
          description: 'Whether tiers are worked out every night. Switched on, they are worked out at once.',
        },
        terms: { description: 'Bounds, weights and tiers; a fault is named by its place.' },
      },
      required: ['version', 'enabled', 'terms'],
    },
    ChangeViewDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', minimum: 1, description: 'The version that was seen.' },
        name: { type: 'string', minLength: 1, maxLength: 100 },
        filter: {},
        sort: { type: 'string', enum: ['waiting', 'priority', 'newest', 'deadline'] },
        sharedWith: { anyOf: [{ type: 'array', items: { type: 'string' } }, { const: 'me' }, { const: 'everyone' }] },
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
              'message.moved',
              'note.written',
              'delivery.sent',
              'delivery.unconfirmed',
              'delivery.parked',
              'delivery.failed',
              'ticket.opened',
              'ticket.assigned',
              'ticket.released',
              'ticket.changed',
              'ticket.reopened',
              'ticket.merged',
              'ticket.unmerged',
              'ticket.split',
              'ticket.unsplit',
              'ticket.field_changed',
              'ticket.snoozed',
              'ticket.woken',
              'ticket.spam',
              'ticket.called',
              'sla.warned',
              'sla.breached',
              'sla.escalated',
              'customer.merged',
              'customer.parted',
              'customer.blocked',
              'customer.unblocked',
              'customer.deletion_requested',
              'survey.asked',
              'survey.answered',
              'survey.commented',
              'bot.started',
              'bot.handed_over',
              'bot.returned',
              'bot.ended',
              'bot.failed',
              'outreach.started',
              'outreach.finished',
              'outreach.stopped',
              'channel.alarm',
              'channel.recovered',
              'queue.alert',
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
        kind: { type: 'string', enum: ['expired', 'broken', 'silent', 'lagging', 'expiring'] },
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
        state: { type: 'string', enum: ['failed', 'cancelled', 'queued', 'sent', 'unconfirmed', 'parked', 'sending'] },
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
          enum: ['off', 'green', 'yellow', 'red'],
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
    ChannelRecordingDto: {
      description:
        "The same for a line. `queue`: as the call's queue says; `elsewhere`: who records there tells callers, by the word of whoever sets this.",
      type: 'object',
      properties: {
        mode: { type: 'string', enum: ['off', 'queue', 'announced', 'elsewhere'] },
        keepDays: {
          type: ['number', 'null'],
          minimum: 1,
          maximum: 3650,
          description: 'Days; null: until somebody deletes it.',
        },
      },
      required: ['mode', 'keepDays'],
    },
    ChannelRecordingView: {
      description:
        "The same for a phone line. `queue`: as the queue of the call says · `elsewhere`: the exchange, or a call flow of the organisation's own, records and tells callers so itself, by the word of the administrator who chose this.",
      type: 'object',
      properties: {
        mode: { type: 'string', enum: ['off', 'queue', 'announced', 'elsewhere'] },
        keepDays: { type: ['number', 'null'] },
      },
      required: ['mode', 'keepDays'],
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
          enum: ['off', 'green', 'yellow', 'red'],
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
        kind: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
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
        way: { type: 'string', enum: ['telegram', 'sms', 'email'] },
        address: { type: 'string' },
        askedAt: { type: 'string' },
      },
      required: ['way', 'address', 'askedAt'],
    },
    CheckScriptDto: { type: 'object', properties: { source: { type: 'string' } }, required: ['source'] },
    ClaimView: {
      description:
        'An address that somebody only says is theirs, or that an agent typed. It can be written to and finds nobody.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        customerId: { type: 'string' },
        kind: { type: 'string', enum: ['telegram', 'email', 'phone', 'external'] },
        address: { type: 'string' },
        source: { type: 'string', enum: ['form', 'reply_to', 'typed', 'page', 'import'] },
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
    CodeDto: {
      type: 'object',
      properties: {
        code: { type: 'string', maxLength: 40, description: 'Six digits of the authenticator, or a recovery code.' },
      },
      required: ['code'],
    },
    CompanyDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 200 },
        timeZone: { type: 'string', maxLength: 100, description: 'IANA name.' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        hoursName: {
          type: 'string',
          minLength: 1,
          maxLength: 100,
          description: 'What its hours are called among the calendars.',
        },
        week: {
          anyOf: [{ $ref: '#/components/schemas/StartWeekDto' }, { type: 'null' }],
          description: 'null: always open. Absent: the hours stay as they are.',
        },
        holidaysOf: {
          type: 'string',
          description: 'ISO 3166 code of the country whose public holidays of this year are days off.',
        },
        queues: {
          type: 'array',
          items: { $ref: '#/components/schemas/StartQueueDto' },
          maxItems: 20,
          description: 'Queues that are not named stay as they are.',
        },
      },
      required: ['name', 'timeZone', 'locale', 'hoursName', 'queues'],
    },
    CompanyView: {
      description: 'Whose hub it is.',
      type: 'object',
      properties: {
        name: { type: 'string' },
        timeZone: { type: 'string', description: 'IANA name.' },
        locale: {
          type: 'string',
          enum: ['en', 'fa'],
          description: 'The language in which new colleagues find the console, and queues their first names.',
        },
        calendarId: { type: ['string', 'null'], description: 'The hours that the wizard wrote; null: always open.' },
      },
      required: ['name', 'timeZone', 'locale', 'calendarId'],
    },
    ConnectorMappingDto: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        path: {
          type: 'string',
          maxLength: 300,
          description: "Names and numbers with dots between them; '' is the whole answer.",
        },
      },
      required: ['name', 'path'],
    },
    ConsentDto: {
      type: 'object',
      properties: {
        purpose: { type: 'string', enum: ['service', 'offers', 'news', 'feedback'] },
        state: { type: 'string', enum: ['given', 'withdrawn'] },
      },
      required: ['purpose', 'state'],
    },
    ContactWishesDto: {
      type: 'object',
      properties: {
        preferredKind: {
          anyOf: [{ type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'messages'] }, { type: 'null' }],
          description: 'null: nothing was asked for.',
        },
        consents: { type: 'array', items: { $ref: '#/components/schemas/ConsentDto' }, maxItems: 4 },
      },
    },
    ContactWishesView: {
      description: 'What one person said of what they want to hear.',
      type: 'object',
      properties: {
        preferredKind: {
          anyOf: [{ type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] }, { type: 'null' }],
        },
        consents: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              purpose: { type: 'string', enum: ['service', 'offers', 'news', 'feedback'] },
              state: { type: 'string', enum: ['given', 'withdrawn'] },
              source: { type: 'string', enum: ['agent', 'customer', 'import'] },
              at: { type: 'string' },
            },
            required: ['purpose', 'state', 'source', 'at'],
          },
        },
      },
      required: ['preferredKind', 'consents'],
    },
    ConversationView: {
      description:
        "A person's whole conversation, opened. `id` is the root's conversation; `parts` are the rows it is made of.",
      type: 'object',
      properties: {
        id: { type: 'string' },
        customer: { $ref: '#/components/schemas/CustomerView' },
        holder: { type: 'string', enum: ['agent', 'none', 'queue', 'bot'] },
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
    CustomerAttributeView: {
      description: 'What may be known of a customer. Days are YYYY-MM-DD of the Gregorian calendar.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        key: {
          type: 'string',
          description: 'Its name in rules, segments, imports and the API; never changes, nor does the kind.',
        },
        kind: { type: 'string', enum: ['number', 'choice', 'text', 'date', 'birthday', 'choices', 'region', 'yes_no'] },
        name: { $ref: '#/components/schemas/FieldWordsView' },
        choices: { type: 'array', items: { $ref: '#/components/schemas/FieldChoiceView' } },
        isRetired: { type: 'boolean', description: 'It takes no new values; old ones are shown.' },
        position: { type: 'number' },
        version: { type: 'number' },
      },
      required: ['id', 'key', 'kind', 'name', 'choices', 'isRetired', 'position', 'version'],
    },
    CustomerKnowledgeView: {
      description: 'What is known of a person besides what they wrote.',
      type: 'object',
      properties: {
        values: {
          type: 'object',
          additionalProperties: {
            anyOf: [
              { type: 'string' },
              { type: 'number' },
              { const: false },
              { const: true },
              { type: 'array', items: { type: 'string' } },
            ],
          },
        },
        purchases: {
          type: 'object',
          properties: {
            count: { type: 'number' },
            spent: {
              type: 'array',
              items: {
                type: 'object',
                properties: { currency: { type: 'string' }, amount: { type: 'number' } },
                required: ['currency', 'amount'],
              },
            },
            lastAt: { type: ['string', 'null'] },
            lately: {
              type: 'array',
              items: { $ref: '#/components/schemas/PurchaseView' },
              description: 'The latest five.',
            },
          },
          required: ['count', 'spent', 'lastAt', 'lately'],
        },
        tier: { $ref: '#/components/schemas/CustomerTierView' },
      },
      required: ['values', 'purchases', 'tier'],
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
    CustomerTierView: {
      description: 'Why somebody has the tier that they have.',
      type: 'object',
      properties: {
        tier: { type: 'number' },
        source: {
          type: 'string',
          enum: ['none', 'value', 'hand'],
          description:
            'hand: somebody set it, and it stays · value: by what they bought · none: nothing was decided yet.',
        },
        by: { type: ['string', 'null'], description: 'Who set it; null also where that is not known any more.' },
        at: { type: ['string', 'null'] },
        score: { anyOf: [{ $ref: '#/components/schemas/TierScoreView' }, { type: 'null' }] },
      },
      required: ['tier', 'source', 'by', 'at', 'score'],
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
    DialDto: {
      description: 'Whom to call, and what for.',
      type: 'object',
      properties: {
        channelId: { type: 'string', format: 'uuid' },
        identityId: { type: 'string', format: 'uuid', description: "The customer's number." },
        reason: { type: 'string', maxLength: 500, description: 'Stands at the call on the timeline.' },
      },
      required: ['channelId', 'identityId'],
    },
    DialledView: {
      description: "A call that is being made: my own phone rings first. `callId` is the provider's.",
      type: 'object',
      properties: { callId: { type: 'string' } },
      required: ['callId'],
    },
    DismissDto: {
      type: 'object',
      properties: { customer: { type: 'string', format: 'uuid', description: 'The other customer.' } },
      required: ['customer'],
    },
    DispositionNamesDto: {
      type: 'object',
      properties: {
        en: { type: 'string', minLength: 1, maxLength: 80 },
        fa: { type: 'string', minLength: 1, maxLength: 80 },
      },
      required: ['en', 'fa'],
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
          enum: ['unknown', 'missing', 'ok', 'different'],
          description: '`unknown`: DNS could not be asked, or there is nothing to compare with.',
        },
        found: { type: 'array', items: { type: 'string' }, description: 'The records of that kind that DNS has.' },
      },
      required: ['purpose', 'name', 'type', 'value', 'status', 'found'],
    },
    DraftDto: {
      type: 'object',
      properties: {
        content: { type: 'object', additionalProperties: {}, description: 'At most 200,000 characters as JSON.' },
        joined: {
          type: 'boolean',
          description: 'It holds the drafts of all parts of a person who were merged, and takes their places.',
        },
        kind: { type: 'string', enum: ['text', 'note'] },
        window: { type: 'string', maxLength: 100, description: 'The window that it was written in.' },
      },
      required: ['content', 'kind'],
    },
    DraftView: {
      description: "What the caller has begun to write and not sent. `content` is the console's own.",
      type: 'object',
      properties: {
        conversationId: { type: 'string', description: "The person's, as they are known by now." },
        kind: { type: 'string', enum: ['text', 'note'] },
        content: { type: 'object', additionalProperties: {} },
        changedAt: { type: 'string' },
      },
      required: ['conversationId', 'kind', 'content', 'changedAt'],
    },
    DryRunCaseView: {
      description: 'One thing of the past that a rule would have followed.',
      type: 'object',
      properties: {
        at: { type: 'string' },
        ticket: { $ref: '#/components/schemas/RuleTicketView' },
        refused: {
          anyOf: [{ type: 'string', enum: ['rate', 'depth'] }, { type: 'null' }],
          description: 'Why it would not have run although its conditions held; null: it would have.',
        },
        why: { $ref: '#/components/schemas/RuleWhyView' },
        effects: { type: 'array', items: { $ref: '#/components/schemas/RuleEffectView' } },
      },
      required: ['at', 'ticket', 'refused', 'why', 'effects'],
    },
    DryRunDto: {
      type: 'object',
      properties: {
        terms: { $ref: '#/components/schemas/RuleTermsDto' },
        ruleId: {
          type: 'string',
          format: 'uuid',
          description: "The rule whose change is tried: it is asked in that rule's place. A new one is asked last.",
        },
        over: { $ref: '#/components/schemas/DryRunSpanDto' },
      },
      required: ['terms'],
    },
    DryRunSpanDto: {
      description: 'How much of the past.',
      type: 'object',
      properties: {
        events: { type: 'integer', minimum: 1, maximum: 100000 },
        days: { type: 'integer', minimum: 1, maximum: 3650 },
      },
    },
    DryRunView: {
      description: 'What a rule would have done, had it been on. Nothing was changed.',
      type: 'object',
      properties: {
        considered: { type: 'number', description: 'Events that were looked at.' },
        fired: { type: 'number' },
        refused: {
          type: 'object',
          properties: { rate: { type: 'number' }, depth: { type: 'number' } },
          required: ['rate', 'depth'],
        },
        actions: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              do: { type: 'string' },
              would: { type: 'number' },
              already: { type: 'number' },
              refused: { type: 'number' },
            },
            required: ['do', 'would', 'already', 'refused'],
          },
          description:
            'For each action of the rule: how often it would have changed or said something, found all as it wants it, or been refused.',
        },
        approximate: {
          type: 'number',
          description: 'Of how many it is not known how things stood then: the present stands for it.',
        },
        cases: {
          type: 'array',
          items: { $ref: '#/components/schemas/DryRunCaseView' },
          description: 'The first ones, newest first.',
        },
        isCut: { type: 'boolean', description: 'It took too long, and the oldest events were left out.' },
        tookMs: { type: 'number' },
      },
      required: ['considered', 'fired', 'refused', 'actions', 'approximate', 'cases', 'isCut', 'tookMs'],
    },
    DuplicateView: {
      description: 'Another open ticket of the same person that may be about the same.',
      type: 'object',
      properties: {
        ticketId: { type: 'string' },
        number: { type: 'number' },
        prefix: { type: 'string' },
        subject: { type: 'string' },
        openedAt: { type: 'string' },
        reason: { type: 'string', enum: ['same_subject', 'similar_text', 'opened_together'] },
      },
      required: ['ticketId', 'number', 'prefix', 'subject', 'openedAt', 'reason'],
    },
    EnrolDto: {
      type: 'object',
      properties: {
        password: { type: 'string', maxLength: 1000 },
        code: {
          type: 'string',
          maxLength: 40,
          description: 'Asked of whoever has a second factor already and sets it up anew.',
        },
      },
      required: ['password'],
    },
    EnrolmentView: {
      description: 'What goes into an authenticator. It counts from its first right code on.',
      type: 'object',
      properties: {
        secret: { type: 'string', description: 'Base32, as it is typed.' },
        uri: { type: 'string', description: 'The same for a program to open.' },
      },
      required: ['secret', 'uri'],
    },
    EraseDto: {
      type: 'object',
      properties: {
        confirm: { type: 'string', maxLength: 500, description: 'What the customer is called, typed again.' },
        remember: { type: 'boolean', description: 'Imports do not bring the addresses back.' },
      },
      required: ['confirm'],
    },
    ErasurePreviewView: {
      description: 'What would go, and what stands in the way.',
      type: 'object',
      properties: {
        customer: { type: 'string' },
        confirm: { type: 'string', description: 'What must be typed to confirm: the name, else an address.' },
        counts: { type: 'object' },
        openTickets: { type: 'number', description: 'Tickets that are closed by it.' },
        hindrance: {
          anyOf: [{ type: 'string', enum: ['on_hold', 'call_live'] }, { type: 'null' }],
          description: 'Why it cannot be done now; null: it can.',
        },
      },
      required: ['customer', 'confirm', 'counts', 'openTickets', 'hindrance'],
    },
    ErasureView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        state: { type: 'string', enum: ['done', 'running'] },
        removed: { type: 'object' },
        askedBy: { type: ['string', 'null'], description: 'Null: their time was over.' },
        askedAt: { type: 'string' },
        endedAt: { type: ['string', 'null'] },
      },
      required: ['id', 'state', 'removed', 'askedBy', 'askedAt', 'endedAt'],
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
    ExplainAbandoned: {
      description: 'The caller hung up before anybody answered.',
      type: 'object',
      properties: {
        kind: { const: 'abandoned' },
        waitedMs: { type: ['number', 'null'] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'waitedMs', 'at', 'by'],
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
        state: { type: 'string', enum: ['done', 'cancelled', 'missed', 'requested'] },
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
        from: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] },
        to: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] },
        at: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
      },
      required: ['kind', 'from', 'to', 'at', 'by'],
    },
    ExplainOfferEnd: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['expired', 'revoked', 'declined'] },
        agent: { anyOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] },
        reason: {
          type: 'string',
          description:
            "Their own words, or the hub's word for it, as phone_no_answer, phone_busy and phone_failed; '' where there is none.",
        },
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
        state: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] },
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
                      'no_phone',
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
              { $ref: '#/components/schemas/ExplainAbandoned' },
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
        state: { type: 'string', enum: ['running', 'cancelled', 'paused', 'met'] },
        policyName: { type: 'string' },
        version: { type: 'number' },
        publishedAt: { type: ['string', 'null'] },
        chosenBy: {
          type: 'array',
          items: { type: 'string', enum: ['queue', 'priority', 'tier'] },
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
          items: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] },
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
    ExportFilters: {
      type: 'object',
      properties: {
        queues: { type: 'array', items: { type: 'string' } },
        channels: { type: 'array', items: { type: 'string' } },
        agents: { type: 'array', items: { type: 'string' } },
        tags: { type: 'array', items: { type: 'string' } },
        withNotes: { type: 'boolean', description: 'Of conversations: internal notes as well.' },
      },
      required: ['queues', 'channels', 'agents', 'tags', 'withNotes'],
    },
    ExportPersonDto: { type: 'object', properties: { withNotes: { type: 'boolean' } } },
    ExportView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        kind: { type: 'string', enum: ['tickets', 'conversations', 'customers'] },
        format: { type: 'string', enum: ['csv', 'jsonl'] },
        from: { type: 'string' },
        to: { type: 'string' },
        zone: { type: 'string' },
        filters: { $ref: '#/components/schemas/ExportFilters' },
        state: { type: 'string', enum: ['done', 'failed', 'running'] },
        rows: { type: 'number', description: 'Rows that are written; conversations have a row for each message.' },
        done: { type: 'number', description: 'People or tickets that are done.' },
        bytes: { type: ['number', 'null'] },
        why: { type: 'string' },
        madeBy: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        createdAt: { type: 'string' },
        endedAt: { type: ['string', 'null'] },
        expiresAt: { type: ['string', 'null'], description: 'Until when the file is kept; null while there is none.' },
      },
      required: [
        'id',
        'kind',
        'format',
        'from',
        'to',
        'zone',
        'filters',
        'state',
        'rows',
        'done',
        'bytes',
        'why',
        'madeBy',
        'createdAt',
        'endedAt',
        'expiresAt',
      ],
    },
    FieldChoiceDto: {
      type: 'object',
      properties: {
        value: { type: 'string', description: 'What is stored, and named in rules; never shown where it has a name.' },
        name: { $ref: '#/components/schemas/FieldWordsDto' },
        retired: { type: 'boolean' },
      },
      required: ['value', 'name'],
    },
    FieldChoiceView: {
      type: 'object',
      properties: {
        value: { type: 'string' },
        name: { $ref: '#/components/schemas/FieldWordsView' },
        retired: { type: 'boolean', description: 'Not offered any more; what has it keeps it.' },
      },
      required: ['value', 'name'],
    },
    FieldWordsDto: {
      type: 'object',
      properties: { en: { type: 'string', maxLength: 100 }, fa: { type: 'string', maxLength: 100 } },
    },
    FieldWordsView: {
      description: 'A text in the languages in which it is there; one of them at least.',
      type: 'object',
      properties: { en: { type: 'string' }, fa: { type: 'string' } },
    },
    ForcedStatusDto: {
      type: 'object',
      properties: {
        status: { type: 'string', enum: ['online', 'busy', 'away'] },
        reason: { type: 'string', maxLength: 200, description: 'For the agent; empty: none.' },
      },
      required: ['status'],
    },
    ForgottenPasswordDto: {
      type: 'object',
      properties: { email: { type: 'string', format: 'email', maxLength: 320 } },
      required: ['email'],
    },
    FoundArticleView: {
      description: 'An article that was found, in one language, the best first.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        title: { type: 'string' },
        body: { type: 'string' },
        tags: { type: 'array', items: { type: 'string' } },
        public: { type: 'boolean' },
        score: { type: 'number', description: 'How well it fits; comparable within one search only.' },
      },
      required: ['id', 'locale', 'title', 'body', 'tags', 'public', 'score'],
    },
    HandOverDto: {
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid', description: 'Names the run; the same again is the same run.' },
        to: { type: ['string', 'null'], format: 'uuid', description: 'Another agent; null: back to the queues.' },
      },
      required: ['id', 'to'],
    },
    HeatView: {
      type: 'object',
      properties: {
        measure: { type: 'string', enum: ['solved', 'arrivals', 'replies'] },
        from: { type: 'string' },
        to: { type: 'string' },
        zone: { type: 'string' },
        days: {
          type: 'array',
          items: { type: 'array', items: { type: 'number' } },
          description: 'Monday first, each by its 24 hours.',
        },
        max: { type: 'number' },
      },
      required: ['measure', 'from', 'to', 'zone', 'days', 'max'],
    },
    HeldMessageDto: {
      description: 'Replies only: a note reaches nobody outside, and can be taken back at any time.',
      type: 'object',
      properties: {
        kind: { const: 'text' },
        seconds: { type: 'integer', minimum: 1, maximum: 60, description: 'How long it can be taken back.' },
        id: {
          type: 'string',
          format: 'uuid',
          description: 'Made by the writer; sending the same one again changes nothing.',
        },
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
        seen: {
          type: 'string',
          format: 'uuid',
          description:
            'The latest message that the writer had before them when they began. Where a colleague has answered since, it is refused as `answered_meanwhile`; without it nobody is asked.',
        },
        afterwards: {
          $ref: '#/components/schemas/AfterSendDto',
          description: 'Replies only. The reply and this are one decision: where either cannot be, neither is.',
        },
      },
      required: ['kind', 'seconds', 'id', 'body'],
    },
    HeldMessageView: {
      description:
        "A message that leaves in a moment, unless its writer takes it back. It is nobody else's to see until then.",
      type: 'object',
      properties: {
        id: { type: 'string', description: 'Of the message that it becomes.' },
        conversationId: { type: 'string', description: "The person's." },
        remainingMs: {
          type: 'number',
          description: 'How long it still waits; 0 for one that is being written, or that failed.',
        },
        state: {
          type: 'string',
          enum: ['failed', 'held', 'sent'],
          description: '`sent`: it was asked to be held once more, and is a message by now.',
        },
        code: {
          type: ['string', 'null'],
          description: 'Why it could not be written, as the refusal of a message says it.',
        },
        problem: { type: ['string', 'null'] },
        body: { type: 'string', description: 'What was written, to go on with.' },
        subject: { type: ['string', 'null'] },
        written: {
          $ref: '#/components/schemas/HeldWritten',
          description: 'All of it, so that whoever takes it back in another browser goes on with the same.',
        },
      },
      required: ['id', 'conversationId', 'remainingMs', 'state', 'code', 'problem', 'body', 'subject', 'written'],
    },
    HeldWritten: {
      description: 'What was written besides its words. null and empty: it has none.',
      type: 'object',
      properties: {
        at: { type: 'string' },
        channelId: { type: ['string', 'null'] },
        channelKind: {
          anyOf: [{ type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] }, { type: 'null' }],
        },
        identityId: { type: ['string', 'null'] },
        threadId: { type: ['string', 'null'] },
        cc: { type: 'array', items: { type: 'string' } },
        bcc: { type: 'array', items: { type: 'string' } },
        quote: { type: ['boolean', 'null'] },
        ticketId: { type: ['string', 'null'] },
        seen: { type: ['string', 'null'] },
        attachments: { type: 'array', items: { $ref: '#/components/schemas/AttachmentView' } },
        afterwards: { anyOf: [{ $ref: '#/components/schemas/AfterSendView' }, { type: 'null' }] },
      },
      required: [
        'at',
        'channelId',
        'channelKind',
        'identityId',
        'threadId',
        'cc',
        'bcc',
        'quote',
        'ticketId',
        'seen',
        'attachments',
        'afterwards',
      ],
    },
    HistoryFaultView: {
      description: 'A record that could not be taken, and why.',
      type: 'object',
      properties: {
        file: { type: 'string' },
        record: { type: 'number' },
        part: { type: 'string' },
        code: { type: 'string' },
      },
      required: ['file', 'record', 'part', 'code'],
    },
    HistoryFileView: {
      type: 'object',
      properties: {
        position: { type: 'number' },
        name: { type: 'string' },
        bytes: { type: 'number' },
        progress: { type: 'number', description: 'From 0 to 1.' },
      },
      required: ['position', 'name', 'bytes', 'progress'],
    },
    HistoryFindingsView: {
      description: 'What files hold, before anything of it is written.',
      type: 'object',
      properties: {
        openTickets: { type: 'number' },
        from: { type: ['string', 'null'] },
        until: { type: ['string', 'null'] },
        inboxes: {
          type: 'array',
          items: {
            type: 'object',
            properties: { key: { type: 'string' }, name: { type: 'string' }, tickets: { type: 'number' } },
            required: ['key', 'name', 'tickets'],
          },
          description: "Key '' stands for tickets of which no inbox is told.",
        },
        agents: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              email: { type: 'string' },
              tickets: { type: 'number' },
              agent: { type: ['string', 'null'] },
            },
            required: ['name', 'email', 'tickets', 'agent'],
          },
          description: 'Who answered there. `agent`: the account here with the same address.',
        },
        tags: {
          type: 'array',
          items: {
            type: 'object',
            properties: { name: { type: 'string' }, tickets: { type: 'number' } },
            required: ['name', 'tickets'],
          },
        },
        matches: {
          type: 'array',
          items: { $ref: '#/components/schemas/HistoryMatchView' },
          description: 'Those that come as one at first, then the doubtful ones; the first few hundred.',
        },
        matchCount: { type: 'number' },
        here: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              address: { type: 'string' },
              customer: { type: 'string' },
              customerName: { type: 'string' },
            },
            required: ['name', 'address', 'customer', 'customerName'],
          },
          description: 'People of the files whose address belongs to a customer here; the first hundred.',
        },
        hereCount: { type: 'number' },
      },
      required: [
        'openTickets',
        'from',
        'until',
        'inboxes',
        'agents',
        'tags',
        'matches',
        'matchCount',
        'here',
        'hereCount',
      ],
    },
    HistoryImportView: {
      description: 'A history on its way here. Counts of what was found, then of what was written.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        system: { type: 'string', enum: ['zendesk', 'chatwoot', 'zammad', 'freescout'] },
        source: { type: 'string', description: 'The product, and which account of it.' },
        state: { type: 'string', enum: ['read', 'done', 'failed', 'running', 'stopped', 'draft', 'reading'] },
        why: { type: 'string', description: "A code of what made it fail; '' otherwise." },
        files: { type: 'array', items: { $ref: '#/components/schemas/HistoryFileView' } },
        terms: { anyOf: [{ $ref: '#/components/schemas/HistoryTermsView' }, { type: 'null' }] },
        people: { type: 'number', description: 'Customers as they come: duplicates are one.' },
        peopleDone: { type: 'number' },
        addedPeople: { type: 'number' },
        joinedPeople: { type: 'number', description: 'Who were here already.' },
        tickets: { type: 'number' },
        addedTickets: { type: 'number' },
        messages: { type: 'number' },
        addedMessages: { type: 'number' },
        known: { type: 'number', description: 'Messages that an earlier import brought.' },
        refused: { type: 'number' },
        startedBy: { type: ['string', 'null'] },
        createdAt: { type: 'string' },
        endedAt: { type: ['string', 'null'] },
      },
      required: [
        'id',
        'system',
        'source',
        'state',
        'why',
        'files',
        'terms',
        'people',
        'peopleDone',
        'addedPeople',
        'joinedPeople',
        'tickets',
        'addedTickets',
        'messages',
        'addedMessages',
        'known',
        'refused',
        'startedBy',
        'createdAt',
        'endedAt',
      ],
    },
    HistoryInboxTermsDto: {
      type: 'object',
      properties: {
        key: { type: 'string', maxLength: 200 },
        queueId: { type: 'string', format: 'uuid' },
        channelId: { type: 'string', format: 'uuid' },
      },
      required: ['key', 'queueId', 'channelId'],
    },
    HistoryInboxTermsView: {
      description: 'What becomes of what came in by an inbox of the other product.',
      type: 'object',
      properties: { key: { type: 'string' }, queueId: { type: 'string' }, channelId: { type: 'string' } },
      required: ['key', 'queueId', 'channelId'],
    },
    HistoryMatchDto: { type: 'object', properties: { isJoined: { type: 'boolean' } }, required: ['isJoined'] },
    HistoryMatchView: {
      description: 'People of the files who may be one, and why.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        kind: { type: 'string', enum: ['email', 'phone', 'similar_email', 'name'] },
        value: { type: 'string' },
        people: {
          type: 'array',
          items: { $ref: '#/components/schemas/HistoryPersonView' },
          description: 'The first of them.',
        },
        count: { type: 'number' },
        isJoined: { type: 'boolean' },
      },
      required: ['id', 'kind', 'value', 'people', 'count', 'isJoined'],
    },
    HistoryPersonView: {
      description: 'Somebody of the files.',
      type: 'object',
      properties: {
        key: { type: 'string' },
        name: { type: 'string' },
        addresses: { type: 'array', items: { type: 'string' } },
        tickets: { type: 'number' },
      },
      required: ['key', 'name', 'addresses', 'tickets'],
    },
    HistoryTermsDto: {
      type: 'object',
      properties: {
        inboxes: { type: 'array', items: { $ref: '#/components/schemas/HistoryInboxTermsDto' }, maxItems: 1000 },
        openAs: { type: 'string', enum: ['open', 'closed'] },
      },
      required: ['inboxes'],
    },
    HistoryTermsView: {
      description:
        'How a history is written down. openAs: tickets that were still open there come closed with a tag, or as work of their queue.',
      type: 'object',
      properties: {
        inboxes: { type: 'array', items: { $ref: '#/components/schemas/HistoryInboxTermsView' } },
        openAs: { type: 'string', enum: ['open', 'closed'] },
      },
      required: ['inboxes', 'openAs'],
    },
    HoldDto: {
      type: 'object',
      properties: { why: { type: 'string', minLength: 1, maxLength: 500 } },
      required: ['why'],
    },
    HolidaysDto: {
      type: 'object',
      properties: {
        country: { type: 'string', description: 'ISO 3166 code of the country whose public holidays are taken over.' },
        year: { type: 'integer', minimum: 2000, maximum: 2100 },
      },
      required: ['country', 'year'],
    },
    HubStartView: {
      description:
        'How far the hub is on its way to taking real messages, read from what is there rather than from what was clicked.',
      type: 'object',
      properties: {
        company: { anyOf: [{ $ref: '#/components/schemas/CompanyView' }, { type: 'null' }] },
        skipped: {
          type: 'array',
          items: { type: 'string', enum: ['channel', 'company', 'team', 'trial'] },
          description: 'Steps that somebody left for later.',
        },
        at: {
          anyOf: [{ type: 'string', enum: ['channel', 'done', 'company', 'team', 'trial'] }, { type: 'null' }],
          description: 'Where the wizard was left; null before its first step, `done` after its last.',
        },
        channel: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, kind: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'kind', 'name'],
          description: 'A channel that is not part of the demonstration and is on.',
        },
        message: {
          type: ['object', 'null'],
          properties: { conversation: { type: 'string' } },
          required: ['conversation'],
          description: 'Somebody wrote over such a channel: where it is to be read.',
        },
        colleague: { type: 'boolean' },
        hours: { type: 'boolean' },
        cannedReply: { type: 'boolean' },
      },
      required: ['company', 'skipped', 'at', 'channel', 'message', 'colleague', 'hours', 'cannedReply'],
    },
    IdentityView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        customerId: { type: 'string' },
        kind: { type: 'string', enum: ['web', 'telegram', 'email', 'phone', 'external'] },
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
    IdleTextsDto: {
      type: 'object',
      properties: { en: { type: 'string', maxLength: 1000 }, fa: { type: 'string', maxLength: 1000 } },
    },
    ImportFaultView: {
      description: 'A line that cannot be taken, and why.',
      type: 'object',
      properties: {
        line: { type: 'number' },
        field: { type: 'string', description: 'What the column is.' },
        code: { type: 'string' },
        value: { type: 'string' },
      },
      required: ['line', 'field', 'code', 'value'],
    },
    ImportPreviewView: {
      description: 'The first lines as they would be read.',
      type: 'object',
      properties: {
        terms: { $ref: '#/components/schemas/ImportTermsView' },
        header: { type: 'array', items: { type: 'string' } },
        rows: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              line: { type: 'number' },
              cells: { type: 'array', items: { type: 'string' } },
              read: { type: 'object', additionalProperties: {} },
              faults: { type: 'array', items: { $ref: '#/components/schemas/ImportFaultView' } },
            },
            required: ['line', 'cells', 'read', 'faults'],
          },
        },
        problems: {
          type: 'array',
          items: { type: 'string' },
          description: 'What is wrong with the choice of columns: nothing can be started with it. Codes.',
        },
      },
      required: ['terms', 'header', 'rows', 'problems'],
    },
    ImportTermsDto: {
      type: 'object',
      properties: {
        encoding: { type: 'string', enum: ['utf-8', 'utf-16le', 'windows-1256', 'utf-16be'] },
        delimiter: { type: 'string', enum: [',', ';', '\t', '|'] },
        hasHeader: { type: 'boolean', description: 'The first line names the columns.' },
        columns: {
          type: 'array',
          items: { type: 'string', maxLength: 80 },
          maxItems: 500,
          description: "What each column is, in the order of the file; '' is left out.",
        },
        createMissing: { type: 'boolean', description: 'Whoever is not found becomes a customer.' },
        source: { type: 'string', maxLength: 100, description: 'Of purchases: where they come from.' },
        currency: {
          type: 'string',
          maxLength: 3,
          description: 'Of purchases without a currency of their own. IRT: Toman, which are kept as rials.',
        },
      },
      required: ['encoding', 'delimiter', 'columns'],
    },
    ImportTermsView: {
      description:
        "How a file is read. columns: what each column is, in the order of the file. '': nothing · phone, email, external_id: who it is · name, locale · attribute:<key> · purchase_id, amount, currency, at, items.",
      type: 'object',
      properties: {
        encoding: { type: 'string', enum: ['utf-8', 'utf-16le', 'windows-1256', 'utf-16be'] },
        delimiter: { type: 'string', enum: [',', ';', '\t', '|'] },
        hasHeader: { type: 'boolean' },
        columns: { type: 'array', items: { type: 'string' } },
        createMissing: { type: 'boolean', description: 'Whoever is not found becomes a customer.' },
        source: { type: 'string', description: 'Of purchases: where they come from.' },
        currency: {
          type: 'string',
          description: 'Of purchases without a currency of their own. IRT: Toman, which are kept as rials.',
        },
      },
      required: ['encoding', 'delimiter', 'hasHeader', 'columns', 'createMissing', 'source', 'currency'],
    },
    ImportView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        kind: { type: 'string', enum: ['attributes', 'purchases'] },
        name: { type: 'string' },
        bytes: { type: 'number' },
        terms: { $ref: '#/components/schemas/ImportTermsView' },
        state: { type: 'string', enum: ['done', 'failed', 'running', 'stopped', 'draft'] },
        why: { type: 'string', description: "A code of what made it fail; '' otherwise." },
        linesDone: { type: 'number' },
        progress: { type: 'number', description: 'From 0 to 1, by the bytes that were read.' },
        created: { type: 'number' },
        changed: { type: 'number' },
        unchanged: { type: 'number' },
        refused: { type: 'number' },
        startedBy: { type: ['string', 'null'] },
        createdAt: { type: 'string' },
        startedAt: { type: ['string', 'null'] },
        endedAt: { type: ['string', 'null'] },
      },
      required: [
        'id',
        'kind',
        'name',
        'bytes',
        'terms',
        'state',
        'why',
        'linesDone',
        'progress',
        'created',
        'changed',
        'unchanged',
        'refused',
        'startedBy',
        'createdAt',
        'startedAt',
        'endedAt',
      ],
    },
    IncidentAnswerDto: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
          format: 'uuid',
          description: 'Made by the writer; sending the same one again goes on where it was interrupted.',
        },
        body: { type: 'string', maxLength: 20000 },
      },
      required: ['id', 'body'],
    },
    IncidentAnswerView: {
      description: 'One answer to all children of a ticket.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        at: { type: 'string' },
        body: { type: 'string' },
        by: { type: 'string' },
        written: { type: 'number' },
        waiting: { type: 'number' },
        refused: {
          type: 'array',
          items: {
            type: 'object',
            properties: { ticket: { $ref: '#/components/schemas/RelatedTicketView' }, code: { type: 'string' } },
            required: ['ticket', 'code'],
          },
        },
      },
      required: ['id', 'at', 'body', 'by', 'written', 'waiting', 'refused'],
    },
    InvitationView: {
      description: 'How an invitation stands; null in an account whose owner has joined.',
      type: 'object',
      properties: {
        state: { type: 'string', enum: ['expired', 'revoked', 'none', 'open'] },
        expiresAt: { type: ['string', 'null'] },
        mailed: { type: 'boolean' },
      },
      required: ['state', 'expiresAt', 'mailed'],
    },
    JoinDto: {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 200 },
        password: { type: 'string', maxLength: 1000 },
        locale: { type: 'string', enum: ['en', 'fa'] },
        token: { type: 'string', maxLength: 200, description: 'What is behind the # of the link.' },
      },
      required: ['name', 'password', 'token'],
    },
    LabelDto: {
      type: 'object',
      properties: { en: { type: 'string', maxLength: 200 }, fa: { type: 'string', maxLength: 200 } },
    },
    LegalHoldView: {
      type: 'object',
      properties: {
        customer: { type: 'string' },
        conversation: { type: 'string', description: 'The conversation that opens the person.' },
        name: { type: 'string' },
        why: { type: 'string' },
        setBy: { type: 'string' },
        since: { type: 'string' },
      },
      required: ['customer', 'conversation', 'name', 'why', 'setBy', 'since'],
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
            kind: { type: 'string', enum: ['keys', 'text', 'note', 'call', 'form', 'event'] },
            direction: { type: 'string', enum: ['in', 'out', 'internal'] },
            channelKind: {
              anyOf: [
                { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
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
    LiveCallView: {
      description: 'The call that rings me, or that I am on.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        channelId: { type: 'string' },
        callId: { type: 'string', description: "The provider's id of the call." },
        conversationId: { type: 'string', description: "The person's, as the API knows them." },
        ticketId: { type: ['string', 'null'] },
        phase: {
          type: 'string',
          enum: ['ringing', 'talking', 'handing'],
          description: '`handing`: they talk on, until the caller goes to whom I handed them.',
        },
        customerName: { type: 'string' },
        number: { type: 'string', description: "The other side's." },
        direction: { type: 'string', enum: ['in', 'out'] },
        answeredAt: { type: ['string', 'null'] },
        records: { type: 'boolean', description: 'What is said is recorded.' },
        paused: { type: 'boolean', description: 'It would be, and somebody paused that.' },
        canTransfer: { type: 'boolean', description: 'It can be handed over.' },
        transferFailed: { type: 'boolean', description: 'It was to be handed over, and its provider did not do that.' },
      },
      required: [
        'id',
        'channelId',
        'callId',
        'conversationId',
        'ticketId',
        'phase',
        'customerName',
        'number',
        'direction',
        'answeredAt',
        'records',
        'paused',
        'canTransfer',
        'transferFailed',
      ],
    },
    LoadView: {
      description: 'What an agent holds, and whether they are given more.',
      type: 'object',
      properties: {
        status: { type: 'string', enum: ['online', 'busy', 'away', 'offline'] },
        statusReason: {
          anyOf: [{ type: 'string', enum: ['supervisor', 'no_answer'] }, { type: 'null' }],
          description:
            "'no_answer': the hub set them away, because offers went unanswered; 'supervisor': see `statusBy`. Null: they said so themselves.",
        },
        statusBy: {
          type: ['object', 'null'],
          properties: { name: { type: 'string' }, words: { type: 'string' } },
          required: ['name', 'words'],
          description: "The supervisor who set it, and why; '' where they did not say.",
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
      required: ['status', 'statusReason', 'statusBy', 'usedUnits', 'capUnits', 'classes', 'onShift', 'missedOffers'],
    },
    MacroAction: {
      description: "One typed action; what each holds is told by the API's description of macros.",
      type: 'object',
      properties: { do: { type: 'string' } },
      required: ['do'],
      additionalProperties: {},
    },
    MacroEffect: {
      description: 'What an action would do, or did: a change, something said, or why it cannot be done.',
      type: 'object',
      properties: {
        action: { $ref: '#/components/schemas/MacroAction' },
        change: {
          anyOf: [
            {
              type: 'object',
              properties: { what: { type: 'string' }, field: { type: 'string' }, from: {}, to: {} },
              required: ['what', 'from', 'to'],
            },
            {
              type: 'object',
              properties: {
                says: { type: 'string', enum: ['survey', 'webhook', 'note', 'reply'] },
                text: { type: ['object', 'null'], properties: { en: { type: 'string' }, fa: { type: 'string' } } },
                subjectId: { type: ['string', 'null'] },
              },
              required: ['says', 'text', 'subjectId'],
            },
            {
              type: 'object',
              properties: { refused: { type: 'string' }, detail: { type: 'string' } },
              required: ['refused'],
            },
          ],
        },
      },
      required: ['action', 'change'],
    },
    MacroPreviewView: {
      type: 'object',
      properties: {
        version: {
          type: 'number',
          description: 'The version of the ticket that it was looked at in: to be named when the macro is run.',
        },
        effects: { type: 'array', items: { $ref: '#/components/schemas/MacroEffect' } },
        names: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'What the ids in the effects are called.',
        },
        broken: { type: 'array', items: { $ref: '#/components/schemas/BrokenAction' } },
        runs: { type: 'boolean', description: 'Whether it can be run as things are.' },
      },
      required: ['version', 'effects', 'names', 'broken', 'runs'],
    },
    MacroView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        version: { type: 'number' },
        personal: { type: 'boolean', description: 'Only whoever made it sees and uses it.' },
        name: { type: 'string' },
        queueIds: {
          type: 'array',
          items: { type: 'string' },
          description: 'For tickets of these queues; none for any.',
        },
        actions: { type: 'array', items: { $ref: '#/components/schemas/MacroAction' } },
        broken: {
          type: 'array',
          items: { $ref: '#/components/schemas/BrokenAction' },
          description: 'It cannot be run while there is anything in it.',
        },
        used: { type: 'number' },
        usedAt: { type: ['string', 'null'] },
        changedAt: { type: 'string' },
      },
      required: ['id', 'version', 'personal', 'name', 'queueIds', 'actions', 'broken', 'used', 'usedAt', 'changedAt'],
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
              '__@iterator@144': { type: 'object', description: 'Iterator' },
              '__@unscopables@146': {
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
                  '__@iterator@144': { type: 'boolean', description: 'Iterator' },
                  '__@unscopables@146': {
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
              '__@iterator@144',
              '__@unscopables@146',
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
        phone: {
          anyOf: [{ $ref: '#/components/schemas/AgentPhoneDto' }, { type: 'null' }],
          description: 'Where calls ring; null: nowhere. Left out stays.',
        },
        preferences: {
          $ref: '#/components/schemas/PreferencesDto',
          description: 'What is to be liked differently; what is not named stays.',
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
        phone: {
          type: ['object', 'null'],
          properties: { kind: { type: 'string', enum: ['number', 'sip', 'extension'] }, address: { type: 'string' } },
          required: ['kind', 'address'],
          description: 'Where calls ring for them; null: they get none.',
        },
        preferences: { $ref: '#/components/schemas/Preferences' },
        ownRole: {
          type: ['object', 'null'],
          properties: {
            id: { type: 'string' },
            name: { type: 'object', properties: { en: { type: 'string' }, fa: { type: 'string' } } },
            sees: { type: 'string', enum: ['all', 'own_queues'] },
          },
          required: ['id', 'name', 'sees'],
          description: "The role of the organisation's own that I have; null: a built-in one.",
        },
        permissions: {
          type: 'array',
          items: {
            type: 'string',
            enum: [
              'board.watch',
              'work.steer',
              'steering.watch',
              'steering.whisper',
              'quality.review',
              'reports.read',
              'exports.make',
              'messages.redact',
              'people.export',
              'people.erase',
              'replies.manage',
              'automation.manage',
              'channels.manage',
              'routing.manage',
              'fields.manage',
              'team.manage',
              'developers.manage',
              'privacy.manage',
              'audit.read',
              'system.manage',
            ],
          },
          description: "What I may do beyond my role's everyday work. The hub checks each act again.",
        },
        insecure: {
          type: 'boolean',
          description: 'Peyk serves over plain HTTP: the cookie cannot be marked Secure, and the console says so.',
        },
      },
      required: [
        'id',
        'name',
        'email',
        'role',
        'locale',
        'status',
        'queueIds',
        'phone',
        'preferences',
        'ownRole',
        'permissions',
        'insecure',
      ],
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
    MergeTicketDto: {
      type: 'object',
      properties: { into: { type: 'string', format: 'uuid', description: 'The ticket that stays.' } },
      required: ['into'],
    },
    MergedView: {
      description: 'Somebody who is part of another person.',
      type: 'object',
      properties: { id: { type: 'string' }, name: { type: 'string' }, at: { type: 'string' } },
      required: ['id', 'name', 'at'],
    },
    MessagePlaceDto: {
      type: 'object',
      properties: {
        part: { type: 'string', format: 'uuid', description: 'The conversation row that holds it.' },
        seq: { type: 'integer', minimum: 1 },
      },
      required: ['part', 'seq'],
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
            kind: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
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
            kind: { type: 'string', enum: ['agent', 'customer', 'bot', 'system'] },
            id: { type: ['string', 'null'] },
            name: { type: 'string' },
          },
          required: ['kind', 'id', 'name'],
        },
        kind: { type: 'string', enum: ['keys', 'text', 'note', 'call', 'form', 'event'] },
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
    MissedCallsDto: {
      type: 'object',
      properties: { isOn: { type: 'boolean' }, text: { $ref: '#/components/schemas/WaitingTextDto' } },
      required: ['isOn', 'text'],
    },
    MoveMessageDto: {
      type: 'object',
      properties: { part: { type: 'string', format: 'uuid' }, ticketId: { type: 'string', format: 'uuid' } },
      required: ['part', 'ticketId'],
    },
    MovesDto: {
      type: 'object',
      properties: {
        messages: { type: 'array', items: { $ref: '#/components/schemas/MessagePlaceDto' }, maxItems: 200 },
        ticketId: { type: 'string', format: 'uuid' },
      },
      required: ['messages', 'ticketId'],
    },
    MyCallView: {
      description: '`call` null: my phone is at rest.',
      type: 'object',
      properties: { call: { anyOf: [{ $ref: '#/components/schemas/LiveCallView' }, { type: 'null' }] } },
      required: ['call'],
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
          anyOf: [{ type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] }, { type: 'null' }],
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
        name: {
          type: 'string',
          minLength: 1,
          maxLength: 200,
          description:
            'Until they join and say how they are called; without it, what stands before the @ of their address.',
        },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        ownRoleId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: "A role of the organisation's own, in place of the built-in one.",
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
        phone: {
          anyOf: [{ $ref: '#/components/schemas/AgentPhoneDto' }, { type: 'null' }],
          description: 'null: they get no calls.',
        },
      },
      required: ['email', 'role'],
    },
    NewArticleDto: {
      type: 'object',
      properties: {
        texts: { $ref: '#/components/schemas/ArticleTextsDto' },
        version: {
          type: 'integer',
          minimum: 1,
          description: 'The version that was seen; a newer one refuses the change.',
        },
        tags: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 60 }, maxItems: 20 },
        keywords: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 100 }, maxItems: 50 },
        public: { type: 'boolean' },
      },
      required: ['texts'],
    },
    NewAttributeDto: {
      type: 'object',
      properties: {
        key: { type: 'string' },
        kind: { type: 'string', enum: ['number', 'choice', 'text', 'date', 'birthday', 'choices', 'region', 'yes_no'] },
        name: { $ref: '#/components/schemas/FieldWordsDto' },
        choices: { type: 'array', items: { $ref: '#/components/schemas/FieldChoiceDto' }, maxItems: 200 },
        position: { type: 'integer', minimum: 0, maximum: 1000 },
      },
      required: ['key', 'kind'],
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
          enum: ['busy', 'failed', 'abandoned', 'answered', 'cancelled', 'missed', 'voicemail'],
        },
        note: { type: 'string', maxLength: 10000 },
        disposition: {
          type: 'string',
          description: "What came of it: the key of one of the organisation's own outcomes.",
        },
        followUp: {
          type: 'boolean',
          description: "Somebody is to go on with it: it belongs to the person's live ticket, or to a new one.",
        },
        ticketId: { type: 'string', format: 'uuid', description: 'The live ticket that it is about.' },
      },
      required: ['direction', 'address', 'startedAt', 'durationSeconds', 'outcome'],
    },
    NewCannedReplyDto: {
      type: 'object',
      properties: {
        short: { type: 'string', minLength: 1, maxLength: 40, description: 'What is typed after `/`: no spaces.' },
        title: { type: 'string', minLength: 1, maxLength: 120 },
        texts: { $ref: '#/components/schemas/ReplyTextsDto' },
        personal: {
          type: 'boolean',
          description: 'Only for whoever makes it. What is for everybody is made by supervisors.',
        },
        version: {
          type: 'integer',
          minimum: 1,
          description: 'The version that was seen; a newer one refuses the change.',
        },
        queueIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        channelKinds: {
          type: 'array',
          items: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
        },
        fileIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 10,
          description: 'All of its files; those that are left out are taken off.',
        },
      },
      required: ['short', 'title', 'texts'],
    },
    NewChannelDto: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
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
    NewConnectorDto: {
      type: 'object',
      properties: {
        key: { type: 'string', description: 'What scripts name.' },
        url: { type: 'string', minLength: 8, maxLength: 2000, description: 'With {argument} where an argument goes.' },
        title: { type: 'string', maxLength: 100 },
        method: { type: 'string', enum: ['GET', 'POST'] },
        headers: {
          type: 'object',
          additionalProperties: {},
          description: 'Headers that may be seen. Replaces all of them.',
        },
        secrets: {
          type: 'object',
          additionalProperties: {},
          description: 'Headers that are kept sealed; null takes one away, those that are not named stay.',
        },
        timeoutMs: { type: 'integer', minimum: 100, maximum: 8000 },
        mapping: { type: 'array', items: { $ref: '#/components/schemas/ConnectorMappingDto' }, maxItems: 30 },
      },
      required: ['key', 'url'],
    },
    NewCustomerDto: {
      description:
        "Somebody who never wrote, and what there is to do for them: a customer without work would be nobody's to read.",
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 200 },
        locale: { type: 'string', enum: ['en', 'fa'] },
        email: {
          type: 'string',
          minLength: 3,
          maxLength: 320,
          description: 'Claimed as typed: whoever writes from them is recognised once somebody confirms it.',
        },
        phone: { type: 'string', minLength: 3, maxLength: 320 },
        subject: { type: 'string', minLength: 1, maxLength: 500 },
        queueId: { type: 'string', format: 'uuid' },
        evenIfKnown: { type: 'boolean', description: 'Also where somebody with such an address is known already.' },
      },
      required: ['subject', 'queueId'],
    },
    NewDeploymentDto: {
      type: 'object',
      properties: {
        channelId: { type: 'string', format: 'uuid' },
        hours: {
          type: 'string',
          enum: ['open', 'always', 'closed'],
          description: '`open`: within the hours of the calendar · `closed`: outside of them.',
        },
        calendarId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: "Null: the calendar of the channel's queue.",
        },
        priority: { type: 'integer', minimum: 0, maximum: 1000, description: 'The lowest is asked first.' },
        enabled: { type: 'boolean' },
      },
      required: ['channelId'],
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
    NewExportDto: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['tickets', 'conversations', 'customers'] },
        format: { type: 'string', enum: ['csv', 'jsonl'] },
        locale: { type: 'string', enum: ['en', 'fa'], description: 'The language of the head of a table.' },
        withNotes: { type: 'boolean', description: 'Of conversations: what agents wrote for each other as well.' },
        from: { type: 'string', description: 'The first day, in `zone`.' },
        to: { type: 'string', description: 'The last day, included.' },
        zone: { type: 'string' },
        queue: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        channel: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        agent: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        tag: { type: 'array', items: { type: 'string', maxLength: 100 }, maxItems: 100 },
      },
      required: ['kind', 'from', 'to'],
    },
    NewFieldDto: {
      type: 'object',
      properties: {
        key: { type: 'string' },
        kind: { type: 'string', enum: ['number', 'choice', 'text', 'date', 'choices', 'long_text', 'checkbox'] },
        name: { $ref: '#/components/schemas/FieldWordsDto' },
        choices: { type: 'array', items: { $ref: '#/components/schemas/FieldChoiceDto' }, maxItems: 100 },
        queueIds: {
          type: ['array', 'null'],
          items: { type: 'string', format: 'uuid' },
          maxItems: 200,
          description: 'null: tickets of all queues have it.',
        },
        requiredToSolve: { type: 'boolean' },
        position: { type: 'integer', minimum: 0, maximum: 1000 },
      },
      required: ['key', 'kind'],
    },
    NewHistoryDto: {
      type: 'object',
      properties: {
        system: { type: 'string', enum: ['zendesk', 'chatwoot', 'zammad', 'freescout'] },
        account: {
          type: 'string',
          maxLength: 80,
          description: 'Which account of it, where there are several; the same one is named the same way each time.',
        },
      },
      required: ['system'],
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
    NewMacroDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 120 },
        actions: {
          type: 'array',
          items: { type: 'object', additionalProperties: {} },
          maxItems: 20,
          description: 'Each is `{"do": …}` with what it needs, as rules have them; up to 20, done in this order.',
        },
        personal: {
          type: 'boolean',
          description: 'Only for whoever makes it. What is for everybody is made by supervisors.',
        },
        version: {
          type: 'integer',
          minimum: 1,
          description: 'The version that was seen; a newer one refuses the change.',
        },
        queueIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
      },
      required: ['name', 'actions'],
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
        seen: {
          type: 'string',
          format: 'uuid',
          description:
            'The latest message that the writer had before them when they began. Where a colleague has answered since, it is refused as `answered_meanwhile`; without it nobody is asked.',
        },
        afterwards: {
          $ref: '#/components/schemas/AfterSendDto',
          description: 'Replies only. The reply and this are one decision: where either cannot be, neither is.',
        },
      },
      required: ['id', 'kind', 'body'],
    },
    NewOutreachDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 120 },
        segmentId: { type: 'string', format: 'uuid' },
        version: {
          type: 'integer',
          minimum: 1,
          description: 'The version that was seen; a newer one refuses the change.',
        },
        purpose: { type: 'string', enum: ['service', 'offers', 'news', 'feedback'] },
        consent: { type: 'string', enum: ['service', 'explicit'] },
        texts: { $ref: '#/components/schemas/OutreachTextsDto' },
        channelIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 20 },
        ownChannelFirst: { type: 'boolean' },
        queueId: { type: ['string', 'null'], format: 'uuid', description: 'null: where messages of their channel go.' },
        repeats: { type: 'string', enum: ['once', 'daily', 'weekly', 'monthly'] },
        startsAt: { type: ['string', 'null'], format: 'date-time', description: 'null: as soon as it is scheduled.' },
        coolDownDays: { type: 'integer', minimum: 0, maximum: 730 },
        hours: { type: 'string', enum: ['person', 'any', 'calendar'] },
        fromMinute: { type: 'integer', minimum: 0, maximum: 1439 },
        toMinute: { type: 'integer', minimum: 1, maximum: 1440 },
        calendarId: { type: ['string', 'null'], format: 'uuid' },
        holdOutPercent: { type: 'integer', minimum: 0, maximum: 90 },
        perMinute: { type: 'integer', minimum: 1, maximum: 60000 },
        answerDays: { type: 'integer', minimum: 1, maximum: 90 },
      },
      required: ['name', 'segmentId'],
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
        outOfHours: { type: 'string', enum: ['route', 'wait'] },
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
        reopenHours: {
          type: 'integer',
          minimum: 0,
          maximum: 2160,
          description:
            'How long a solved ticket can be reopened by its customer; after that what they write opens a new one.',
        },
        childrenFirst: { type: 'boolean', description: 'A ticket of it is solved after all of its children only.' },
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
    NewRuleDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        enabled: { type: 'boolean' },
        event: {},
        conditions: { description: '{"all": []} holds always.' },
        actions: { type: 'array', items: {}, maxItems: 20 },
        stops: { type: 'boolean', description: 'Where it fires, rules behind it are not asked.' },
        maxPerHour: {
          type: 'integer',
          minimum: 1,
          maximum: 1000,
          description: 'How often it runs for one ticket within an hour.',
        },
      },
      required: ['name', 'event', 'actions'],
    },
    NewScheduleDto: {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 100 },
        report: {
          type: 'string',
          enum: [
            'tags',
            'bots',
            'channels',
            'promises',
            'rules',
            'surveys',
            'volume',
            'times',
            'backlog',
            'agents',
            'queues',
            'campaigns',
          ],
        },
        every: { type: 'string', enum: ['week', 'day', 'month'] },
        to: { type: 'array', items: { type: 'string', maxLength: 320 }, maxItems: 50 },
        channelId: { type: 'string', format: 'uuid', description: 'The mailbox that it is sent by.' },
        query: { $ref: '#/components/schemas/ReportWishDto' },
        atLocalTime: { type: 'string' },
        zone: { type: 'string' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        enabled: { type: 'boolean' },
      },
      required: ['name', 'report', 'every', 'to', 'channelId'],
    },
    NewScriptDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        key: { type: 'string', description: 'The id under which other scripts call it, where no source brings one.' },
        source: {
          type: 'string',
          description: 'YAML or JSON. Without it a script that greets and brings customers to a person.',
        },
        scenarios: { type: 'array', items: {}, maxItems: 100 },
        ready: {
          type: 'string',
          description: 'The key of a ready script to begin with; the scripts that it calls come along.',
        },
      },
      required: ['name'],
    },
    NewSegmentDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        condition: { description: 'Tests and all, any, not of conditions. {"all": []} is everybody.' },
      },
      required: ['name', 'condition'],
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
    NewStateNameDto: {
      type: 'object',
      properties: {
        state: { type: 'string', enum: ['open', 'pending', 'on_hold', 'solved'] },
        name: { $ref: '#/components/schemas/StateNameTextsDto' },
        position: { type: 'integer', minimum: 0, maximum: 1000 },
      },
      required: ['state', 'name'],
    },
    NewSurveyDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        kind: { type: 'string', enum: ['csat', 'nps', 'ces'] },
        enabled: { type: 'boolean' },
        position: {
          type: 'integer',
          minimum: 0,
          maximum: 10000,
          description: 'Of those that are meant for a queue, the one with the lowest asks.',
        },
        queueIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 200,
          description: 'The queues whose tickets it asks about; none means every queue.',
        },
        tags: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 60 },
          maxItems: 50,
          description: 'It asks about tickets with one of these tags; none means all.',
        },
        fieldKey: {
          type: ['string', 'null'],
          minLength: 1,
          maxLength: 60,
          description:
            'It asks about tickets with one of these values in this field; null: all. Both are given together.',
        },
        fieldValues: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 200 }, maxItems: 50 },
        askOn: {
          type: 'string',
          enum: ['solved', 'call', 'command'],
          description:
            'By itself once a ticket is solved, only when a rule, a macro or an agent says so, or by keypad at the end of a call with one of us.',
        },
        delayMinutes: { type: 'integer', minimum: 0, maximum: 129600, description: 'At most 90 days.' },
        coolDownDays: { type: 'integer', minimum: 0, maximum: 365 },
        expiryHours: { type: 'integer', minimum: 1, maximum: 2160, description: 'At most 90 days.' },
        lowScore: {
          type: ['number', 'null'],
          minimum: 0,
          maximum: 10,
          description: 'The highest score that somebody has to look after; null: none.',
        },
        followUpQueueId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: 'Where a ticket is opened to look after a low score; null: nowhere.',
        },
        question: { $ref: '#/components/schemas/SurveyTextDto' },
        commentPrompt: { $ref: '#/components/schemas/SurveyTextDto' },
        thanks: { $ref: '#/components/schemas/SurveyTextDto' },
      },
      required: ['name', 'kind'],
    },
    NewTicketDto: {
      type: 'object',
      properties: { subject: { type: 'string', maxLength: 300 }, queueId: { type: 'string', format: 'uuid' } },
      required: ['subject', 'queueId'],
    },
    NewViewDto: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
          format: 'uuid',
          description:
            "Its maker's own: making it again under the same id changes nothing, and a removed one comes back under its address.",
        },
        name: { type: 'string', minLength: 1, maxLength: 100 },
        sharedWith: {
          anyOf: [{ type: 'array', items: { type: 'string' } }, { const: 'me' }, { const: 'everyone' }],
          description: "'me', 'everyone', or the queues whose agents see it.",
        },
        filter: { description: 'All or any of tests and groups; see ViewFilter.' },
        sort: { type: 'string', enum: ['waiting', 'priority', 'newest', 'deadline'] },
      },
      required: ['name', 'filter'],
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
              'message.moved',
              'note.written',
              'delivery.sent',
              'delivery.unconfirmed',
              'delivery.parked',
              'delivery.failed',
              'ticket.opened',
              'ticket.assigned',
              'ticket.released',
              'ticket.changed',
              'ticket.reopened',
              'ticket.merged',
              'ticket.unmerged',
              'ticket.split',
              'ticket.unsplit',
              'ticket.field_changed',
              'ticket.snoozed',
              'ticket.woken',
              'ticket.spam',
              'ticket.called',
              'sla.warned',
              'sla.breached',
              'sla.escalated',
              'customer.merged',
              'customer.parted',
              'customer.blocked',
              'customer.unblocked',
              'customer.deletion_requested',
              'survey.asked',
              'survey.answered',
              'survey.commented',
              'bot.started',
              'bot.handed_over',
              'bot.returned',
              'bot.ended',
              'bot.failed',
              'outreach.started',
              'outreach.finished',
              'outreach.stopped',
              'channel.alarm',
              'channel.recovered',
              'queue.alert',
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
    NoticeAlert: {
      type: 'object',
      properties: {
        queue: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
          description: 'null: all queues together.',
        },
        measure: {
          type: 'string',
          enum: ['waiting', 'at_risk', 'longest_wait', 'broken', 'agents_online', 'bot_share', 'first_reply'],
        },
        limit: { type: 'number' },
        value: { type: 'number' },
      },
      required: ['queue', 'measure', 'limit', 'value'],
    },
    NoticeSubject: {
      type: 'object',
      properties: {
        conversation: { type: 'string', description: "The person, by their root's conversation." },
        customer: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        ticket: {
          type: ['object', 'null'],
          properties: {
            number: { type: 'number' },
            id: { type: 'string' },
            prefix: {
              type: 'string',
              description: "Stands before the number, with a hyphen; '' where its first queue had none.",
            },
          },
          required: ['number', 'id', 'prefix'],
        },
        message: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, at: { type: 'string' } },
          required: ['id', 'at'],
          description: 'The message that it is about.',
        },
        channelKind: {
          anyOf: [{ type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] }, { type: 'null' }],
        },
        by: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
          description: 'Who did it; null where the hub or the customer did.',
        },
        text: {
          type: 'string',
          description: "How the message begins; '' where there is none or the agent may not read it.",
        },
      },
      required: ['conversation', 'customer', 'ticket', 'message', 'channelKind', 'by', 'text'],
    },
    NoticeView: {
      description:
        'Something that concerns one agent, kept for thirty days. What it tells is what the agent may read at the moment of asking: once they may not read the person any more, only that there was something.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        kind: {
          type: 'string',
          enum: ['assigned', 'failed', 'reply', 'mention', 'promise', 'alert', 'hand', 'review'],
        },
        at: { type: 'string' },
        isRead: { type: 'boolean' },
        about: {
          anyOf: [{ $ref: '#/components/schemas/NoticeSubject' }, { type: 'null' }],
          description: 'Null: the agent may not read this person any more.',
        },
        promise: {
          type: ['object', 'null'],
          properties: {
            kind: { type: 'string', enum: ['warning', 'breach', 'escalation'] },
            metric: { type: 'string', enum: ['first_response', 'next_response', 'resolution'] },
          },
          required: ['kind', 'metric'],
          description: 'On `promise`.',
        },
        failure: {
          anyOf: [{ type: 'string', enum: ['failed', 'unconfirmed'] }, { type: 'null' }],
          description: 'On `failed`: whether it is known that the message did not arrive.',
        },
        alert: {
          anyOf: [{ $ref: '#/components/schemas/NoticeAlert' }, { type: 'null' }],
          description: 'On `alert`: a limit of the live board that was passed. Such a notice is about nobody.',
        },
      },
      required: ['id', 'kind', 'at', 'isRead', 'about', 'promise', 'failure', 'alert'],
    },
    NoticesFrame: {
      description: 'How many notices wait to be read: at most 100 are counted.',
      type: 'object',
      properties: {
        unread: { type: 'number' },
        isNews: { type: 'boolean', description: 'The newest is news: it came just now.' },
      },
      required: ['unread', 'isNews'],
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
        ticketPrefix: { type: 'string' },
        conversationId: { type: 'string', description: "The person's, as the API knows them." },
        subject: { type: 'string' },
        customerName: { type: 'string' },
        channelKind: {
          anyOf: [{ type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] }, { type: 'null' }],
        },
        ring: {
          type: 'boolean',
          description: 'Somebody is on the line: my phone rings, and whoever takes it up has said yes.',
        },
        queueName: { type: 'string' },
        priority: { type: 'integer', enum: [2, 3, 1, 4] },
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
        'ticketPrefix',
        'conversationId',
        'subject',
        'customerName',
        'channelKind',
        'ring',
        'queueName',
        'priority',
        'why',
        'waitedMs',
        'expiresAt',
        'remainingMs',
      ],
    },
    OfferedReplyView: {
      description: 'A canned reply as the composer offers it, written for the customer at hand.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        short: { type: 'string' },
        title: { type: 'string' },
        personal: { type: 'boolean' },
        text: { type: 'string' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        missing: {
          type: 'array',
          items: { type: 'string' },
          description:
            'Variables that nothing stands for; their markers are in the text, and a message that has one is not sent.',
        },
        fileCount: { type: 'number' },
        used: { type: 'number' },
        unfit: {
          anyOf: [{ type: 'string', enum: ['queue', 'channel'] }, { type: 'null' }],
          description: 'Why it is not for this conversation; it is shown and not offered. Null when it is.',
        },
      },
      required: ['id', 'short', 'title', 'personal', 'text', 'locale', 'missing', 'fileCount', 'used', 'unfit'],
    },
    OpenLinkDto: {
      type: 'object',
      properties: { token: { type: 'string', maxLength: 200, description: 'What is behind the # of the link.' } },
      required: ['token'],
    },
    OpenedLinkView: {
      description: 'What somebody finds who opens such a link. The rest is told of a link that holds, and of no other.',
      type: 'object',
      properties: {
        state: { type: 'string', enum: ['good', 'expired', 'used', 'revoked', 'unknown'] },
        kind: { anyOf: [{ type: 'string', enum: ['invite', 'reset'] }, { type: 'null' }] },
        email: { type: ['string', 'null'] },
        name: { type: ['string', 'null'] },
      },
      required: ['state', 'kind', 'email', 'name'],
    },
    OutreachFiguresView: {
      type: 'object',
      properties: {
        audience: {
          type: 'number',
          description: 'Everybody in the audience so far; it grows while it is being frozen.',
        },
        isFrozen: { type: 'boolean' },
        waiting: { type: 'number' },
        sending: { type: 'number' },
        sent: { type: 'number' },
        delivered: { type: 'number', description: 'Of those sent, whose provider said that it arrived.' },
        unconfirmed: { type: 'number' },
        failed: { type: 'number' },
        skipped: { type: 'number' },
        heldOut: { type: 'number' },
        fellOver: { type: 'number', description: 'Who went on to another way because one failed.' },
        optedOut: { type: 'number' },
        skippedWhy: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              why: {
                type: 'string',
                enum: [
                  'no_consent',
                  'opted_out',
                  'blocked',
                  'withdrawn',
                  'cap',
                  'merged',
                  'missing_variable',
                  'no_text',
                  'no_way',
                  'quiet_hours',
                  'all_ways_failed',
                ],
              },
              people: { type: 'number' },
            },
            required: ['why', 'people'],
          },
        },
        channels: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' }, sent: { type: 'number' } },
            required: ['id', 'name', 'sent'],
          },
        },
        told: { $ref: '#/components/schemas/OutreachGroupView' },
        held: { $ref: '#/components/schemas/OutreachGroupView' },
      },
      required: [
        'audience',
        'isFrozen',
        'waiting',
        'sending',
        'sent',
        'delivered',
        'unconfirmed',
        'failed',
        'skipped',
        'heldOut',
        'fellOver',
        'optedOut',
        'skippedWhy',
        'channels',
        'told',
        'held',
      ],
    },
    OutreachGroupView: {
      description: 'Those who got it, or those who were held out to compare them with.',
      type: 'object',
      properties: {
        people: { type: 'number' },
        wrote: { type: 'number', description: 'Who wrote to us within the days of an answer.' },
        bought: { type: 'number', description: 'Who bought something within them.' },
        spent: {
          type: 'array',
          items: {
            type: 'object',
            properties: { currency: { type: 'string' }, amount: { type: 'number' } },
            required: ['currency', 'amount'],
          },
          description: 'What they bought together, per currency.',
        },
      },
      required: ['people', 'wrote', 'bought', 'spent'],
    },
    OutreachLimitsDto: {
      type: 'object',
      properties: {
        perDay: { type: 'integer', minimum: 1, maximum: 50 },
        perWeek: { type: 'integer', minimum: 1, maximum: 200 },
      },
      required: ['perDay', 'perWeek'],
    },
    OutreachLimitsView: {
      type: 'object',
      properties: {
        perDay: { type: 'number', description: 'The most that one person gets of all outreach together.' },
        perWeek: { type: 'number' },
      },
      required: ['perDay', 'perWeek'],
    },
    OutreachPersonView: {
      type: 'object',
      properties: {
        personId: { type: 'string' },
        conversationId: { type: 'string' },
        name: { type: 'string' },
        round: { type: 'number' },
        state: { type: 'string', enum: ['failed', 'waiting', 'skipped', 'sent', 'unconfirmed', 'sending', 'held_out'] },
        why: {
          type: 'string',
          enum: [
            '',
            'no_consent',
            'opted_out',
            'blocked',
            'withdrawn',
            'cap',
            'merged',
            'missing_variable',
            'no_text',
            'no_way',
            'quiet_hours',
            'all_ways_failed',
          ],
          description: "'' where there is nothing to say.",
        },
        details: { type: 'array', items: { type: 'string' }, description: 'Variables that nothing stands for.' },
        channel: {
          type: ['object', 'null'],
          properties: {
            id: { type: 'string' },
            kind: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
            name: { type: 'string' },
          },
          required: ['id', 'kind', 'name'],
        },
        failedWays: { type: 'number', description: 'How often a way failed before.' },
        sentAt: { type: ['string', 'null'] },
        dueAt: { type: ['string', 'null'], description: 'When somebody who waits is looked at again.' },
      },
      required: [
        'personId',
        'conversationId',
        'name',
        'round',
        'state',
        'why',
        'details',
        'channel',
        'failedWays',
        'sentAt',
        'dueAt',
      ],
    },
    OutreachPreviewRow: {
      description: 'What would become of one member if it were sent now.',
      type: 'object',
      properties: {
        personId: { type: 'string' },
        conversationId: { type: 'string' },
        name: { type: 'string' },
        outcome: { type: 'string', enum: ['send', 'skip', 'wait', 'hold_out'] },
        why: {
          type: 'string',
          enum: [
            '',
            'no_consent',
            'opted_out',
            'blocked',
            'withdrawn',
            'cap',
            'merged',
            'missing_variable',
            'no_text',
            'no_way',
            'quiet_hours',
            'all_ways_failed',
          ],
        },
        details: { type: 'array', items: { type: 'string' } },
        channel: {
          type: ['object', 'null'],
          properties: {
            id: { type: 'string' },
            kind: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
            name: { type: 'string' },
          },
          required: ['id', 'kind', 'name'],
        },
        subject: { type: 'string', description: "What they would get, '' where nothing." },
        text: { type: 'string' },
        waitsUntil: { type: ['string', 'null'] },
      },
      required: [
        'personId',
        'conversationId',
        'name',
        'outcome',
        'why',
        'details',
        'channel',
        'subject',
        'text',
        'waitsUntil',
      ],
    },
    OutreachPreviewView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/OutreachPreviewRow' } },
        counts: {
          type: 'object',
          properties: {
            send: { type: 'number' },
            skip: { type: 'number' },
            wait: { type: 'number' },
            holdOut: { type: 'number' },
          },
          required: ['send', 'skip', 'wait', 'holdOut'],
          description: 'Of the members that were looked at.',
        },
        isCut: { type: 'boolean', description: 'There are more members than were looked at.' },
      },
      required: ['rows', 'counts', 'isCut'],
    },
    OutreachText: {
      description: 'A text in one language; empty where it is not written in it. The subject is used by mails only.',
      type: 'object',
      properties: { subject: { type: 'string' }, body: { type: 'string' } },
      required: ['subject', 'body'],
    },
    OutreachTextDto: {
      type: 'object',
      properties: { subject: { type: 'string', maxLength: 300 }, body: { type: 'string', maxLength: 10000 } },
    },
    OutreachTextsDto: {
      description: 'Empty where it is not written in a language.',
      type: 'object',
      properties: {
        en: { $ref: '#/components/schemas/OutreachTextDto' },
        fa: { $ref: '#/components/schemas/OutreachTextDto' },
      },
    },
    OutreachView: {
      description: 'Something that is told to the members of a segment.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        version: { type: 'number' },
        state: { type: 'string', enum: ['done', 'running', 'stopped', 'paused', 'draft', 'scheduled'] },
        purpose: { type: 'string', enum: ['service', 'offers', 'news', 'feedback'] },
        consent: {
          type: 'string',
          enum: ['service', 'explicit'],
          description: 'explicit: only who agreed to the purpose. service: everybody who has not withdrawn.',
        },
        segmentId: { type: 'string' },
        texts: {
          type: 'object',
          properties: {
            en: { $ref: '#/components/schemas/OutreachText' },
            fa: { $ref: '#/components/schemas/OutreachText' },
          },
          required: ['en', 'fa'],
        },
        channelIds: { type: 'array', items: { type: 'string' }, description: 'In the order in which they are tried.' },
        ownChannelFirst: {
          type: 'boolean',
          description: 'The channel that a person asked for, or uses most, goes first.',
        },
        queueId: {
          type: ['string', 'null'],
          description: 'Where answers go; null: where messages of their channel go.',
        },
        repeats: { type: 'string', enum: ['once', 'daily', 'weekly', 'monthly'] },
        startsAt: { type: ['string', 'null'], description: 'ISO; null: as soon as it is scheduled.' },
        coolDownDays: { type: 'number', description: 'Of one that repeats: whoever got it is left alone for so long.' },
        hours: {
          type: 'string',
          enum: ['person', 'any', 'calendar'],
          description:
            'When it may arrive: at any hour, within hours on the clock of the person, or while a calendar is open.',
        },
        fromMinute: { type: 'number', description: 'Minutes of the day.' },
        toMinute: { type: 'number' },
        calendarId: { type: ['string', 'null'] },
        holdOutPercent: { type: 'number' },
        perMinute: { type: 'number' },
        answerDays: { type: 'number', description: 'For how long what somebody writes counts as an answer to it.' },
        round: { type: 'number', description: 'How often it ran, the present round included.' },
        nextAt: { type: ['string', 'null'], description: 'When it runs next; null when it does not.' },
        createdAt: { type: 'string' },
        changedAt: { type: 'string' },
      },
      required: [
        'id',
        'name',
        'version',
        'state',
        'purpose',
        'consent',
        'segmentId',
        'texts',
        'channelIds',
        'ownChannelFirst',
        'queueId',
        'repeats',
        'startsAt',
        'coolDownDays',
        'hours',
        'fromMinute',
        'toMinute',
        'calendarId',
        'holdOutPercent',
        'perMinute',
        'answerDays',
        'round',
        'nextAt',
        'createdAt',
        'changedAt',
      ],
    },
    OwnIdentityView: {
      description: 'How I am known to a provider.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        provider: { type: 'string' },
        email: { type: 'string' },
        linkedAt: { type: 'string' },
        lastUsedAt: { type: 'string' },
      },
      required: ['id', 'provider', 'email', 'linkedAt', 'lastUsedAt'],
    },
    OwnRoleView: {
      description: "A role of the organisation's own.",
      type: 'object',
      properties: {
        id: { type: 'string' },
        version: { type: 'number' },
        name: { type: 'object', properties: { en: { type: 'string' }, fa: { type: 'string' } } },
        base: {
          type: 'string',
          enum: ['agent', 'supervisor'],
          description: 'The built-in role whose everyday work it is.',
        },
        permissions: {
          type: 'array',
          items: {
            type: 'string',
            enum: [
              'board.watch',
              'work.steer',
              'steering.watch',
              'steering.whisper',
              'quality.review',
              'reports.read',
              'exports.make',
              'messages.redact',
              'people.export',
              'people.erase',
              'replies.manage',
              'automation.manage',
              'channels.manage',
              'routing.manage',
              'fields.manage',
              'team.manage',
              'developers.manage',
              'privacy.manage',
              'audit.read',
              'system.manage',
            ],
          },
        },
        sees: { type: 'string', enum: ['all', 'own_queues'] },
        agents: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' } },
            required: ['id', 'name'],
          },
          description: 'Who has it now; accounts that are off included.',
        },
      },
      required: ['id', 'version', 'name', 'base', 'permissions', 'sees', 'agents'],
    },
    OwnSessionView: {
      description: 'Somewhere I am signed in.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        device: {
          type: 'object',
          properties: {
            browser: { type: ['string', 'null'] },
            system: { type: ['string', 'null'] },
            isPhone: { type: 'boolean' },
          },
          required: ['browser', 'system', 'isPhone'],
        },
        address: { type: 'string', description: "Where it was begun; '' where nobody knows." },
        via: { type: ['string', 'null'], description: 'The provider by which they signed in; null: none.' },
        begunAt: { type: 'string' },
        lastSeenAt: { type: 'string' },
        isThis: { type: 'boolean', description: 'The one that asks.' },
      },
      required: ['id', 'device', 'address', 'via', 'begunAt', 'lastSeenAt', 'isThis'],
    },
    OwnStartDto: {
      type: 'object',
      properties: {
        done: { type: 'string', description: 'Something that was tried for the first time.' },
        dismissed: { type: 'boolean' },
      },
    },
    PageOfAuditEntryView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/AuditEntryView' } },
        next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
      },
      required: ['rows', 'next'],
    },
    PageOfCallbackView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/CallbackView' } },
        next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
      },
      required: ['rows', 'next'],
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
    PageOfNoticeView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/NoticeView' } },
        next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
      },
      required: ['rows', 'next'],
    },
    PageOfOutreachPersonView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/OutreachPersonView' } },
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
    PageOfRuleRunView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/RuleRunView' } },
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
    PageOfSurveyAnswerView: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/SurveyAnswerView' } },
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
    ParentDto: {
      type: 'object',
      properties: {
        parentId: { type: ['string', 'null'], format: 'uuid', description: "null: it is nobody's child any more." },
      },
      required: ['parentId'],
    },
    PasswordRuleDto: {
      type: 'object',
      properties: {
        passwords: { type: 'string', enum: ['everybody', 'some'] },
        keepPassword: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 50,
          description: 'Administrators who keep theirs whatever happens to a provider.',
        },
      },
      required: ['passwords', 'keepPassword'],
    },
    PersonExportView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        state: { type: 'string', enum: ['done', 'failed', 'running'] },
        withNotes: { type: 'boolean' },
        bytes: { type: ['number', 'null'] },
        madeBy: { type: 'string' },
        createdAt: { type: 'string' },
        expiresAt: { type: ['string', 'null'], description: 'When the file goes; null until it is there.' },
      },
      required: ['id', 'state', 'withNotes', 'bytes', 'madeBy', 'createdAt', 'expiresAt'],
    },
    PersonPrivacyView: {
      description: 'What is known of one person beside what they said: what may be done with it.',
      type: 'object',
      properties: {
        hold: { anyOf: [{ $ref: '#/components/schemas/LegalHoldView' }, { type: 'null' }] },
        exports: { type: 'array', items: { $ref: '#/components/schemas/PersonExportView' } },
        consents: { type: 'array', items: { $ref: '#/components/schemas/VisitorConsentView' } },
      },
      required: ['hold', 'exports', 'consents'],
    },
    PlayScriptDto: {
      type: 'object',
      properties: {
        source: { type: 'string' },
        versionId: { type: 'string', format: 'uuid', description: 'A published version, in the place of a source.' },
        channel: { type: 'string' },
        locale: { type: 'string' },
        at: {
          anyOf: [{ type: 'string' }, { type: 'number' }],
          description: 'When it begins: ISO 8601, or milliseconds.',
        },
        zone: { type: 'string', maxLength: 60 },
        inputs: {
          type: 'array',
          items: {},
          maxItems: 200,
          description: 'What the customer and the world do, as scenarios have it.',
        },
        world: {},
        vars: {},
        opening: {
          type: 'string',
          maxLength: 4000,
          description: "The customer's first words, with which the talk begins.",
        },
      },
      required: ['channel', 'locale', 'at', 'inputs'],
    },
    Preferences: {
      description:
        'How a colleague likes the console: kept by the hub for the account, so that every browser of theirs has it.',
      type: 'object',
      properties: {
        sound: { type: 'boolean', description: 'Plays when work and words come.' },
        repeat: { type: 'boolean', description: 'Plays again every 20 seconds until somebody takes what came.' },
        quiet: {
          type: ['object', 'null'],
          properties: { from: { type: 'string' }, to: { type: 'string' } },
          required: ['from', 'to'],
          description:
            "No sounds and no notices between these times of day, 'HH:MM'; over midnight where `from` is the later one. Null: at any time.",
        },
        keys: {
          type: 'string',
          enum: ['off', 'single', 'alt'],
          description: 'Shortcuts of one letter: none, as they are, or with Alt held.',
        },
        undo: {
          type: 'object',
          properties: { email: { type: 'number' }, other: { type: 'number' } },
          required: ['email', 'other'],
          description: 'For how many seconds what was sent can be taken back; 0: it leaves at once.',
        },
        calendar: {
          type: 'string',
          enum: ['auto', 'jalali', 'gregorian'],
          description: 'Auto: what goes with the language.',
        },
        digits: { type: 'string', enum: ['auto', 'persian', 'latin'] },
        density: { type: 'string', enum: ['comfortable', 'compact'] },
        enterSends: {
          type: 'boolean',
          description: 'Enter sends, and Shift+Enter begins a line; otherwise Ctrl+Enter sends.',
        },
        afterResolve: {
          type: 'string',
          enum: ['stay', 'next'],
          description: 'What shows once a ticket is solved: itself, or the next one of the list.',
        },
      },
      required: [
        'sound',
        'repeat',
        'quiet',
        'keys',
        'undo',
        'calendar',
        'digits',
        'density',
        'enterSends',
        'afterResolve',
      ],
    },
    PreferencesDto: {
      description: 'What is to be liked differently; left out stays.',
      type: 'object',
      properties: {
        sound: { type: 'boolean' },
        repeat: { type: 'boolean' },
        quiet: {
          anyOf: [{ $ref: '#/components/schemas/QuietDto' }, { type: 'null' }],
          description: 'Null: at any time.',
        },
        keys: { type: 'string', enum: ['off', 'single', 'alt'] },
        undo: { $ref: '#/components/schemas/UndoDto' },
        calendar: { type: 'string', enum: ['auto', 'jalali', 'gregorian'] },
        digits: { type: 'string', enum: ['auto', 'persian', 'latin'] },
        density: { type: 'string', enum: ['comfortable', 'compact'] },
        enterSends: { type: 'boolean' },
        afterResolve: { type: 'string', enum: ['stay', 'next'] },
      },
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
    PromiseCounts: { type: 'object' },
    PromptLibraryView: {
      description: 'The prompt library: what lines need, and what there is.',
      type: 'object',
      properties: { prompts: { type: 'array', items: { $ref: '#/components/schemas/PromptView' } } },
      required: ['prompts'],
    },
    PromptView: {
      description: 'A recording that lines play.',
      type: 'object',
      properties: {
        name: { type: 'string' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        text: { type: 'string', description: "What is to be read aloud; '' for music, and for what nothing says." },
        state: {
          type: 'string',
          enum: ['own', 'starter', 'missing'],
          description: 'own: recorded here · starter: synthesised, comes with Peyk · missing: nobody hears anything.',
        },
        group: {
          type: 'string',
          enum: ['other', 'line', 'script', 'engine', 'numbers'],
          description: 'Which part of the library it belongs to.',
        },
        scripts: { type: 'array', items: { type: 'string' }, description: 'Keys of the scripts that play it.' },
        wanted: { type: ['number', 'null'], description: 'How often lines wanted it in vain; null: never.' },
        ms: { type: ['number', 'null'] },
        changedAt: { type: ['string', 'null'] },
        url: {
          type: ['string', 'null'],
          description: 'Where this version is heard, relative to the hub; null where it is missing.',
        },
      },
      required: ['name', 'locale', 'text', 'state', 'group', 'scripts', 'wanted', 'ms', 'changedAt', 'url'],
    },
    ProveDto: {
      type: 'object',
      properties: {
        password: { type: 'string', maxLength: 1000 },
        code: { type: 'string', maxLength: 40, description: 'Six digits of the authenticator, or a recovery code.' },
      },
      required: ['password', 'code'],
    },
    PublishScriptDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', description: 'The version of the draft that was seen.' },
        note: { type: 'string', maxLength: 500, description: 'What is new, in a sentence.' },
        at: { type: 'string', format: 'date-time', description: 'From when on; without it at once.' },
        percent: {
          type: 'integer',
          minimum: 1,
          maximum: 100,
          description: 'For which share of the customers, always the same ones.',
        },
      },
      required: ['version'],
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
    PurchaseRefusedView: {
      description: 'What became of a purchase that was sent. `at`: its place in the list.',
      type: 'object',
      properties: { at: { type: 'number' }, field: { type: 'string' }, code: { type: 'string' } },
      required: ['at', 'field', 'code'],
    },
    PurchaseView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        source: { type: 'string' },
        externalId: { type: 'string', description: 'Its name there; one purchase per source and name.' },
        amount: { type: 'number', description: 'In minor units of the currency: cents, and whole rials.' },
        currency: { type: 'string' },
        at: { type: 'string' },
        items: { type: 'string' },
      },
      required: ['id', 'source', 'externalId', 'amount', 'currency', 'at', 'items'],
    },
    PurchasesTakenView: {
      type: 'object',
      properties: {
        created: { type: 'number' },
        changed: { type: 'number' },
        unchanged: { type: 'number' },
        refused: {
          type: 'array',
          items: { $ref: '#/components/schemas/PurchaseRefusedView' },
          description: 'These were not taken; all others were.',
        },
      },
      required: ['created', 'changed', 'unchanged', 'refused'],
    },
    PushDto: {
      description: "A browser's subscription, as its PushSubscription says it.",
      type: 'object',
      properties: {
        endpoint: { type: 'string', maxLength: 1000 },
        keys: { $ref: '#/components/schemas/PushKeysDto' },
        withText: {
          type: 'boolean',
          description: 'Whether what was written may be shown, or only who wrote and by which channel.',
        },
      },
      required: ['endpoint', 'keys'],
    },
    PushKeyView: {
      description: 'What push services know this installation by: base64url, for `applicationServerKey`.',
      type: 'object',
      properties: { key: { type: 'string' } },
      required: ['key'],
    },
    PushKeysDto: {
      description: 'What the browser encrypts to, in base64url: its point on P-256, and 16 bytes.',
      type: 'object',
      properties: { p256dh: { type: 'string' }, auth: { type: 'string' } },
      required: ['p256dh', 'auth'],
    },
    PushView: {
      description: 'A browser that is woken while no console of its agent is connected.',
      type: 'object',
      properties: { id: { type: 'string' } },
      required: ['id'],
    },
    QualityWordsDto: {
      description: 'In the languages in which it is there; one of them at least.',
      type: 'object',
      properties: { en: { type: 'string', maxLength: 200 }, fa: { type: 'string', maxLength: 200 } },
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
            kind: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
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
    QuestionDto: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
          format: 'uuid',
          description: 'The question of the version before that it is; none: a new one.',
        },
        name: { $ref: '#/components/schemas/QualityWordsDto' },
        kind: { type: 'string', enum: ['yes_no', 'one_to_five'] },
        weight: { type: 'integer', minimum: 1, maximum: 100 },
        critical: { type: 'boolean' },
      },
      required: ['name', 'kind', 'weight', 'critical'],
    },
    QuestionView: {
      type: 'object',
      properties: {
        id: { type: 'string', description: 'Stays with the question from version to version.' },
        name: { $ref: '#/components/schemas/FieldWordsView' },
        kind: { type: 'string', enum: ['yes_no', 'one_to_five'] },
        weight: { type: 'number', description: 'What it counts beside the others.' },
        critical: { type: 'boolean', description: 'Failing it (no, or 1 of 5) fails the whole review.' },
      },
      required: ['id', 'name', 'kind', 'weight', 'critical'],
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
        ways: { type: 'array', items: { type: 'string', enum: ['sms', 'same', 'call'] } },
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
    QueueRecordingDto: {
      description: 'Whether the calls of a queue are recorded, after callers are told so.',
      type: 'object',
      properties: {
        mode: { type: 'string', enum: ['off', 'announced'] },
        keepDays: {
          type: ['number', 'null'],
          minimum: 1,
          maximum: 3650,
          description: 'Days; null: until somebody deletes it.',
        },
      },
      required: ['mode', 'keepDays'],
    },
    QueueRecordingView: {
      description:
        'Whether calls are recorded, after telling so, and for how many days what was recorded is kept; null: until somebody deletes it.',
      type: 'object',
      properties: { mode: { type: 'string', enum: ['off', 'announced'] }, keepDays: { type: ['number', 'null'] } },
      required: ['mode', 'keepDays'],
    },
    QueueSettingsView: {
      description: 'A queue with all that administrators set up.',
      type: 'object',
      properties: {
        version: { type: 'number', description: 'Counts up with every change of its settings.' },
        calendarId: { type: ['string', 'null'] },
        outOfHours: { type: 'string', enum: ['route', 'wait'] },
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
        reopenHours: {
          type: 'number',
          description: 'How long a solved ticket can be reopened by its customer, in hours.',
        },
        childrenFirst: { type: 'boolean', description: 'A ticket of it is solved after all of its children only.' },
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
        'reopenHours',
        'childrenFirst',
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
          enum: ['callback', 'alert', 'lower_skill', 'widen_level', 'add_queue', 'boost', 'move_queue'],
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
          enum: ['callback', 'alert', 'lower_skill', 'widen_level', 'add_queue', 'boost', 'move_queue'],
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
    QueueTicketsDto: {
      description: 'What a queue does with its tickets besides routing them, as a whole.',
      type: 'object',
      properties: {
        prefix: { type: 'string' },
        idleDays: { type: ['number', 'null'], minimum: 1, maximum: 365 },
        idleWarnDays: { type: 'integer', minimum: 1, maximum: 30 },
        idleTexts: { $ref: '#/components/schemas/IdleTextsDto' },
        duplicateHours: { type: 'integer', minimum: 0, maximum: 720 },
      },
      required: ['prefix', 'idleDays', 'idleWarnDays', 'idleTexts', 'duplicateHours'],
    },
    QueueTicketsView: {
      description: 'What a queue does with its tickets besides routing them.',
      type: 'object',
      properties: {
        prefix: {
          type: 'string',
          description: "2 to 6 capital letters before the numbers of tickets opened here; '': none.",
        },
        idleDays: {
          type: ['number', 'null'],
          description: 'A pending ticket is solved after so many days without an answer; null: never.',
        },
        idleWarnDays: { type: 'number', description: 'So many days before that, the ticket says so.' },
        idleTexts: {
          type: 'object',
          properties: { en: { type: 'string' }, fa: { type: 'string' } },
          required: ['en', 'fa'],
          description: "What the customer is told then, in their language; '' in both: nothing.",
        },
        duplicateHours: {
          type: 'number',
          description:
            'Open tickets of one person opened within so many hours of each other are told as doubtful; 0: only alike ones.',
        },
      },
      required: ['prefix', 'idleDays', 'idleWarnDays', 'idleTexts', 'duplicateHours'],
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
        missedCalls: { $ref: '#/components/schemas/MissedCallsDto', description: 'Left out, it stays as it is.' },
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
            ways: { type: 'array', items: { type: 'string', enum: ['sms', 'same', 'call'] } },
          },
          required: ['isOn', 'afterMinutes', 'ways'],
        },
        tellClosed: {
          type: 'boolean',
          description: "Whether those who write outside the queue's hours are told when it opens again.",
        },
        missedCalls: {
          type: 'object',
          properties: {
            isOn: { type: 'boolean' },
            text: {
              type: 'object',
              properties: { en: { type: 'string' }, fa: { type: 'string' } },
              required: ['en', 'fa'],
            },
          },
          required: ['isOn', 'text'],
          description:
            "Whether those whose call nobody answered are told by SMS that it was seen. Empty texts: the hub's own words.",
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
      required: ['tell', 'callback', 'tellClosed', 'missedCalls', 'texts'],
    },
    QuietDto: {
      type: 'object',
      properties: {
        from: { type: 'string', description: "'HH:MM', where the reader is." },
        to: { type: 'string', description: 'The same; before `from` for a time over midnight.' },
      },
      required: ['from', 'to'],
    },
    RaiseHandDto: {
      type: 'object',
      properties: {
        words: {
          type: 'string',
          maxLength: 500,
          description: 'What the agent wants help with, in a sentence; may be empty.',
        },
      },
    },
    RaisedHandView: {
      description:
        'An agent who wants help with a person, until they, a supervisor or the end of their work lowers it.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        agent: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        words: { type: 'string' },
        raisedAt: { type: 'string' },
        takenBy: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
          description: 'The supervisor who is on it.',
        },
      },
      required: ['id', 'agent', 'words', 'raisedAt', 'takenBy'],
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
    ReadImportDto: {
      type: 'object',
      properties: {
        terms: {
          $ref: '#/components/schemas/ImportTermsDto',
          description: 'As it was last chosen where it is not said.',
        },
      },
    },
    ReadMarks: {
      description: 'How far a reader has read of a person: by part, and how many messages from outside are behind.',
      type: 'object',
      properties: { unread: { type: 'number' }, read: { type: 'object', additionalProperties: { type: 'number' } } },
      required: ['unread', 'read'],
    },
    ReadNoticesDto: {
      description: 'Which notices were read: those named, those about a person, or with neither all.',
      type: 'object',
      properties: {
        ids: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        conversation: { type: 'string', format: 'uuid' },
      },
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
    ReadyScriptView: {
      description: 'A script that comes with the hub, to begin with.',
      type: 'object',
      properties: {
        key: { type: 'string' },
        title: { $ref: '#/components/schemas/ScriptTexts' },
        about: { $ref: '#/components/schemas/ScriptTexts', description: 'What it does for customers, one sentence.' },
        channels: { type: 'array', items: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'voice'] } },
        brings: {
          type: 'array',
          items: { type: 'string' },
          description: 'Keys of other ready scripts that come along with it.',
        },
        needs: {
          type: 'array',
          items: { type: 'string' },
          description: 'Connectors that have to be there before it can be published.',
        },
        scriptId: { type: ['string', 'null'], description: 'The script that was made of it; null: not yet.' },
      },
      required: ['key', 'title', 'about', 'channels', 'brings', 'needs', 'scriptId'],
    },
    RecordingAccessView: {
      description: 'Who listened to a recording, newest first, to the minute.',
      type: 'object',
      properties: {
        listens: {
          type: 'array',
          items: {
            type: 'object',
            properties: { agentId: { type: 'string' }, agentName: { type: 'string' }, minute: { type: 'string' } },
            required: ['agentId', 'agentName', 'minute'],
          },
        },
      },
      required: ['listens'],
    },
    RecordingView: {
      description: 'What is kept of what was said on a call.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        source: { type: 'string', description: 'The recording as its source names it, as in `CallView.recordings`.' },
        state: {
          type: 'string',
          enum: ['refused', 'due', 'failed', 'kept', 'gone'],
          description:
            'due: on its way here · refused: nobody consented, or nothing is to be recorded · failed: it could not be had · gone: deleted here.',
        },
        reason: {
          anyOf: [
            {
              type: 'string',
              enum: [
                'no_consent',
                'caller_refused',
                'policy_off',
                'unavailable',
                'too_large',
                'not_audio',
                'retention',
                'redacted',
              ],
            },
            { type: 'null' },
          ],
          description: 'Why it was refused or could not be had, or what deleted it; null while it is due or kept.',
        },
        seconds: { type: ['number', 'null'] },
        url: {
          type: ['string', 'null'],
          description: 'Where it is heard, relative to the hub; null unless it is kept.',
        },
        keepUntil: {
          type: ['string', 'null'],
          description: 'kept: when it is deleted by itself; null: not by itself.',
        },
        goneAt: { type: ['string', 'null'] },
      },
      required: ['id', 'source', 'state', 'reason', 'seconds', 'url', 'keepUntil', 'goneAt'],
    },
    RecoveryCodesView: {
      description: 'Shown once. Each opens the account one time.',
      type: 'object',
      properties: { codes: { type: 'array', items: { type: 'string' } } },
      required: ['codes'],
    },
    RedactionView: {
      description: 'What is left of a message that was redacted, and what is out of reach.',
      type: 'object',
      properties: {
        redactedAt: { type: 'string' },
        isElsewhere: {
          type: 'boolean',
          description: 'It went over the wire, so that its receiver or sender has it all the same.',
        },
      },
      required: ['redactedAt', 'isElsewhere'],
    },
    RelatedTicketView: {
      description:
        'Another ticket by what may be shown of it. What the reader may not work on has its number and state only.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        number: { type: 'number' },
        prefix: { type: 'string' },
        state: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] },
        subject: { type: 'string' },
        customer: { type: 'string', description: "Whose it is; '' where it is kept from this reader." },
        conversation: {
          type: ['string', 'null'],
          description: "The person's conversation; null where it is kept from this reader.",
        },
      },
      required: ['id', 'number', 'prefix', 'state', 'subject', 'customer', 'conversation'],
    },
    ReleaseDto: {
      type: 'object',
      properties: {
        versionId: { type: 'string', format: 'uuid' },
        at: { type: 'string', format: 'date-time', description: 'From when on; without it at once.' },
        percent: {
          type: 'integer',
          minimum: 1,
          maximum: 100,
          description: 'For which share of the customers, always the same ones.',
        },
      },
      required: ['versionId'],
    },
    RenameTagDto: {
      type: 'object',
      properties: {
        from: { type: 'string', minLength: 1, maxLength: 60, description: 'One of its spellings.' },
        to: {
          type: 'string',
          minLength: 1,
          maxLength: 60,
          description: 'The new name. Where it is a tag already, the two become one.',
        },
      },
      required: ['from', 'to'],
    },
    ReopenReviewDto: {
      type: 'object',
      properties: { reason: { type: 'string', maxLength: 500 } },
      required: ['reason'],
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
    ReplayTalkDto: {
      type: 'object',
      properties: {
        sessionId: { type: 'string', format: 'uuid', description: 'A talk of the script that was.' },
        source: {
          type: 'string',
          maxLength: 400000,
          description: 'What is played instead; without it the draft as it is stored.',
        },
      },
      required: ['sessionId'],
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
    ReplyPlaceDto: {
      description: 'For what a reply is written, besides the conversation.',
      type: 'object',
      properties: {
        channelId: { type: 'string', format: 'uuid' },
        ticketId: { type: 'string', format: 'uuid' },
        locale: { type: 'string', enum: ['en', 'fa'], description: "The customer's own language when it is left out." },
      },
    },
    ReplyTextsDto: {
      type: 'object',
      properties: {
        en: { type: 'string', maxLength: 10000, description: 'Empty where it is not written in this language.' },
        fa: { type: 'string', maxLength: 10000 },
      },
    },
    ReplyTrialView: {
      description: 'How a text would come out for an imagined customer.',
      type: 'object',
      properties: {
        text: { type: 'string' },
        fault: { anyOf: [{ $ref: '#/components/schemas/TemplateFaultView' }, { type: 'null' }] },
        risky: {
          type: 'array',
          items: { type: 'string' },
          description: 'Variables that may be missing for a real customer, and that the text does not provide for.',
        },
      },
      required: ['text', 'fault', 'risky'],
    },
    ReplyVariableView: {
      description: 'A variable that texts may use. `example` is what it might say, in each language.',
      type: 'object',
      properties: {
        name: { type: 'string' },
        type: { type: 'string', enum: ['number', 'text', 'date'] },
        example: { $ref: '#/components/schemas/BothTexts' },
      },
      required: ['name', 'type', 'example'],
    },
    ReplyWay: {
      description:
        'A way to answer: a channel and the identity it reaches, best first. A disabled one says why in `unavailable`.',
      type: 'object',
      properties: {
        channelId: { type: 'string' },
        channelKind: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
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
    ReportColumn: {
      type: 'object',
      properties: {
        key: { type: 'string' },
        unit: { type: 'string', enum: ['count', 'seconds', 'share', 'score'] },
        better: {
          anyOf: [{ type: 'string', enum: ['up', 'down'] }, { type: 'null' }],
          description: 'Which way is good news.',
        },
      },
      required: ['key', 'unit', 'better'],
    },
    ReportRow: {
      type: 'object',
      properties: {
        key: {
          type: 'string',
          description:
            "An id, a tag or an instant: the first local day as `2026-11-23`, an hour as `2026-11-23T14:00+03:30`. Empty: nobody's.",
        },
        label: {
          type: ['string', 'null'],
          description: "Name of a queue, agent…; null for instants, and for what has no name: nobody's, or gone.",
        },
        values: { type: 'array', items: { type: ['number', 'null'] } },
        before: { type: ['array', 'null'], items: { type: ['number', 'null'] } },
      },
      required: ['key', 'label', 'values', 'before'],
    },
    ReportScheduleView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        report: {
          type: 'string',
          enum: [
            'tags',
            'bots',
            'channels',
            'promises',
            'rules',
            'surveys',
            'volume',
            'times',
            'backlog',
            'agents',
            'queues',
            'campaigns',
          ],
        },
        query: { $ref: '#/components/schemas/ReportWish' },
        every: {
          type: 'string',
          enum: ['week', 'day', 'month'],
          description: 'day: of yesterday. week, month: of the whole one before, by the calendar of `query`.',
        },
        atLocalTime: { type: 'string', description: '`08:00` in `zone`.' },
        zone: { type: 'string' },
        to: { type: 'array', items: { type: 'string' } },
        channelId: { type: 'string' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        enabled: { type: 'boolean' },
        owner: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
          description: 'Whose rights it is made with.',
        },
        nextAt: { type: ['string', 'null'] },
        lastSentAt: { type: ['string', 'null'] },
        lastProblem: { type: ['string', 'null'], description: 'What went wrong the last time; null: nothing.' },
      },
      required: [
        'id',
        'name',
        'report',
        'query',
        'every',
        'atLocalTime',
        'zone',
        'to',
        'channelId',
        'locale',
        'enabled',
        'owner',
        'nextAt',
        'lastSentAt',
        'lastProblem',
      ],
    },
    ReportTicketsView: {
      type: 'object',
      properties: {
        tickets: { type: 'array', items: { $ref: '#/components/schemas/TicketRef' } },
        next: { type: ['string', 'null'] },
      },
      required: ['tickets', 'next'],
    },
    ReportView: {
      type: 'object',
      properties: {
        report: {
          type: 'string',
          enum: [
            'tags',
            'bots',
            'channels',
            'promises',
            'rules',
            'surveys',
            'volume',
            'times',
            'backlog',
            'agents',
            'queues',
            'campaigns',
          ],
        },
        by: {
          type: 'string',
          enum: [
            'agent',
            'queue',
            'channel',
            'survey',
            'bot',
            'tag',
            'week',
            'hour',
            'day',
            'month',
            'rule',
            'campaign',
          ],
        },
        from: { type: 'string', description: 'First and last day, both included.' },
        to: { type: 'string' },
        zone: { type: 'string' },
        before: {
          type: ['object', 'null'],
          properties: { from: { type: 'string' }, to: { type: 'string' } },
          required: ['from', 'to'],
        },
        columns: { type: 'array', items: { $ref: '#/components/schemas/ReportColumn' } },
        rows: { type: 'array', items: { $ref: '#/components/schemas/ReportRow' } },
        total: { $ref: '#/components/schemas/ReportRow' },
        through: { type: 'string', description: 'Facts up to here are counted.' },
      },
      required: ['report', 'by', 'from', 'to', 'zone', 'before', 'columns', 'rows', 'total', 'through'],
    },
    ReportWish: {
      description: 'What a report is asked: the same names as in its address.',
      type: 'object',
      properties: {
        by: {
          type: 'string',
          enum: [
            'agent',
            'queue',
            'channel',
            'survey',
            'bot',
            'tag',
            'week',
            'hour',
            'day',
            'month',
            'rule',
            'campaign',
          ],
          description: 'How many days up to yesterday, or the whole period before: set by `every` of the schedule.',
        },
        calendar: { type: 'string', enum: ['jalali', 'gregorian'] },
        compare: { type: 'string', enum: ['none', 'previous', 'year'] },
        queue: { type: 'array', items: { type: 'string' } },
        channel: { type: 'array', items: { type: 'string' } },
        agent: { type: 'array', items: { type: 'string' } },
        tag: { type: 'array', items: { type: 'string' } },
      },
    },
    ReportWishDto: {
      type: 'object',
      properties: {
        by: {
          type: 'string',
          enum: [
            'agent',
            'queue',
            'channel',
            'survey',
            'bot',
            'tag',
            'week',
            'hour',
            'day',
            'month',
            'rule',
            'campaign',
          ],
        },
        calendar: { type: 'string', enum: ['jalali', 'gregorian'] },
        compare: { type: 'string', enum: ['none', 'previous', 'year'] },
        queue: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        channel: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        agent: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 100 },
        tag: { type: 'array', items: { type: 'string', maxLength: 100 }, maxItems: 100 },
      },
    },
    ResetPasswordDto: {
      type: 'object',
      properties: {
        password: { type: 'string', maxLength: 1000 },
        token: { type: 'string', maxLength: 200, description: 'What is behind the # of the link.' },
      },
      required: ['password', 'token'],
    },
    ResultRow: {
      type: 'object',
      properties: {
        key: { type: 'string', description: 'The agent, the question, or the first day of the week.' },
        name: { type: ['string', 'null'], description: 'Of an agent.' },
        words: {
          anyOf: [{ $ref: '#/components/schemas/FieldWordsView' }, { type: 'null' }],
          description: 'Of a question, as it was asked last.',
        },
        reviews: { type: 'number' },
        average: {
          type: ['number', 'null'],
          description: 'Per cent, on average of the reviews that have a total or a score here; null: none has.',
        },
        failed: {
          type: 'number',
          description:
            'Reviews that failed by a critical question; of a question, those in which it was not reached at all.',
        },
      },
      required: ['key', 'name', 'words', 'reviews', 'average', 'failed'],
    },
    ResultsView: {
      description: 'What the reviews of a time say on average.',
      type: 'object',
      properties: {
        by: { type: 'string', enum: ['agent', 'question', 'week'] },
        rows: { type: 'array', items: { $ref: '#/components/schemas/ResultRow' } },
        total: {
          type: 'object',
          properties: {
            reviews: { type: 'number' },
            average: { type: ['number', 'null'] },
            failed: { type: 'number' },
          },
          required: ['reviews', 'average', 'failed'],
        },
      },
      required: ['by', 'rows', 'total'],
    },
    RetentionPreviewView: {
      type: 'object',
      properties: {
        count: { type: 'number', description: 'How many it would let go now; `isMore`: at least so many.' },
        isMore: { type: 'boolean' },
      },
      required: ['count', 'isMore'],
    },
    RetentionRuleDto: {
      type: 'object',
      properties: {
        what: { type: 'string', enum: ['bots', 'files', 'recordings', 'webhooks', 'raw', 'words', 'people'] },
        channelId: { type: ['string', 'null'], format: 'uuid', description: 'Of one channel; without it of all.' },
        queueId: { type: ['string', 'null'], format: 'uuid', description: 'Of one queue; without it of all.' },
        days: { type: 'integer', minimum: 1, maximum: 36500 },
      },
      required: ['what', 'days'],
    },
    RetentionRuleView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        what: { type: 'string', enum: ['bots', 'files', 'recordings', 'webhooks', 'raw', 'words', 'people'] },
        channelId: { type: ['string', 'null'], description: 'Null: of every channel.' },
        queueId: { type: ['string', 'null'], description: 'Null: of every queue.' },
        days: { type: 'number' },
      },
      required: ['id', 'what', 'channelId', 'queueId', 'days'],
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
    ReviewDto: {
      type: 'object',
      properties: {
        ticketId: { type: 'string', format: 'uuid' },
        scores: { type: 'array', items: { $ref: '#/components/schemas/ScoreDto' }, maxItems: 30 },
        comment: { type: 'string', maxLength: 4000 },
      },
      required: ['ticketId', 'scores'],
    },
    ReviewView: {
      description: 'What somebody made of a ticket. It never changes; another takes its place once it was reopened.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        sample: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        conversation: { type: ['string', 'null'], description: 'null: the reader may not read this person any more.' },
        ticket: {
          type: 'object',
          properties: { id: { type: 'string' }, number: { type: 'number' }, prefix: { type: 'string' } },
          required: ['id', 'number', 'prefix'],
        },
        agent: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        reviewer: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        scorecard: { $ref: '#/components/schemas/ScorecardView' },
        scores: { type: 'array', items: { $ref: '#/components/schemas/ScoreView' } },
        comment: { type: 'string' },
        total: {
          type: ['number', 'null'],
          description: 'Per cent, weighted; null where nothing was applicable, 0 where a critical question failed.',
        },
        failed: { type: 'boolean' },
        givenAt: { type: 'string' },
        answer: {
          type: ['object', 'null'],
          properties: { text: { type: 'string' }, at: { type: 'string' } },
          required: ['text', 'at'],
          description: 'What the agent said to it, once; null: nothing yet.',
        },
        reopened: {
          type: ['object', 'null'],
          properties: {
            reason: { type: 'string' },
            at: { type: 'string' },
            by: {
              type: 'object',
              properties: { id: { type: 'string' }, name: { type: 'string' } },
              required: ['id', 'name'],
            },
          },
          required: ['reason', 'at', 'by'],
          description: 'Null: it counts.',
        },
      },
      required: [
        'id',
        'sample',
        'conversation',
        'ticket',
        'agent',
        'reviewer',
        'scorecard',
        'scores',
        'comment',
        'total',
        'failed',
        'givenAt',
        'answer',
        'reopened',
      ],
    },
    RevisionView: {
      description: 'What a message said before its author changed it, and when they did.',
      type: 'object',
      properties: { number: { type: 'number' }, body: { type: 'string' }, until: { type: 'string' } },
      required: ['number', 'body', 'until'],
    },
    RoleDto: {
      type: 'object',
      properties: {
        name: { $ref: '#/components/schemas/RoleNameDto' },
        base: {
          type: 'string',
          enum: ['agent', 'supervisor'],
          description: 'The built-in role whose everyday work it is.',
        },
        permissions: {
          type: 'array',
          items: {
            type: 'string',
            enum: [
              'board.watch',
              'work.steer',
              'steering.watch',
              'steering.whisper',
              'quality.review',
              'reports.read',
              'exports.make',
              'messages.redact',
              'people.export',
              'people.erase',
              'replies.manage',
              'automation.manage',
              'channels.manage',
              'routing.manage',
              'fields.manage',
              'team.manage',
              'developers.manage',
              'privacy.manage',
              'audit.read',
              'system.manage',
            ],
          },
        },
        sees: {
          type: 'string',
          enum: ['all', 'own_queues'],
          description:
            'Whom it reads and steers. A role on the base of an agent sees its own queues, whatever is said here.',
        },
      },
      required: ['name', 'base', 'permissions', 'sees'],
    },
    RoleNameDto: {
      type: 'object',
      properties: { en: { type: 'string', maxLength: 60 }, fa: { type: 'string', maxLength: 60 } },
    },
    RollbackDto: {
      type: 'object',
      properties: { versionId: { type: 'string', format: 'uuid' } },
      required: ['versionId'],
    },
    RoutingPlaceView: {
      description: "Where a ticket's live work stands. Durations are milliseconds at the moment of answering.",
      type: 'object',
      properties: {
        ticketId: { type: 'string' },
        queueId: { type: 'string' },
        state: { type: 'string', enum: ['assigned', 'queued', 'offered'] },
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
    RuleActionView: {
      description: "{do: 'set_state', state: ...} and so on: the same actions as macros have.",
      type: 'object',
      properties: { do: { type: 'string' } },
      required: ['do'],
      additionalProperties: {},
    },
    RuleBrokenView: {
      description:
        'Something that a rule names and that is gone, or a part that cannot be read. `at`: where in the rule.',
      type: 'object',
      properties: {
        kind: {
          type: 'string',
          enum: ['agent', 'queue', 'channel', 'field', 'state_name', 'canned_reply', 'survey', 'webhook', 'unreadable'],
        },
        id: { type: 'string' },
        at: { type: 'string' },
      },
      required: ['kind', 'id', 'at'],
    },
    RuleConditionView: {
      description: 'A test {field, key, op, value}, or {all: [...]}, {any: [...]}, {not: ...} of conditions.',
      type: 'object',
      additionalProperties: {},
    },
    RuleEffectView: {
      description: 'What an action did or would do: {what, from, to}, {says, text}, or {refused}.',
      type: 'object',
      properties: {
        action: { $ref: '#/components/schemas/RuleActionView' },
        change: { type: 'object', additionalProperties: {} },
      },
      required: ['action', 'change'],
    },
    RuleEventView: {
      description: 'What a rule waits for. An idle ticket names its state and for how many hours nobody wrote.',
      type: 'object',
      properties: {
        on: {
          type: 'string',
          enum: [
            'ticket_created',
            'message_received',
            'message_sent',
            'state_changed',
            'assigned',
            'sla_warned',
            'sla_breached',
            'survey_answered',
            'customer_changed',
            'idle',
          ],
        },
        state: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved'] },
        hours: { type: 'number' },
      },
      required: ['on'],
    },
    RuleOrderDto: {
      type: 'object',
      properties: {
        ids: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          maxItems: 1000,
          description: 'All rules, in their new order.',
        },
      },
      required: ['ids'],
    },
    RuleRunView: {
      description: 'What a rule did about one event and one ticket.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        at: { type: 'string', description: 'When that happened which it followed.' },
        event: {
          type: 'string',
          enum: [
            'ticket_created',
            'message_received',
            'message_sent',
            'state_changed',
            'assigned',
            'sla_warned',
            'sla_breached',
            'survey_answered',
            'customer_changed',
            'idle',
          ],
        },
        ticket: {
          anyOf: [{ $ref: '#/components/schemas/RuleTicketView' }, { type: 'null' }],
          description: 'Null: the ticket is gone.',
        },
        state: { type: 'string', enum: ['refused', 'due', 'done'] },
        code: {
          type: 'string',
          description: "Why it was refused, e.g. 'rate', 'depth', 'closed'; '' where it was not.",
        },
        detail: { type: 'string' },
        depth: { type: 'number', description: 'How many rules stand between it and somebody who did something.' },
        why: { $ref: '#/components/schemas/RuleWhyView' },
        effects: { type: 'array', items: { $ref: '#/components/schemas/RuleEffectView' } },
      },
      required: ['id', 'at', 'event', 'ticket', 'state', 'code', 'detail', 'depth', 'why', 'effects'],
    },
    RuleTermsDto: {
      description:
        'What a rule says. Event, conditions and actions are read by their own schemas, which name the place of a fault.',
      type: 'object',
      properties: {
        event: {},
        conditions: { description: '{"all": []} holds always.' },
        actions: { type: 'array', items: {}, maxItems: 20 },
        stops: { type: 'boolean', description: 'Where it fires, rules behind it are not asked.' },
        maxPerHour: {
          type: 'integer',
          minimum: 1,
          maximum: 1000,
          description: 'How often it runs for one ticket within an hour.',
        },
      },
      required: ['event', 'actions'],
    },
    RuleTicketView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        number: { type: 'number' },
        prefix: { type: 'string' },
        conversation: { type: 'string' },
      },
      required: ['id', 'number', 'prefix', 'conversation'],
    },
    RuleView: {
      description: 'When this happens and these hold, do that.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        enabled: { type: 'boolean' },
        position: { type: 'number', description: 'Rules are asked in this order.' },
        event: { $ref: '#/components/schemas/RuleEventView' },
        conditions: { $ref: '#/components/schemas/RuleConditionView' },
        actions: { type: 'array', items: { $ref: '#/components/schemas/RuleActionView' } },
        stops: { type: 'boolean', description: 'Where it fires, rules behind it are not asked.' },
        maxPerHour: { type: 'number', description: 'How often it runs for one ticket within an hour.' },
        version: { type: 'number' },
        changedAt: { type: 'string' },
        broken: {
          type: 'array',
          items: { $ref: '#/components/schemas/RuleBrokenView' },
          description: 'A broken rule does not act.',
        },
        lately: {
          type: 'object',
          properties: { done: { type: 'number' }, refused: { type: 'number' }, lastAt: { type: ['string', 'null'] } },
          required: ['done', 'refused', 'lastAt'],
          description: 'What it did within the last seven days.',
        },
      },
      required: [
        'id',
        'name',
        'enabled',
        'position',
        'event',
        'conditions',
        'actions',
        'stops',
        'maxPerHour',
        'version',
        'changedAt',
        'broken',
        'lately',
      ],
    },
    RuleWhyView: {
      description: 'The conditions of a rule again, each with whether it held; a test with what it saw.',
      type: 'object',
      properties: { holds: { type: 'boolean' } },
      required: ['holds'],
      additionalProperties: {},
    },
    RunMacroDto: {
      type: 'object',
      properties: {
        version: {
          type: 'integer',
          minimum: 1,
          description: 'The version of the ticket that was seen; a newer one refuses the run.',
        },
      },
      required: ['version'],
    },
    SampleDetailView: {
      type: 'object',
      properties: {
        scorecard: { $ref: '#/components/schemas/ScorecardView' },
        list: {
          type: 'array',
          items: { $ref: '#/components/schemas/SampleTicketView' },
          description: 'In the order in which they were drawn: one of each agent, then another of each.',
        },
        id: { type: 'string' },
        name: { type: 'string' },
        by: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        at: { type: 'string' },
        wish: { $ref: '#/components/schemas/SampleWish' },
        seed: {
          type: ['string', 'null'],
          description:
            'With the same tickets the seed draws the same again. Null, as `population`, for whoever oversees some queues and did not draw it.',
        },
        population: { type: ['number', 'null'], description: 'Of how many it was drawn.' },
        tickets: { type: 'number', description: 'Of the tickets in it, those that the reader may read.' },
        reviewed: { type: 'number', description: 'Those that somebody reviewed.' },
      },
      required: ['scorecard', 'list', 'id', 'name', 'by', 'at', 'wish', 'seed', 'population', 'tickets', 'reviewed'],
    },
    SampleDto: {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 120 },
        from: { type: 'string', description: 'Tickets that were solved from this day…' },
        to: { type: 'string', description: '…to this one, included.' },
        zone: { type: 'string' },
        perAgent: { type: 'integer', minimum: 1, maximum: 20 },
        agentIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 200 },
        queueIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 200 },
        channelIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 200 },
        seed: { type: 'string', description: 'Draws as it was drawn before; without one it is drawn anew.' },
      },
      required: ['name', 'from', 'to', 'perAgent'],
    },
    SampleTicketView: {
      type: 'object',
      properties: {
        ticket: {
          type: 'object',
          properties: {
            id: { type: 'string' },
            number: { type: 'number' },
            prefix: { type: 'string' },
            subject: { type: 'string' },
          },
          required: ['id', 'number', 'prefix', 'subject'],
        },
        conversation: {
          type: ['string', 'null'],
          description: "The person, by their root's conversation; null: they may not be read any more, or were erased.",
        },
        customerName: { type: ['string', 'null'] },
        queue: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        agent: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
          description: 'Whose work is reviewed.',
        },
        isOwn: { type: 'boolean', description: "It is the reader's own work: somebody else reviews it." },
        review: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, total: { type: ['number', 'null'] }, failed: { type: 'boolean' } },
          required: ['id', 'total', 'failed'],
          description: 'The one that counts; null: not reviewed.',
        },
      },
      required: ['ticket', 'conversation', 'customerName', 'queue', 'agent', 'isOwn', 'review'],
    },
    SampleView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        by: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        at: { type: 'string' },
        wish: { $ref: '#/components/schemas/SampleWish' },
        seed: {
          type: ['string', 'null'],
          description:
            'With the same tickets the seed draws the same again. Null, as `population`, for whoever oversees some queues and did not draw it.',
        },
        population: { type: ['number', 'null'], description: 'Of how many it was drawn.' },
        tickets: { type: 'number', description: 'Of the tickets in it, those that the reader may read.' },
        reviewed: { type: 'number', description: 'Those that somebody reviewed.' },
      },
      required: ['id', 'name', 'by', 'at', 'wish', 'seed', 'population', 'tickets', 'reviewed'],
    },
    SampleWish: {
      description: 'Which tickets a sample is drawn from: those solved in a time. An empty list means all.',
      type: 'object',
      properties: {
        from: { type: 'string', description: 'Days of `zone`, both included.' },
        to: { type: 'string' },
        zone: { type: 'string' },
        perAgent: { type: 'number', description: 'How many of each agent at most.' },
        agentIds: { type: 'array', items: { type: 'string' } },
        queueIds: { type: 'array', items: { type: 'string' } },
        channelIds: { type: 'array', items: { type: 'string' } },
      },
      required: ['from', 'to', 'zone', 'perAgent', 'agentIds', 'queueIds', 'channelIds'],
    },
    SaveDraftDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', description: 'The version of the draft that was seen.' },
        name: { type: 'string', minLength: 1, maxLength: 100 },
        source: { type: 'string', description: 'YAML or JSON; it may be wrong.' },
        scenarios: { type: 'array', items: {}, maxItems: 100, description: 'Replaces all of them.' },
      },
      required: ['version'],
    },
    SavedView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        filter: {
          anyOf: [
            {
              type: 'object',
              properties: {
                all: {
                  type: 'array',
                  items: {
                    anyOf: [
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'state' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: {
                            type: 'array',
                            items: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] },
                          },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'queue' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: { type: 'array', items: { type: 'string' } },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'assignee' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: { type: 'array', items: { type: 'string' } },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'channel' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: {
                            type: 'array',
                            items: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
                          },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'tag' },
                          op: { type: 'string', enum: ['has_any', 'has_all', 'has_none'] },
                          value: { type: 'array', items: { type: 'string' } },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { type: 'string', enum: ['priority', 'tier'] },
                          op: { type: 'string', enum: ['is', 'at_least', 'at_most'] },
                          value: { type: 'number' },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'waiting' },
                          op: { const: 'at_least' },
                          minutes: { type: 'number' },
                        },
                        required: ['field', 'op', 'minutes'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'sla' },
                          op: { const: 'is' },
                          value: { type: 'array', items: { type: 'string', enum: ['at_risk', 'breached'] } },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { type: 'string', enum: ['snoozed', 'unread'] },
                          op: { const: 'is' },
                          value: { type: 'boolean' },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'created' },
                          op: { type: 'string', enum: ['within', 'before'] },
                          days: { type: 'number' },
                        },
                        required: ['field', 'op', 'days'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'language' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: { type: 'array', items: { type: 'string' } },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'field' },
                          key: { type: 'string' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: {
                            type: 'array',
                            items: {
                              anyOf: [{ type: 'string' }, { type: 'number' }, { const: false }, { const: true }],
                            },
                          },
                        },
                        required: ['field', 'key', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'field' },
                          key: { type: 'string' },
                          op: { type: 'string', enum: ['at_least', 'at_most'] },
                          value: { type: 'number' },
                        },
                        required: ['field', 'key', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: { field: { const: 'field' }, key: { type: 'string' }, op: { const: 'is_empty' } },
                        required: ['field', 'key', 'op'],
                      },
                      {
                        type: 'object',
                        properties: {
                          all: {
                            type: 'array',
                            items: {
                              anyOf: [
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'state' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        type: 'string',
                                        enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'],
                                      },
                                    },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'queue' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'assignee' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'channel' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        type: 'string',
                                        enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'],
                                      },
                                    },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'tag' },
                                    op: { type: 'string', enum: ['has_any', 'has_all', 'has_none'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { type: 'string', enum: ['priority', 'tier'] },
                                    op: { type: 'string', enum: ['is', 'at_least', 'at_most'] },
                                    value: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'waiting' },
                                    op: { const: 'at_least' },
                                    minutes: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'minutes'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'sla' },
                                    op: { const: 'is' },
                                    value: { type: 'array', items: { type: 'string', enum: ['at_risk', 'breached'] } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { type: 'string', enum: ['snoozed', 'unread'] },
                                    op: { const: 'is' },
                                    value: { type: 'boolean' },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'created' },
                                    op: { type: 'string', enum: ['within', 'before'] },
                                    days: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'days'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'language' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        anyOf: [
                                          { type: 'string' },
                                          { type: 'number' },
                                          { const: false },
                                          { const: true },
                                        ],
                                      },
                                    },
                                  },
                                  required: ['field', 'key', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { type: 'string', enum: ['at_least', 'at_most'] },
                                    value: { type: 'number' },
                                  },
                                  required: ['field', 'key', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { const: 'is_empty' },
                                  },
                                  required: ['field', 'key', 'op'],
                                },
                              ],
                            },
                          },
                        },
                        required: ['all'],
                      },
                      {
                        type: 'object',
                        properties: {
                          any: {
                            type: 'array',
                            items: {
                              anyOf: [
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'state' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        type: 'string',
                                        enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'],
                                      },
                                    },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'queue' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'assignee' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'channel' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        type: 'string',
                                        enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'],
                                      },
                                    },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'tag' },
                                    op: { type: 'string', enum: ['has_any', 'has_all', 'has_none'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { type: 'string', enum: ['priority', 'tier'] },
                                    op: { type: 'string', enum: ['is', 'at_least', 'at_most'] },
                                    value: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'waiting' },
                                    op: { const: 'at_least' },
                                    minutes: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'minutes'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'sla' },
                                    op: { const: 'is' },
                                    value: { type: 'array', items: { type: 'string', enum: ['at_risk', 'breached'] } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { type: 'string', enum: ['snoozed', 'unread'] },
                                    op: { const: 'is' },
                                    value: { type: 'boolean' },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'created' },
                                    op: { type: 'string', enum: ['within', 'before'] },
                                    days: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'days'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'language' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        anyOf: [
                                          { type: 'string' },
                                          { type: 'number' },
                                          { const: false },
                                          { const: true },
                                        ],
                                      },
                                    },
                                  },
                                  required: ['field', 'key', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { type: 'string', enum: ['at_least', 'at_most'] },
                                    value: { type: 'number' },
                                  },
                                  required: ['field', 'key', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { const: 'is_empty' },
                                  },
                                  required: ['field', 'key', 'op'],
                                },
                              ],
                            },
                          },
                        },
                        required: ['any'],
                      },
                    ],
                  },
                },
              },
              required: ['all'],
            },
            {
              type: 'object',
              properties: {
                any: {
                  type: 'array',
                  items: {
                    anyOf: [
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'state' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: {
                            type: 'array',
                            items: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] },
                          },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'queue' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: { type: 'array', items: { type: 'string' } },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'assignee' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: { type: 'array', items: { type: 'string' } },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'channel' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: {
                            type: 'array',
                            items: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
                          },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'tag' },
                          op: { type: 'string', enum: ['has_any', 'has_all', 'has_none'] },
                          value: { type: 'array', items: { type: 'string' } },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { type: 'string', enum: ['priority', 'tier'] },
                          op: { type: 'string', enum: ['is', 'at_least', 'at_most'] },
                          value: { type: 'number' },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'waiting' },
                          op: { const: 'at_least' },
                          minutes: { type: 'number' },
                        },
                        required: ['field', 'op', 'minutes'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'sla' },
                          op: { const: 'is' },
                          value: { type: 'array', items: { type: 'string', enum: ['at_risk', 'breached'] } },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { type: 'string', enum: ['snoozed', 'unread'] },
                          op: { const: 'is' },
                          value: { type: 'boolean' },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'created' },
                          op: { type: 'string', enum: ['within', 'before'] },
                          days: { type: 'number' },
                        },
                        required: ['field', 'op', 'days'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'language' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: { type: 'array', items: { type: 'string' } },
                        },
                        required: ['field', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'field' },
                          key: { type: 'string' },
                          op: { type: 'string', enum: ['is', 'is_not'] },
                          value: {
                            type: 'array',
                            items: {
                              anyOf: [{ type: 'string' }, { type: 'number' }, { const: false }, { const: true }],
                            },
                          },
                        },
                        required: ['field', 'key', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: {
                          field: { const: 'field' },
                          key: { type: 'string' },
                          op: { type: 'string', enum: ['at_least', 'at_most'] },
                          value: { type: 'number' },
                        },
                        required: ['field', 'key', 'op', 'value'],
                      },
                      {
                        type: 'object',
                        properties: { field: { const: 'field' }, key: { type: 'string' }, op: { const: 'is_empty' } },
                        required: ['field', 'key', 'op'],
                      },
                      {
                        type: 'object',
                        properties: {
                          all: {
                            type: 'array',
                            items: {
                              anyOf: [
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'state' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        type: 'string',
                                        enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'],
                                      },
                                    },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'queue' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'assignee' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'channel' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        type: 'string',
                                        enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'],
                                      },
                                    },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'tag' },
                                    op: { type: 'string', enum: ['has_any', 'has_all', 'has_none'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { type: 'string', enum: ['priority', 'tier'] },
                                    op: { type: 'string', enum: ['is', 'at_least', 'at_most'] },
                                    value: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'waiting' },
                                    op: { const: 'at_least' },
                                    minutes: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'minutes'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'sla' },
                                    op: { const: 'is' },
                                    value: { type: 'array', items: { type: 'string', enum: ['at_risk', 'breached'] } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { type: 'string', enum: ['snoozed', 'unread'] },
                                    op: { const: 'is' },
                                    value: { type: 'boolean' },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'created' },
                                    op: { type: 'string', enum: ['within', 'before'] },
                                    days: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'days'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'language' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        anyOf: [
                                          { type: 'string' },
                                          { type: 'number' },
                                          { const: false },
                                          { const: true },
                                        ],
                                      },
                                    },
                                  },
                                  required: ['field', 'key', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { type: 'string', enum: ['at_least', 'at_most'] },
                                    value: { type: 'number' },
                                  },
                                  required: ['field', 'key', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { const: 'is_empty' },
                                  },
                                  required: ['field', 'key', 'op'],
                                },
                              ],
                            },
                          },
                        },
                        required: ['all'],
                      },
                      {
                        type: 'object',
                        properties: {
                          any: {
                            type: 'array',
                            items: {
                              anyOf: [
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'state' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        type: 'string',
                                        enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'],
                                      },
                                    },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'queue' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'assignee' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'channel' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        type: 'string',
                                        enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'],
                                      },
                                    },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'tag' },
                                    op: { type: 'string', enum: ['has_any', 'has_all', 'has_none'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { type: 'string', enum: ['priority', 'tier'] },
                                    op: { type: 'string', enum: ['is', 'at_least', 'at_most'] },
                                    value: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'waiting' },
                                    op: { const: 'at_least' },
                                    minutes: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'minutes'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'sla' },
                                    op: { const: 'is' },
                                    value: { type: 'array', items: { type: 'string', enum: ['at_risk', 'breached'] } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { type: 'string', enum: ['snoozed', 'unread'] },
                                    op: { const: 'is' },
                                    value: { type: 'boolean' },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'created' },
                                    op: { type: 'string', enum: ['within', 'before'] },
                                    days: { type: 'number' },
                                  },
                                  required: ['field', 'op', 'days'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'language' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: { type: 'array', items: { type: 'string' } },
                                  },
                                  required: ['field', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { type: 'string', enum: ['is', 'is_not'] },
                                    value: {
                                      type: 'array',
                                      items: {
                                        anyOf: [
                                          { type: 'string' },
                                          { type: 'number' },
                                          { const: false },
                                          { const: true },
                                        ],
                                      },
                                    },
                                  },
                                  required: ['field', 'key', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { type: 'string', enum: ['at_least', 'at_most'] },
                                    value: { type: 'number' },
                                  },
                                  required: ['field', 'key', 'op', 'value'],
                                },
                                {
                                  type: 'object',
                                  properties: {
                                    field: { const: 'field' },
                                    key: { type: 'string' },
                                    op: { const: 'is_empty' },
                                  },
                                  required: ['field', 'key', 'op'],
                                },
                              ],
                            },
                          },
                        },
                        required: ['any'],
                      },
                    ],
                  },
                },
              },
              required: ['any'],
            },
          ],
        },
        sort: { type: 'string', enum: ['waiting', 'priority', 'newest', 'deadline'] },
        sharedWith: {
          anyOf: [{ type: 'array', items: { type: 'string' } }, { const: 'me' }, { const: 'everyone' }],
          description: "'me', 'everyone', or the queues whose agents see it.",
        },
        owner: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        mayChange: { type: 'boolean', description: 'Its reader may change and remove it.' },
        position: { type: 'number' },
        version: { type: 'number' },
      },
      required: ['id', 'name', 'filter', 'sort', 'sharedWith', 'owner', 'mayChange', 'position', 'version'],
    },
    ScoreDto: {
      type: 'object',
      properties: {
        questionId: { type: 'string', format: 'uuid' },
        score: { type: ['number', 'null'], minimum: 0, maximum: 5, description: 'null: not applicable.' },
      },
      required: ['questionId', 'score'],
    },
    ScoreView: {
      type: 'object',
      properties: { questionId: { type: 'string' }, score: { type: ['number', 'null'] } },
      required: ['questionId', 'score'],
    },
    ScorecardDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', description: 'The version that was seen: a change of anything newer is refused.' },
        name: { $ref: '#/components/schemas/QualityWordsDto' },
        questions: { type: 'array', items: { $ref: '#/components/schemas/QuestionDto' }, maxItems: 30 },
      },
      required: ['version', 'name', 'questions'],
    },
    ScorecardView: {
      description: 'What the organisation looks at in a conversation.',
      type: 'object',
      properties: {
        name: { $ref: '#/components/schemas/FieldWordsView' },
        version: {
          type: 'number',
          description: 'Counts up with every change. A sample keeps the one it was drawn with.',
        },
        questions: { type: 'array', items: { $ref: '#/components/schemas/QuestionView' } },
      },
      required: ['name', 'version', 'questions'],
    },
    ScriptCheckView: {
      description: 'What a source says, without keeping it.',
      type: 'object',
      properties: {
        problems: { type: 'array', items: { $ref: '#/components/schemas/ScriptProblemView' } },
        outline: {
          anyOf: [{ $ref: '#/components/schemas/ScriptOutlineView' }, { type: 'null' }],
          description: 'Null: the source cannot be read as a script.',
        },
      },
      required: ['problems', 'outline'],
    },
    ScriptConnectorTestView: {
      type: 'object',
      properties: {
        ok: { type: 'boolean' },
        code: {
          type: 'string',
          description: "'ok', 'timeout', 'absent', 'refused', 'failed', or why no connection was made.",
        },
        status: { type: ['number', 'null'] },
        ms: { type: 'number' },
        value: { type: ['object', 'null'], additionalProperties: {}, description: 'What a script would get.' },
        answer: { type: 'string', description: 'The beginning of the answer.' },
      },
      required: ['ok', 'code', 'status', 'ms', 'value', 'answer'],
    },
    ScriptConnectorView: {
      description: 'A lookup that scripts may make by its name.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        key: { type: 'string', description: 'What scripts name: small letters, digits and underscores.' },
        title: { type: 'string' },
        method: { type: 'string', enum: ['GET', 'POST'] },
        url: { type: 'string', description: 'With {argument} where an argument goes, escaped.' },
        headers: { type: 'object', additionalProperties: { type: 'string' }, description: 'Headers that may be seen.' },
        secretHeaders: {
          type: 'array',
          items: { type: 'string' },
          description: 'Names of the headers that are kept sealed; their values are never shown.',
        },
        timeoutMs: { type: 'number' },
        mapping: {
          type: 'array',
          items: {
            type: 'object',
            properties: { name: { type: 'string' }, path: { type: 'string' } },
            required: ['name', 'path'],
          },
          description:
            "What of the answer scripts get: their name and where it is, e.g. {name: 'status', path: 'order.items.0.status'}.",
        },
        args: { type: 'array', items: { type: 'string' }, description: 'The names of the arguments in the address.' },
        usedBy: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' } },
            required: ['id', 'name'],
          },
          description: 'Scripts whose draft or live version names it.',
        },
      },
      required: [
        'id',
        'key',
        'title',
        'method',
        'url',
        'headers',
        'secretHeaders',
        'timeoutMs',
        'mapping',
        'args',
        'usedBy',
      ],
    },
    ScriptCoverageView: {
      description: "How much of a script its scenarios went through; edges are 'node:exit', shares 0 to 1.",
      type: 'object',
      properties: {
        nodes: {
          type: 'object',
          properties: {
            seen: { type: 'array', items: { type: 'string' } },
            unseen: { type: 'array', items: { type: 'string' } },
            share: { type: 'number' },
          },
          required: ['seen', 'unseen', 'share'],
        },
        edges: {
          type: 'object',
          properties: {
            seen: { type: 'array', items: { type: 'string' } },
            unseen: { type: 'array', items: { type: 'string' } },
            share: { type: 'number' },
          },
          required: ['seen', 'unseen', 'share'],
        },
      },
      required: ['nodes', 'edges'],
    },
    ScriptDeploymentView: {
      description:
        'That a script answers on a channel. The first whose hours fit and that has something live takes a talk.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        channelId: { type: 'string' },
        channelName: { type: 'string' },
        channelKind: { type: 'string' },
        scriptId: { type: 'string' },
        scriptName: { type: 'string' },
        hours: { type: 'string', enum: ['open', 'always', 'closed'] },
        calendarId: { type: ['string', 'null'], description: "Null: the calendar of the channel's queue." },
        priority: { type: 'number', description: 'The lowest is asked first.' },
        enabled: { type: 'boolean' },
      },
      required: [
        'id',
        'channelId',
        'channelName',
        'channelKind',
        'scriptId',
        'scriptName',
        'hours',
        'calendarId',
        'priority',
        'enabled',
      ],
    },
    ScriptDiffLineView: {
      description: 'A line of the difference between two texts.',
      type: 'object',
      properties: {
        change: { type: 'string', enum: ['same', 'added', 'removed'] },
        text: { type: 'string' },
        before: { type: ['number', 'null'], description: 'Line numbers from 1; null on the side where it is not.' },
        after: { type: ['number', 'null'] },
      },
      required: ['change', 'text', 'before', 'after'],
    },
    ScriptDiffView: {
      type: 'object',
      properties: {
        lines: { type: 'array', items: { $ref: '#/components/schemas/ScriptDiffLineView' } },
        nodes: {
          type: 'object',
          properties: {
            added: { type: 'array', items: { type: 'string' } },
            removed: { type: 'array', items: { type: 'string' } },
            changed: { type: 'array', items: { type: 'string' } },
          },
          required: ['added', 'removed', 'changed'],
          description: 'Steps by what happened to them.',
        },
      },
      required: ['lines', 'nodes'],
    },
    ScriptExitView: {
      description:
        "A way out of a step. `by`: 'next', 'option.track', 'retry.then', 'timeout.then', 'open', 'onError', 'case.0', 'intent.refund', …",
      type: 'object',
      properties: {
        by: { type: 'string' },
        to: { type: 'string' },
        label: {
          anyOf: [{ $ref: '#/components/schemas/ScriptTexts' }, { type: 'null' }],
          description: 'The label of an option; null elsewhere.',
        },
      },
      required: ['by', 'to', 'label'],
    },
    ScriptFiguresView: {
      description: 'Figures of a script over a span. Shares are of those that started, 0 to 1.',
      type: 'object',
      properties: {
        from: { type: 'string' },
        to: { type: 'string' },
        started: { type: 'number' },
        engaged: { type: 'number', description: 'The customer said anything.' },
        handedOff: { type: 'number' },
        contained: {
          type: 'number',
          description: 'Ended with no person needed, and nobody came back within 72 hours.',
        },
        falselyContained: {
          type: 'number',
          description: 'Seemed so, but the customer came back within 72 hours, or was not content.',
        },
        dropped: { type: 'number', description: 'Left in the middle.' },
        failed: { type: 'number' },
        medianTurns: { type: ['number', 'null'] },
        missRate: {
          type: ['number', 'null'],
          description: 'Turns in which the customer was not understood, of those with words of theirs.',
        },
        medianSecondsToPerson: { type: ['number', 'null'] },
        handoffReasons: {
          type: 'array',
          items: {
            type: 'object',
            properties: { reason: { type: 'string' }, count: { type: 'number' } },
            required: ['reason', 'count'],
          },
        },
        nodes: { type: 'array', items: { $ref: '#/components/schemas/ScriptNodeFiguresView' } },
        versions: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              version: { type: 'number' },
              versionId: { type: 'string' },
              started: { type: 'number' },
              contained: { type: 'number' },
              handedOff: { type: 'number' },
              dropped: { type: 'number' },
            },
            required: ['version', 'versionId', 'started', 'contained', 'handedOff', 'dropped'],
          },
        },
        channels: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              channel: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'voice'] },
              started: { type: 'number' },
              contained: { type: 'number' },
              handedOff: { type: 'number' },
            },
            required: ['channel', 'started', 'contained', 'handedOff'],
          },
        },
      },
      required: [
        'from',
        'to',
        'started',
        'engaged',
        'handedOff',
        'contained',
        'falselyContained',
        'dropped',
        'failed',
        'medianTurns',
        'missRate',
        'medianSecondsToPerson',
        'handoffReasons',
        'nodes',
        'versions',
        'channels',
      ],
    },
    ScriptFileView: {
      description: 'A picture or file that scripts name and send along. A name stands for the same bytes for ever.',
      type: 'object',
      properties: {
        name: { type: 'string' },
        mediaType: { type: 'string' },
        bytes: { type: 'number' },
        uploadedAt: { type: 'string' },
        isPinned: { type: 'boolean', description: 'A published version names it, so it stays.' },
      },
      required: ['name', 'mediaType', 'bytes', 'uploadedAt', 'isPinned'],
    },
    ScriptGateView: {
      description: 'What stands between a draft and its publication.',
      type: 'object',
      properties: {
        open: { type: 'boolean', description: 'Whether it may be published as it is.' },
        problems: { type: 'array', items: { $ref: '#/components/schemas/ScriptProblemView' } },
        scenarios: { type: 'array', items: { $ref: '#/components/schemas/ScriptScenarioResultView' } },
        coverage: { anyOf: [{ $ref: '#/components/schemas/ScriptCoverageView' }, { type: 'null' }] },
      },
      required: ['open', 'problems', 'scenarios', 'coverage'],
    },
    ScriptListView: {
      description: 'A script in the list.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        key: { type: 'string' },
        draftVersion: {
          type: 'number',
          description: 'The version of the draft. It differs from the newest version when `isChanged`.',
        },
        isChanged: { type: 'boolean' },
        draftedBy: { anyOf: [{ $ref: '#/components/schemas/ScriptPersonView' }, { type: 'null' }] },
        draftedAt: { type: ['string', 'null'] },
        live: {
          type: ['number', 'null'],
          description: 'Who answers now: the number of the version that most customers get; null: nothing is live.',
        },
        canary: {
          type: ['object', 'null'],
          properties: { version: { type: 'number' }, percent: { type: 'number' } },
          required: ['version', 'percent'],
        },
        next: {
          type: ['object', 'null'],
          properties: { version: { type: 'number' }, at: { type: 'string' }, percent: { type: 'number' } },
          required: ['version', 'at', 'percent'],
          description: 'What becomes live next, and when.',
        },
        channels: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              kind: { type: 'string' },
              hours: { type: 'string', enum: ['open', 'always', 'closed'] },
            },
            required: ['id', 'name', 'kind', 'hours'],
          },
          description: 'Channels that it is deployed on.',
        },
        lately: {
          type: 'object',
          properties: { started: { type: 'number' }, handedOff: { type: 'number' } },
          required: ['started', 'handedOff'],
          description: 'Sessions of the last seven days.',
        },
      },
      required: [
        'id',
        'name',
        'key',
        'draftVersion',
        'isChanged',
        'draftedBy',
        'draftedAt',
        'live',
        'canary',
        'next',
        'channels',
        'lately',
      ],
    },
    ScriptMissClusterView: {
      description: 'What customers said and no script understood, put together by likeness.',
      type: 'object',
      properties: {
        ids: { type: 'array', items: { type: 'string' }, description: 'Of its members.' },
        text: { type: 'string', description: 'The one that stands for them, with numbers and addresses taken out.' },
        examples: { type: 'array', items: { type: 'string' }, description: 'Further wordings, at most five.' },
        count: { type: 'number' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        scriptId: { type: 'string' },
        scriptName: { type: 'string' },
        node: { type: 'string', description: 'Where it happened most.' },
        lastAt: { type: 'string' },
      },
      required: ['ids', 'text', 'examples', 'count', 'locale', 'scriptId', 'scriptName', 'node', 'lastAt'],
    },
    ScriptNodeFiguresView: {
      type: 'object',
      properties: {
        node: { type: 'string' },
        visits: { type: 'number' },
        dropped: { type: 'number', description: 'Sessions that were left here.' },
        misses: { type: 'number' },
        options: {
          type: 'array',
          items: {
            type: 'object',
            properties: { option: { type: 'string' }, count: { type: 'number' } },
            required: ['option', 'count'],
          },
          description: 'How often each option was taken.',
        },
      },
      required: ['node', 'visits', 'dropped', 'misses', 'options'],
    },
    ScriptNodeView: {
      description: 'One step of a script as a list or a canvas shows it.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        do: { type: 'string', description: 'say, ask, collect, …' },
        says: {
          $ref: '#/components/schemas/ScriptTexts',
          description: 'The first words that customers get; empty where it says nothing.',
        },
        exits: { type: 'array', items: { $ref: '#/components/schemas/ScriptExitView' } },
        line: { type: ['number', 'null'], description: 'In the source, from 1.' },
      },
      required: ['id', 'do', 'says', 'exits', 'line'],
    },
    ScriptOutlineView: {
      type: 'object',
      properties: {
        key: { type: 'string' },
        title: { $ref: '#/components/schemas/ScriptTexts' },
        channels: { type: 'array', items: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'voice'] } },
        locales: { type: 'array', items: { type: 'string', enum: ['en', 'fa'] } },
        start: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: "Where it begins, by channel; 'default' elsewhere.",
        },
        fallback: { type: 'string' },
        nodes: { type: 'array', items: { $ref: '#/components/schemas/ScriptNodeView' } },
        intents: { type: 'array', items: { type: 'string' } },
        connectors: { type: 'array', items: { type: 'string' } },
        calls: { type: 'array', items: { type: 'string' }, description: 'Keys of the scripts that it calls.' },
      },
      required: ['key', 'title', 'channels', 'locales', 'start', 'fallback', 'nodes', 'intents', 'connectors', 'calls'],
    },
    ScriptPersonView: {
      type: 'object',
      properties: { id: { type: 'string' }, name: { type: 'string' } },
      required: ['id', 'name'],
    },
    ScriptProblemView: {
      description: 'Something wrong or doubtful in a script. Errors keep it from being published, warnings do not.',
      type: 'object',
      properties: {
        severity: { type: 'string', enum: ['error', 'warning'] },
        code: { type: 'string' },
        path: {
          type: 'array',
          items: { anyOf: [{ type: 'string' }, { type: 'number' }] },
          description: "Where in the document, e.g. ['nodes', 'menu', 'options', 0, 'next'].",
        },
        node: { type: ['string', 'null'] },
        line: { type: ['number', 'null'], description: 'In the source, from 1.' },
        column: { type: ['number', 'null'] },
        text: { $ref: '#/components/schemas/ScriptTexts', description: 'For somebody who does not program.' },
      },
      required: ['severity', 'code', 'path', 'node', 'line', 'column', 'text'],
    },
    ScriptReleaseView: {
      description:
        'That a version answers from an instant on, all customers or some of them. The last that has come decides.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        version: { type: 'number' },
        versionId: { type: 'string' },
        at: { type: 'string' },
        percent: {
          type: 'number',
          description: '100: everybody; less: that share of customers, always the same ones.',
        },
        by: { anyOf: [{ $ref: '#/components/schemas/ScriptPersonView' }, { type: 'null' }] },
        kind: { type: 'string', enum: ['publish', 'rollback', 'schedule', 'canary'] },
        cancelledAt: { type: ['string', 'null'] },
      },
      required: ['id', 'version', 'versionId', 'at', 'percent', 'by', 'kind', 'cancelledAt'],
    },
    ScriptReplayTurnView: {
      description: 'One exchange of a talk that was, and what the draft would have said instead.',
      type: 'object',
      properties: {
        customer: { type: ['string', 'null'] },
        before: { type: 'array', items: { type: 'string' } },
        after: { type: 'array', items: { type: 'string' } },
        isSame: { type: 'boolean' },
      },
      required: ['customer', 'before', 'after', 'isSame'],
    },
    ScriptReplayView: {
      type: 'object',
      properties: {
        sessionId: { type: 'string' },
        version: { type: 'number' },
        turns: { type: 'array', items: { $ref: '#/components/schemas/ScriptReplayTurnView' } },
        before: {
          type: 'object',
          properties: { node: { type: ['string', 'null'] }, outcome: { type: ['string', 'null'] } },
          required: ['node', 'outcome'],
          description: 'How it ended then and would end now: node and outcome.',
        },
        after: {
          type: 'object',
          properties: { node: { type: ['string', 'null'] }, outcome: { type: ['string', 'null'] } },
          required: ['node', 'outcome'],
        },
        problems: { type: 'array', items: { $ref: '#/components/schemas/ScriptProblemView' } },
      },
      required: ['sessionId', 'version', 'turns', 'before', 'after', 'problems'],
    },
    ScriptRunView: {
      description: 'A talk that was played.',
      type: 'object',
      properties: {
        problems: { type: 'array', items: { $ref: '#/components/schemas/ScriptProblemView' } },
        run: {
          type: ['object', 'null'],
          properties: {
            steps: { type: 'array', items: { $ref: '#/components/schemas/ScriptStepView' } },
            state: {
              type: 'object',
              properties: {
                status: { type: 'string', enum: ['active', 'waiting', 'handed_off', 'ended'] },
                node: { type: ['string', 'null'] },
                turn: { type: 'number' },
                vars: { type: 'object', additionalProperties: {} },
                outcome: { type: ['string', 'null'] },
                wakeAt: { type: ['number', 'null'] },
              },
              required: ['status', 'node', 'turn', 'vars', 'outcome', 'wakeAt'],
              additionalProperties: {},
            },
            impossible: {
              type: 'array',
              items: {
                type: 'object',
                properties: { input: { type: 'number' }, why: { type: 'string' } },
                required: ['input', 'why'],
              },
              description:
                'Inputs that could not be done, e.g. an option that was not offered, by their place in the list.',
            },
            coverage: {
              type: 'object',
              properties: {
                nodes: { type: 'object', additionalProperties: { type: 'number' } },
                edges: { type: 'object', additionalProperties: { type: 'number' } },
              },
              required: ['nodes', 'edges'],
            },
          },
          required: ['steps', 'state', 'impossible', 'coverage'],
          description: 'Null: errors keep the script from being played.',
        },
      },
      required: ['problems', 'run'],
    },
    ScriptScenarioFailureView: {
      description: "One expectation that was not met. `name`: the variable, or ''.",
      type: 'object',
      properties: { expected: { type: 'string' }, name: { type: 'string' }, wanted: {}, found: {} },
      required: ['expected', 'name', 'wanted', 'found'],
    },
    ScriptScenarioResultView: {
      description: 'How a scenario went on one channel.',
      type: 'object',
      properties: {
        name: { type: 'string' },
        channel: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'voice'] },
        passed: { type: 'boolean' },
        failures: { type: 'array', items: { $ref: '#/components/schemas/ScriptScenarioFailureView' } },
      },
      required: ['name', 'channel', 'passed', 'failures'],
    },
    ScriptScenarioView: {
      description: 'A talk with what has to come of it.',
      type: 'object',
      properties: {
        name: { type: 'string' },
        locale: { type: 'string' },
        at: { anyOf: [{ type: 'string' }, { type: 'number' }], description: 'ISO 8601, or milliseconds.' },
        zone: { type: 'string' },
        inputs: {
          type: 'array',
          items: {
            anyOf: [
              { type: 'object', properties: { type: { type: 'string' } }, required: ['type'] },
              {
                type: 'object',
                properties: { press: { type: 'string' }, turn: { type: 'number' } },
                required: ['press'],
              },
              { type: 'object', properties: { keypad: { type: 'string' } }, required: ['keypad'] },
              { type: 'object', properties: { file: { type: 'string' } }, required: ['file'] },
              {
                type: 'object',
                properties: { wait: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
                required: ['wait'],
              },
              {
                type: 'object',
                properties: { agents: { type: 'string', enum: ['away', 'available'] }, queue: { type: 'string' } },
                required: ['agents'],
              },
              {
                type: 'object',
                properties: {
                  calendar: { type: 'string' },
                  is: { type: 'string', enum: ['open', 'closed', 'holiday'] },
                },
                required: ['calendar', 'is'],
              },
              {
                type: 'object',
                properties: { lookup: { type: 'string' }, answer: {} },
                required: ['lookup', 'answer'],
              },
              {
                type: 'object',
                properties: {
                  lookup: { type: 'string' },
                  fails: { type: 'string', enum: ['refused', 'timeout', 'failed', 'absent'] },
                },
                required: ['lookup', 'fails'],
              },
              { type: 'object', properties: { resume: { const: true } }, required: ['resume'] },
              { type: 'object', properties: { hangup: { const: true } }, required: ['hangup'] },
            ],
          },
        },
        world: { $ref: '#/components/schemas/ScriptWorldView' },
        vars: { type: 'object', additionalProperties: {} },
        opening: { type: 'string', description: "The customer's first words, with which the talk begins." },
        channels: {
          type: 'array',
          items: { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'voice'] },
          description: 'Where it is run; absent: on all channels of the script.',
        },
        expect: {
          type: 'object',
          properties: {
            node: { type: 'string' },
            outcome: { type: 'string' },
            status: { type: 'string', enum: ['active', 'waiting', 'handed_off', 'ended'] },
            vars: { type: 'object', additionalProperties: {} },
            says: { type: 'array', items: { type: 'string' }, description: 'Parts of what the bot must have said.' },
            effects: {
              type: 'array',
              items: { type: 'string' },
              description: 'Kinds of effects that must have been asked for.',
            },
          },
        },
      },
      required: ['name', 'locale', 'at', 'inputs', 'expect'],
    },
    ScriptSessionView: {
      description: 'A past talk of a script, to choose from for a replay.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        conversation: { type: 'string' },
        version: { type: 'number' },
        channel: { type: 'string' },
        startedAt: { type: 'string' },
        turns: { type: 'number' },
        status: { type: 'string' },
        outcome: { type: ['string', 'null'] },
        node: { type: ['string', 'null'] },
      },
      required: ['id', 'conversation', 'version', 'channel', 'startedAt', 'turns', 'status', 'outcome', 'node'],
    },
    ScriptStepView: {
      description:
        "Something said, done or waited for. A bot's step has `says` and `rendered`, others `does`; as the simulator of #bots tells them.",
      type: 'object',
      properties: {
        at: { type: 'number' },
        who: { type: 'string', enum: ['customer', 'bot', 'hub'] },
        turn: { type: 'number' },
        does: { type: 'string', description: 'Customer and hub.' },
        says: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              node: { type: 'string' },
              text: { type: 'string' },
              short: { type: ['string', 'null'] },
              speech: { type: ['string', 'null'] },
              audio: { type: ['string', 'null'] },
              options: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: { id: { type: 'string' }, label: { type: 'string' }, dtmf: { type: ['string', 'null'] } },
                  required: ['id', 'label', 'dtmf'],
                },
              },
              input: {
                type: ['object', 'null'],
                properties: {
                  kind: { type: 'string' },
                  sensitive: { type: 'boolean' },
                  finishOnKey: { type: ['string', 'null'] },
                  timeoutMs: { type: ['number', 'null'] },
                },
                required: ['kind', 'sensitive', 'finishOnKey', 'timeoutMs'],
              },
              turn: { type: 'number' },
            },
            required: ['node', 'text', 'short', 'speech', 'audio', 'options', 'input', 'turn'],
          },
          description: 'What the bot says, before a channel has shaped it.',
        },
        rendered: {
          type: 'array',
          items: { type: 'object', additionalProperties: {} },
          description:
            "What becomes of it on the channel: {kind: 'message', body, choices, smsParts, …} or {kind: 'voice', steps}.",
        },
        effect: {
          type: ['object', 'null'],
          additionalProperties: {},
          description: 'The effect that the hub would carry out; null: none.',
        },
      },
      required: ['at', 'who', 'turn'],
    },
    ScriptTexts: {
      description: 'A text in both languages.',
      type: 'object',
      properties: { en: { type: 'string' }, fa: { type: 'string' } },
      required: ['en', 'fa'],
    },
    ScriptVersionTextView: {
      description: 'One version with its text.',
      type: 'object',
      properties: {
        source: { type: 'string' },
        scenarios: { type: 'array', items: { $ref: '#/components/schemas/ScriptScenarioView' } },
        id: { type: 'string' },
        version: { type: 'number' },
        publishedAt: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/ScriptPersonView' }, { type: 'null' }] },
        note: { type: 'string' },
        hash: { type: 'string', description: 'Hexadecimal, SHA-256 of the source.' },
        isLive: { type: 'boolean' },
        running: { type: 'number', description: 'Sessions that began with it and have not ended.' },
      },
      required: ['source', 'scenarios', 'id', 'version', 'publishedAt', 'by', 'note', 'hash', 'isLive', 'running'],
    },
    ScriptVersionView: {
      description: 'A version as it was published; it never changes.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        version: { type: 'number' },
        publishedAt: { type: 'string' },
        by: { anyOf: [{ $ref: '#/components/schemas/ScriptPersonView' }, { type: 'null' }] },
        note: { type: 'string' },
        hash: { type: 'string', description: 'Hexadecimal, SHA-256 of the source.' },
        isLive: { type: 'boolean' },
        running: { type: 'number', description: 'Sessions that began with it and have not ended.' },
      },
      required: ['id', 'version', 'publishedAt', 'by', 'note', 'hash', 'isLive', 'running'],
    },
    ScriptView: {
      type: 'object',
      properties: {
        source: { type: 'string', description: 'YAML or JSON, as it was written.' },
        scenarios: { type: 'array', items: { $ref: '#/components/schemas/ScriptScenarioView' } },
        versions: { type: 'array', items: { $ref: '#/components/schemas/ScriptVersionView' } },
        releases: { type: 'array', items: { $ref: '#/components/schemas/ScriptReleaseView' } },
        id: { type: 'string' },
        name: { type: 'string' },
        key: { type: 'string' },
        draftVersion: {
          type: 'number',
          description: 'The version of the draft. It differs from the newest version when `isChanged`.',
        },
        isChanged: { type: 'boolean' },
        draftedBy: { anyOf: [{ $ref: '#/components/schemas/ScriptPersonView' }, { type: 'null' }] },
        draftedAt: { type: ['string', 'null'] },
        live: {
          type: ['number', 'null'],
          description: 'Who answers now: the number of the version that most customers get; null: nothing is live.',
        },
        canary: {
          type: ['object', 'null'],
          properties: { version: { type: 'number' }, percent: { type: 'number' } },
          required: ['version', 'percent'],
        },
        next: {
          type: ['object', 'null'],
          properties: { version: { type: 'number' }, at: { type: 'string' }, percent: { type: 'number' } },
          required: ['version', 'at', 'percent'],
          description: 'What becomes live next, and when.',
        },
        channels: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              kind: { type: 'string' },
              hours: { type: 'string', enum: ['open', 'always', 'closed'] },
            },
            required: ['id', 'name', 'kind', 'hours'],
          },
          description: 'Channels that it is deployed on.',
        },
        lately: {
          type: 'object',
          properties: { started: { type: 'number' }, handedOff: { type: 'number' } },
          required: ['started', 'handedOff'],
          description: 'Sessions of the last seven days.',
        },
      },
      required: [
        'source',
        'scenarios',
        'versions',
        'releases',
        'id',
        'name',
        'key',
        'draftVersion',
        'isChanged',
        'draftedBy',
        'draftedAt',
        'live',
        'canary',
        'next',
        'channels',
        'lately',
      ],
    },
    ScriptWorldView: {
      description:
        "The world of a simulation. A lookup without an answer is 'absent'. Called scripts are those that are live.",
      type: 'object',
      properties: {
        calendars: { type: 'object', additionalProperties: { type: 'string', enum: ['open', 'closed', 'holiday'] } },
        queues: {
          type: 'object',
          additionalProperties: {
            type: 'object',
            properties: { isOpen: { type: 'boolean' }, agentsFree: { type: 'number' }, waiting: { type: 'number' } },
          },
        },
        customer: { type: 'object', additionalProperties: {} },
        conversation: { type: 'object', additionalProperties: {} },
        lookups: {
          type: 'object',
          additionalProperties: {
            anyOf: [
              { type: 'object', properties: { answer: {}, takes: { type: 'number' } }, required: ['answer'] },
              {
                type: 'object',
                properties: {
                  fails: { type: 'string', enum: ['refused', 'timeout', 'failed', 'absent'] },
                  takes: { type: 'number' },
                },
                required: ['fails'],
              },
            ],
          },
          description: '`takes`: after how many milliseconds.',
        },
        articles: {
          type: 'array',
          items: {
            type: 'object',
            properties: { title: { type: 'string' }, body: { type: 'string' }, score: { type: 'number' } },
            required: ['title', 'body'],
          },
        },
      },
    },
    SearchAnswer: {
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/SearchHit' } },
        next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
        problems: { type: 'array', items: { $ref: '#/components/schemas/SearchProblem' } },
      },
      required: ['rows', 'next', 'problems'],
    },
    SearchHit: {
      description: 'A message, or a ticket by its latest message, that a search found.',
      type: 'object',
      properties: {
        conversation: { type: 'string', description: "The person's." },
        customer: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        ticket: {
          type: ['object', 'null'],
          properties: {
            id: { type: 'string' },
            number: { type: 'number' },
            prefix: { type: 'string' },
            subject: { type: 'string' },
            state: { type: 'string' },
          },
          required: ['id', 'number', 'prefix', 'subject', 'state'],
        },
        message: {
          type: ['object', 'null'],
          properties: {
            id: { type: 'string' },
            at: { type: 'string' },
            author: { type: 'string', enum: ['agent', 'customer', 'bot', 'system'] },
            authorName: { type: 'string', description: "Of the agent who wrote it; '' for others." },
            kind: { type: 'string' },
            channelKind: {
              anyOf: [
                { type: 'string', enum: ['web', 'telegram', 'sms', 'email', 'phone', 'messages'] },
                { type: 'null' },
              ],
            },
            snippet: { type: 'string', description: 'A part of its words around what was searched for.' },
            marks: {
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
                    description:
                      'Appends new elements to the end of an array, and returns the new length of the array.',
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
                    description:
                      'Inserts new elements at the start of an array, and returns the new length of the array.',
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
                  forEach: {
                    type: 'object',
                    description: 'Performs the specified action for each element in an array.',
                  },
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
                  '__@iterator@144': { type: 'object', description: 'Iterator' },
                  '__@unscopables@146': {
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
                      toSorted: {
                        type: 'boolean',
                        description: 'Returns a copy of an array with its elements sorted.',
                      },
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
                      '__@iterator@144': { type: 'boolean', description: 'Iterator' },
                      '__@unscopables@146': {
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
                  '__@iterator@144',
                  '__@unscopables@146',
                ],
              },
              description: 'Where in the snippet: [from, to) in UTF-16 units.',
            },
          },
          required: ['id', 'at', 'author', 'authorName', 'kind', 'channelKind', 'snippet', 'marks'],
        },
      },
      required: ['conversation', 'customer', 'ticket', 'message'],
    },
    SearchProblem: {
      description:
        'A filter of a search that could not be followed, as it was typed. `too_wide`: what was found so far is all that could be looked at in time.',
      type: 'object',
      properties: {
        term: { type: 'string' },
        why: { type: 'string', enum: ['unknown_filter', 'unknown_value', 'bad_date', 'words_needed', 'too_wide'] },
      },
      required: ['term', 'why'],
    },
    SecondFactorView: {
      description: 'My second factor.',
      type: 'object',
      properties: {
        isOn: { type: 'boolean' },
        since: { type: ['string', 'null'] },
        recoveryCodes: { type: 'number', description: 'Recovery codes that are left.' },
        isRequired: { type: 'boolean', description: 'Everybody here has one, so it cannot be turned off.' },
      },
      required: ['isOn', 'since', 'recoveryCodes', 'isRequired'],
    },
    SegmentConditionDto: {
      type: 'object',
      properties: { condition: { description: 'Tests and all, any, not of conditions. {"all": []} is everybody.' } },
      required: ['condition'],
    },
    SegmentConditionView: {
      description: 'A test {field, op, ...}, or {all: [...]}, {any: [...]}, {not: ...} of conditions.',
      type: 'object',
      additionalProperties: {},
    },
    SegmentCountView: {
      description: 'How many customers fulfil a condition.',
      type: 'object',
      properties: {
        count: { type: ['number', 'null'], description: 'null: counting took longer than is waited for.' },
      },
      required: ['count'],
    },
    SegmentMemberView: {
      type: 'object',
      properties: {
        customerId: { type: 'string' },
        conversationId: { type: 'string' },
        name: { type: 'string' },
        why: { $ref: '#/components/schemas/SegmentWhyView' },
      },
      required: ['customerId', 'conversationId', 'name', 'why'],
    },
    SegmentPreviewView: {
      description: 'Some who are in a segment, the ones that we know longest first.',
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/SegmentMemberView' } },
        hasMore: { type: 'boolean', description: 'Not everybody was looked at: there are, or may be, others.' },
      },
      required: ['rows', 'hasMore'],
    },
    SegmentView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        condition: { $ref: '#/components/schemas/SegmentConditionView' },
        version: { type: 'number' },
        counted: {
          type: ['number', 'null'],
          description: 'How many were in it when that was last counted; null: never, or not in time.',
        },
        countedAt: { type: ['string', 'null'] },
        changedAt: { type: 'string' },
        missing: {
          type: ['array', 'null'],
          items: { type: 'string' },
          description:
            'Attributes and queues that it asks about and that are gone, or null where it cannot be read any more.',
        },
      },
      required: ['id', 'name', 'condition', 'version', 'counted', 'countedAt', 'changedAt', 'missing'],
    },
    SegmentWhyView: {
      description: 'The conditions of a segment again, each with whether it holds; a test with what it saw.',
      type: 'object',
      properties: { holds: { type: 'boolean' } },
      required: ['holds'],
      additionalProperties: {},
    },
    SendHeldDto: {
      type: 'object',
      properties: {
        anyway: { type: 'boolean', description: 'Also where a colleague has answered since.' },
        alone: { type: 'boolean', description: 'Its ticket stays as it is, whatever was decided before.' },
      },
    },
    SendPurchasesDto: {
      type: 'object',
      properties: {
        source: {
          type: 'string',
          minLength: 1,
          maxLength: 100,
          description:
            'The shop or program that they come from. One purchase per source and external id, however often it is sent.',
        },
        purchases: {
          type: 'array',
          items: {},
          maxItems: 500,
          description:
            '{externalId, amount in minor units, currency, at, items, customer: {id | externalId, email, phone, name, locale}}. Each is taken or refused by itself.',
        },
        createMissing: { type: 'boolean', description: 'Whoever is not found becomes a customer.' },
      },
      required: ['source', 'purchases'],
    },
    SessionDto: {
      type: 'object',
      properties: { email: { type: 'string', maxLength: 320 }, password: { type: 'string', maxLength: 1000 } },
      required: ['email', 'password'],
    },
    SetAttributesDto: {
      type: 'object',
      properties: {
        values: {
          type: 'object',
          additionalProperties: {},
          description:
            'Values by the keys of attributes; null takes one away. Texts are read as people write them: Persian digits, Jalali days.',
        },
      },
      required: ['values'],
    },
    SetFieldsDto: {
      type: 'object',
      properties: {
        values: {
          type: 'object',
          additionalProperties: {
            anyOf: [
              {
                anyOf: [
                  { type: 'string' },
                  { type: 'number' },
                  { const: false },
                  { const: true },
                  { type: 'array', items: { type: 'string' } },
                ],
              },
              { type: 'null' },
            ],
          },
          description: 'Values by the keys of their fields; null empties one.',
        },
      },
      required: ['values'],
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
    SignInBegunView: {
      description: 'Where the browser goes next.',
      type: 'object',
      properties: { location: { type: 'string' } },
      required: ['location'],
    },
    SignInCheckDto: {
      type: 'object',
      properties: {
        issuer: { type: 'string', maxLength: 500 },
        clientId: { type: 'string', minLength: 1, maxLength: 300 },
        clientSecret: {
          type: 'string',
          maxLength: 2000,
          description: 'Left out, the stored one of this provider is tried.',
        },
      },
      required: ['issuer', 'clientId'],
    },
    SignInCheckView: {
      description:
        'What was found at a provider, in the order in which it was looked at. What could not be looked at any more is not there.',
      type: 'object',
      properties: {
        ok: { type: 'boolean' },
        steps: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              step: { type: 'string', enum: ['discovery', 'issuer', 'endpoints', 'keys', 'client'] },
              ok: { type: 'boolean' },
              detail: { type: 'string' },
            },
            required: ['step', 'ok', 'detail'],
          },
        },
      },
      required: ['ok', 'steps'],
    },
    SignInGroupDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 300 },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        ownRoleId: {
          type: ['string', 'null'],
          format: 'uuid',
          description: "A role of the organisation's own, in place of the built-in one.",
        },
      },
      required: ['name', 'role'],
    },
    SignInGroupView: {
      description: 'A role by the name of a group.',
      type: 'object',
      properties: {
        name: { type: 'string' },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        ownRoleId: { type: ['string', 'null'] },
      },
      required: ['name', 'role', 'ownRoleId'],
    },
    SignInProviderDto: {
      type: 'object',
      properties: {
        version: { type: 'integer', description: 'The version that was seen; left out for a new one.' },
        name: { type: 'string', minLength: 1, maxLength: 60, description: 'As the button says it.' },
        issuer: {
          type: 'string',
          maxLength: 500,
          description: "Where the provider's own documents are found, below /.well-known/openid-configuration.",
        },
        clientId: { type: 'string', minLength: 1, maxLength: 300 },
        clientSecret: {
          type: ['string', 'null'],
          minLength: 1,
          maxLength: 2000,
          description: 'Left out, the stored one stays; null: there is none.',
        },
        scopes: { type: 'array', items: { type: 'string' }, maxItems: 20, description: 'Beside `openid`.' },
        emailDomains: { type: 'array', items: { type: 'string', maxLength: 255 }, maxItems: 50 },
        trustsEmail: { type: 'boolean' },
        createsAccounts: { type: 'boolean' },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        ownRoleId: { type: ['string', 'null'], format: 'uuid' },
        queueIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 500 },
        groupsClaim: { type: ['string', 'null'], maxLength: 200 },
        groups: { type: 'array', items: { $ref: '#/components/schemas/SignInGroupDto' }, maxItems: 100 },
        secondFactor: { type: 'string', enum: ['asked', 'by_amr', 'counts'] },
        enabled: { type: 'boolean' },
      },
      required: [
        'name',
        'issuer',
        'clientId',
        'scopes',
        'emailDomains',
        'trustsEmail',
        'createsAccounts',
        'role',
        'queueIds',
        'groups',
        'secondFactor',
        'enabled',
      ],
    },
    SignInProviderView: {
      description: 'A provider of OpenID Connect, as administrators set it up.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        version: { type: 'number' },
        name: { type: 'string' },
        issuer: { type: 'string' },
        clientId: { type: 'string' },
        hasSecret: { type: 'boolean', description: 'The secret itself is never shown again.' },
        scopes: { type: 'array', items: { type: 'string' } },
        emailDomains: {
          type: 'array',
          items: { type: 'string' },
          description: 'Whose addresses may come in; none: any.',
        },
        trustsEmail: {
          type: 'boolean',
          description: 'Its word on addresses counts, also where it does not call them verified.',
        },
        createsAccounts: { type: 'boolean' },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'], description: 'What new accounts get.' },
        ownRoleId: { type: ['string', 'null'] },
        queueIds: { type: 'array', items: { type: 'string' } },
        groupsClaim: { type: ['string', 'null'], description: "The claim that lists somebody's groups." },
        groups: {
          type: 'array',
          items: { $ref: '#/components/schemas/SignInGroupView' },
          description: 'The first that somebody is in says the role of accounts that this provider made.',
        },
        secondFactor: {
          type: 'string',
          enum: ['asked', 'by_amr', 'counts'],
          description: "Whether the hub's own second step comes after it: always, unless it says `mfa`, or never.",
        },
        enabled: { type: 'boolean' },
        people: { type: 'number', description: 'Accounts that are linked to it.' },
      },
      required: [
        'id',
        'version',
        'name',
        'issuer',
        'clientId',
        'hasSecret',
        'scopes',
        'emailDomains',
        'trustsEmail',
        'createsAccounts',
        'role',
        'ownRoleId',
        'queueIds',
        'groupsClaim',
        'groups',
        'secondFactor',
        'enabled',
        'people',
      ],
    },
    SignInSettingsView: {
      type: 'object',
      properties: {
        providers: { type: 'array', items: { $ref: '#/components/schemas/SignInProviderView' } },
        address: {
          type: ['string', 'null'],
          description:
            'What the address begins with to which providers lead back; null: the hub does not know its own address.',
        },
        passwords: { type: 'string', enum: ['everybody', 'some'] },
        administrators: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              email: { type: 'string' },
              hasPassword: { type: 'boolean' },
              keepsPassword: { type: 'boolean' },
            },
            required: ['id', 'name', 'email', 'hasPassword', 'keepsPassword'],
          },
          description: 'Administrators, of whom at least one keeps a password.',
        },
      },
      required: ['providers', 'address', 'passwords', 'administrators'],
    },
    SignInStepView: {
      description:
        'What is asked of somebody whose password was right, or whom a provider vouches for, before they are signed in.',
      type: 'object',
      properties: {
        step: {
          type: 'string',
          enum: ['code', 'enrol'],
          description: '`code`: one of their authenticator. `enrol`: everybody here has one, and they have none yet.',
        },
        ticket: { type: 'string', description: 'Names this sign-in for some minutes; it opens nothing by itself.' },
      },
      required: ['step', 'ticket'],
    },
    SignInWaysView: {
      description: 'How the sign-in page lets people in.',
      type: 'object',
      properties: {
        providers: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' } },
            required: ['id', 'name'],
          },
        },
        passwords: {
          type: 'string',
          enum: ['everybody', 'some'],
          description: '`some`: all but a few sign in by a provider.',
        },
      },
      required: ['providers', 'passwords'],
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
        state: { type: 'string', enum: ['running', 'cancelled', 'paused', 'met'] },
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
    SnoozeDto: {
      type: 'object',
      properties: { until: { $ref: '#/components/schemas/SnoozeUntilDto', description: 'One of the three.' } },
      required: ['until'],
    },
    SnoozeUntilDto: {
      type: 'object',
      properties: {
        at: { type: 'string', format: 'date-time', description: 'An instant in the future.' },
        workDays: {
          type: 'integer',
          minimum: 1,
          maximum: 365,
          description: "So many days on which the ticket's queue serves, today not counted.",
        },
        reply: { const: true, description: 'Until the customer writes, which wakes any ticket.' },
      },
    },
    SnoozeView: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['at', 'reply', 'work_days'] },
        workDays: { type: ['number', 'null'] },
        until: { type: ['string', 'null'], description: 'When it wakes by itself; null: by a reply only.' },
        by: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
          description: 'Who put it to sleep; null: a rule.',
        },
        at: { type: 'string' },
      },
      required: ['kind', 'workDays', 'until', 'by', 'at'],
    },
    SolvedFamilyView: {
      description: 'What became of children that were solved together with their parent.',
      type: 'object',
      properties: {
        solved: { type: 'array', items: { type: 'number' } },
        left: {
          type: 'array',
          items: {
            type: 'object',
            properties: { number: { type: 'number' }, code: { type: 'string' } },
            required: ['number', 'code'],
          },
          description: 'Those that could not be, by number, with the code of the refusal.',
        },
      },
      required: ['solved', 'left'],
    },
    SpamDto: {
      type: 'object',
      properties: {
        block: {
          type: 'boolean',
          description: 'Nothing that they write wakes anybody from now on, until somebody unblocks them.',
        },
      },
    },
    SplitDto: {
      type: 'object',
      properties: {
        messages: { type: 'array', items: { $ref: '#/components/schemas/MessagePlaceDto' }, maxItems: 200 },
        subject: {
          type: 'string',
          maxLength: 300,
          description: 'The title of the new ticket; the first words of what goes into it when it is left out.',
        },
        queueId: {
          type: 'string',
          format: 'uuid',
          description: 'Where it waits; the queue that the messages come from when it is left out.',
        },
      },
      required: ['messages'],
    },
    StaffingCell: {
      type: 'object',
      properties: {
        weekday: { type: 'number', description: '1 is Monday.' },
        hour: { type: 'number' },
        arrivals: { type: 'number', description: 'Work that comes in such an hour, on average of the weeks.' },
        agents: { type: 'number', description: 'Who must be scheduled, shrinkage included. 0: nothing comes.' },
        load: { type: 'number', description: 'Erlangs: how many would be busy all the time.' },
        share: { type: 'number', description: 'Who waits no longer than `seconds` with so many agents at work.' },
      },
      required: ['weekday', 'hour', 'arrivals', 'agents', 'load', 'share'],
    },
    StaffingView: {
      type: 'object',
      properties: {
        queue: { type: ['string', 'null'], description: 'null: of all queues that the reader sees.' },
        weeks: { type: 'number' },
        from: { type: 'string', description: 'First and last day of these weeks, both included.' },
        to: { type: 'string' },
        zone: { type: 'string' },
        share: { type: 'number', description: 'The wished share of those who wait no longer than `seconds`.' },
        seconds: { type: 'number' },
        shrinkage: { type: 'number' },
        concurrency: {
          type: 'number',
          description: 'How many chats or calls an agent holds at once, on average while they hold any.',
        },
        handleSeconds: {
          type: ['number', 'null'],
          description: 'How long somebody held one on average, and how many were held.',
        },
        handled: { type: 'number' },
        cells: { type: 'array', items: { $ref: '#/components/schemas/StaffingCell' } },
      },
      required: [
        'queue',
        'weeks',
        'from',
        'to',
        'zone',
        'share',
        'seconds',
        'shrinkage',
        'concurrency',
        'handleSeconds',
        'handled',
        'cells',
      ],
    },
    StartDto: {
      type: 'object',
      properties: {
        at: {
          type: 'string',
          enum: ['channel', 'done', 'company', 'team', 'trial'],
          description: 'Where the wizard is left.',
        },
        skip: {
          type: 'string',
          enum: ['channel', 'company', 'team', 'trial'],
          description: 'A step that is left for later.',
        },
      },
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
    StartQueueDto: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
          format: 'uuid',
          description: 'One that is there and may be renamed; absent for one that is to be.',
        },
        name: { type: 'string', minLength: 1, maxLength: 100 },
      },
      required: ['name'],
    },
    StartView: {
      description: 'The first steps of whoever asks, and for administrators those of the hub.',
      type: 'object',
      properties: {
        mine: {
          type: 'object',
          properties: { done: { type: 'array', items: { type: 'string' } }, dismissed: { type: 'boolean' } },
          required: ['done', 'dismissed'],
          description: 'What they have tried, e.g. `palette`, and whether they want to see no more of it.',
        },
        hub: { anyOf: [{ $ref: '#/components/schemas/HubStartView' }, { type: 'null' }] },
      },
      required: ['mine', 'hub'],
    },
    StartWeekDto: {
      description: 'One opening, the same on each of its days.',
      type: 'object',
      properties: {
        days: {
          type: 'array',
          items: { type: 'integer', maximum: 7 },
          maxItems: 7,
          description: 'Monday 1 to Sunday 7.',
        },
        from: { type: 'integer', minimum: 0, maximum: 1439 },
        to: { type: 'integer', minimum: 1, maximum: 1440, description: 'The first minute that is closed again.' },
      },
      required: ['days', 'from', 'to'],
    },
    StateNameTextsDto: {
      type: 'object',
      properties: { en: { type: 'string', maxLength: 60 }, fa: { type: 'string', maxLength: 60 } },
    },
    SteeringRulesDto: { type: 'object', properties: { tellWatched: { type: 'boolean' } }, required: ['tellWatched'] },
    SteeringRulesView: {
      type: 'object',
      properties: {
        tellWatched: {
          type: 'boolean',
          description: 'Agents see that, and by whom, a conversation of theirs is watched.',
        },
      },
      required: ['tellWatched'],
    },
    SteeringView: {
      description: 'What of steering concerns the reader in a conversation.',
      type: 'object',
      properties: {
        watchers: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' } },
            required: ['id', 'name'],
          },
          description: 'Supervisors who watch, where the organisation tells of it.',
        },
        whispers: {
          type: 'array',
          items: { $ref: '#/components/schemas/WhisperView' },
          description: 'Between supervisors and the reader, oldest first.',
        },
        hand: { anyOf: [{ $ref: '#/components/schemas/RaisedHandView' }, { type: 'null' }] },
        mayRaise: { type: 'boolean', description: 'They have work of this person, so they may ask for help with it.' },
      },
      required: ['watchers', 'whispers', 'hand', 'mayRaise'],
    },
    StepCodeDto: {
      type: 'object',
      properties: {
        code: { type: 'string', maxLength: 40, description: 'Six digits of the authenticator, or a recovery code.' },
        ticket: { type: 'string', maxLength: 200 },
      },
      required: ['code', 'ticket'],
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
        kind: { type: 'string', enum: ['web', 'telegram', 'email', 'phone', 'external'] },
        address: { type: 'string' },
        reason: { type: 'string', enum: ['bounce', 'complaint'] },
        said: { type: 'string', description: 'In the words of the server that said so.' },
        since: { type: 'string' },
      },
      required: ['id', 'kind', 'address', 'reason', 'said', 'since'],
    },
    SurveyAnswerView: {
      description: 'One answer, for supervisors who read what customers say.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        surveyName: { type: 'string' },
        kind: { type: 'string', enum: ['csat', 'nps', 'ces'] },
        score: { type: 'number' },
        isLow: { type: 'boolean' },
        comment: { type: 'string' },
        answeredAt: { type: 'string' },
        ticket: {
          type: 'object',
          properties: { id: { type: 'string' }, number: { type: 'number' }, prefix: { type: 'string' } },
          required: ['id', 'number', 'prefix'],
        },
        conversation: { type: 'string', description: 'Names the person, as everywhere in the API.' },
        customerName: { type: 'string' },
        agentName: { type: 'string' },
      },
      required: [
        'id',
        'surveyName',
        'kind',
        'score',
        'isLow',
        'comment',
        'answeredAt',
        'ticket',
        'conversation',
        'customerName',
        'agentName',
      ],
    },
    SurveySummaryPart: {
      description: 'What the answers of a time come to, as a whole or of one queue or agent.',
      type: 'object',
      properties: {
        id: {
          type: ['string', 'null'],
          description: "The queue's or agent's id; null for the whole, and for tickets that were nobody's.",
        },
        name: { type: 'string' },
        asked: { type: 'number' },
        answered: { type: 'number' },
        mean: { type: ['number', 'null'], description: 'Null while nobody answered.' },
        headline: {
          type: ['number', 'null'],
          description:
            '`csat`: per cent of 4 and 5 · `nps`: per cent of 9 and 10 less per cent of 0 to 6 · `ces`: per cent of 5 to 7.',
        },
        distribution: {
          type: 'array',
          items: {
            type: 'object',
            properties: { score: { type: 'number' }, count: { type: 'number' } },
            required: ['score', 'count'],
          },
        },
      },
      required: ['id', 'name', 'asked', 'answered', 'mean', 'headline', 'distribution'],
    },
    SurveySummaryView: {
      description: 'The answers to all surveys of a kind that were asked within a time.',
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['csat', 'nps', 'ces'] },
        from: { type: 'string' },
        to: { type: 'string' },
        whole: { $ref: '#/components/schemas/SurveySummaryPart' },
        parts: {
          type: 'array',
          items: { $ref: '#/components/schemas/SurveySummaryPart' },
          description: 'By queue or by agent, those with the most answers first.',
        },
      },
      required: ['kind', 'from', 'to', 'whole', 'parts'],
    },
    SurveyTextDto: {
      description: 'A text in both languages; an empty one is as if it were not there.',
      type: 'object',
      properties: { en: { type: 'string', maxLength: 500 }, fa: { type: 'string', maxLength: 500 } },
    },
    SurveyTexts: {
      description: 'A text in both languages; where one is empty, its readers get the other.',
      type: 'object',
      properties: { en: { type: 'string' }, fa: { type: 'string' } },
      required: ['en', 'fa'],
    },
    SurveyView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        kind: { type: 'string', enum: ['csat', 'nps', 'ces'] },
        enabled: { type: 'boolean' },
        position: { type: 'number', description: 'Of those that are meant for a queue, the one with the lowest asks.' },
        queueIds: {
          type: 'array',
          items: { type: 'string' },
          description: 'The queues whose tickets it asks about; none means every queue.',
        },
        tags: {
          type: 'array',
          items: { type: 'string' },
          description: 'It asks about tickets with one of these tags; none means all.',
        },
        fieldKey: {
          type: ['string', 'null'],
          description: 'It asks about tickets with one of these values in this custom field; null: all.',
        },
        fieldValues: { type: 'array', items: { type: 'string' } },
        askOn: {
          type: 'string',
          enum: ['solved', 'call', 'command'],
          description:
            '`solved`: by itself, once a ticket is solved · `command`: only when a rule, a macro or an agent says so.',
        },
        delayMinutes: {
          type: 'number',
          description:
            'How long after a ticket was solved; 0 is at once. One that is taken up again before is not asked about.',
        },
        coolDownDays: {
          type: 'number',
          description: 'A customer who was asked anything within so many days is not asked. 0: they always are.',
        },
        expiryHours: { type: 'number', description: 'How long an answer counts.' },
        lowScore: {
          type: ['number', 'null'],
          description: 'The highest score that somebody has to look after; null: none.',
        },
        followUpQueueId: {
          type: ['string', 'null'],
          description: 'Where a ticket is opened to look after a low score; null: nowhere.',
        },
        question: {
          $ref: '#/components/schemas/SurveyTexts',
          description: 'Empty texts: the hub has words of its own for each kind.',
        },
        commentPrompt: {
          $ref: '#/components/schemas/SurveyTexts',
          description: 'Asks for words behind the score; empty in both languages: nobody is asked.',
        },
        thanks: {
          $ref: '#/components/schemas/SurveyTexts',
          description: 'Said once somebody has answered; empty in both languages: nothing.',
        },
        isUsed: {
          type: 'boolean',
          description: 'Whether anybody was asked already: then it can be switched off, not removed.',
        },
      },
      required: [
        'id',
        'name',
        'kind',
        'enabled',
        'position',
        'queueIds',
        'tags',
        'fieldKey',
        'fieldValues',
        'askOn',
        'delayMinutes',
        'coolDownDays',
        'expiryHours',
        'lowScore',
        'followUpQueueId',
        'question',
        'commentPrompt',
        'thanks',
        'isUsed',
      ],
    },
    SystemAlarmView: {
      description: 'What administrators are warned of.',
      type: 'object',
      properties: {
        silent: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              node: { type: 'string' },
              worker: {
                anyOf: [
                  {
                    type: 'string',
                    enum: [
                      'waiting',
                      'absent-agents',
                      'account-mails',
                      'board-alerts',
                      'bots',
                      'bulk',
                      'call-logs',
                      'call-transfers',
                      'channels',
                      'deliveries',
                      'files',
                      'held-messages',
                      'idle-tickets',
                      'jobs',
                      'missed-calls',
                      'notices',
                      'outreach',
                      'polls',
                      'privacy',
                      'promises',
                      'prompts',
                      'recordings',
                      'report-mails',
                      'reports',
                      'routing',
                      'rules',
                      'silent-lines',
                      'spool',
                      'surveys',
                      'ticket-closing',
                      'tiers',
                      'watches',
                      'webhooks',
                    ],
                  },
                  { type: 'null' },
                ],
              },
              since: { type: 'string' },
            },
            required: ['node', 'worker', 'since'],
          },
          description:
            'Workers that are silent, each with its node; a node that is silent as a whole is one line without a worker.',
        },
      },
      required: ['silent'],
    },
    SystemNodeView: {
      description: 'A process of the installation.',
      type: 'object',
      properties: {
        name: { type: 'string' },
        version: { type: 'string' },
        nodeVersion: { type: 'string' },
        role: { type: 'string', enum: ['all', 'web', 'worker'] },
        startedAt: { type: 'string' },
        seenAt: { type: 'string' },
        memoryBytes: { type: 'number' },
        spoolBytes: { type: 'number', description: 'Bytes that came in and wait on its disk for the database.' },
        silent: {
          type: 'boolean',
          description: 'It has not been heard of for a while: it died, or cannot reach the database.',
        },
        workers: { type: 'array', items: { $ref: '#/components/schemas/SystemWorkerView' } },
      },
      required: [
        'name',
        'version',
        'nodeVersion',
        'role',
        'startedAt',
        'seenAt',
        'memoryBytes',
        'spoolBytes',
        'silent',
        'workers',
      ],
    },
    SystemQueueView: {
      type: 'object',
      properties: {
        name: {
          type: 'string',
          description: "'facts …' are those that a reader of the log has before it, a thousand at most.",
        },
        waiting: { type: 'number' },
        oldestSeconds: { type: 'number' },
      },
      required: ['name', 'waiting', 'oldestSeconds'],
    },
    SystemView: {
      type: 'object',
      properties: {
        version: { type: 'string' },
        at: { type: 'string' },
        nodes: { type: 'array', items: { $ref: '#/components/schemas/SystemNodeView' } },
        database: {
          type: 'object',
          properties: {
            version: { type: 'string' },
            bytes: { type: 'number' },
            connections: { type: 'number' },
            maxConnections: { type: 'number' },
            longestTransactionSeconds: {
              type: 'number',
              description: 'Of the transaction that runs longest; 0: none runs.',
            },
            replicas: {
              type: 'array',
              items: {
                type: 'object',
                properties: { name: { type: 'string' }, lagBytes: { type: 'number' } },
                required: ['name', 'lagBytes'],
              },
            },
          },
          required: ['version', 'bytes', 'connections', 'maxConnections', 'longestTransactionSeconds', 'replicas'],
        },
        disk: {
          type: 'object',
          properties: { freeBytes: { type: 'number' }, totalBytes: { type: 'number' } },
          required: ['freeBytes', 'totalBytes'],
          description: 'Of the disk with the data folder of the node that answered.',
        },
        queues: { type: 'array', items: { $ref: '#/components/schemas/SystemQueueView' } },
        backup: {
          type: ['object', 'null'],
          properties: { madeAt: { type: 'string' }, bytes: { type: 'number' } },
          required: ['madeAt', 'bytes'],
          description: 'The last one that this program made; null: none yet.',
        },
        restored: {
          type: ['object', 'null'],
          properties: {
            madeAt: { type: 'string' },
            at: { type: 'string' },
            heldBack: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  what: {
                    type: 'string',
                    enum: [
                      'messages',
                      'bulk',
                      'idle-tickets',
                      'outreach',
                      'reports',
                      'rules',
                      'surveys',
                      'unwritten',
                      'bot-words',
                      'bot-acts',
                      'bot-wakes',
                      'waits',
                    ],
                  },
                  count: { type: 'number' },
                },
                required: ['what', 'count'],
              },
            },
          },
          required: ['madeAt', 'at', 'heldBack'],
          description: 'What the data were restored from, and what was not sent or done then; null: they never were.',
        },
        mailCertificateEndsAt: { type: ['string', 'null'] },
      },
      required: ['version', 'at', 'nodes', 'database', 'disk', 'queues', 'backup', 'restored', 'mailCertificateEndsAt'],
    },
    SystemWorkerView: {
      type: 'object',
      properties: {
        name: {
          type: 'string',
          enum: [
            'waiting',
            'absent-agents',
            'account-mails',
            'board-alerts',
            'bots',
            'bulk',
            'call-logs',
            'call-transfers',
            'channels',
            'deliveries',
            'files',
            'held-messages',
            'idle-tickets',
            'jobs',
            'missed-calls',
            'notices',
            'outreach',
            'polls',
            'privacy',
            'promises',
            'prompts',
            'recordings',
            'report-mails',
            'reports',
            'routing',
            'rules',
            'silent-lines',
            'spool',
            'surveys',
            'ticket-closing',
            'tiers',
            'watches',
            'webhooks',
          ],
        },
        turnedAt: { type: 'string', description: 'When it last finished what it does.' },
        everyMs: { type: 'number', description: 'How often it means to.' },
        silent: { type: 'boolean' },
      },
      required: ['name', 'turnedAt', 'everyMs', 'silent'],
    },
    TagView: {
      description: 'A tag that was used. `uses` counts tickets up to a thousand.',
      type: 'object',
      properties: {
        key: { type: 'string', description: 'The form under which spellings are one.' },
        name: { type: 'string' },
        uses: { type: 'number' },
        formerly: {
          type: 'array',
          items: {
            type: 'object',
            properties: { key: { type: 'string' }, name: { type: 'string' } },
            required: ['key', 'name'],
          },
          description: 'Former names, whose tickets count here.',
        },
      },
      required: ['key', 'name', 'uses', 'formerly'],
    },
    TakeOverDto: {
      type: 'object',
      properties: {
        from: { type: 'string', format: 'uuid', description: 'Who had it when the caller looked.' },
        reason: { type: 'string', maxLength: 500, description: 'For the timeline; empty: none.' },
      },
      required: ['from'],
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
    TeachDto: {
      description: 'What is to be done with misses: one of the three.',
      type: 'object',
      properties: {
        ids: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 1000 },
        intent: { type: 'string', description: "Their words become examples of this intent in the script's draft." },
        articleId: { type: 'string', format: 'uuid', description: 'Their words become keywords of this article.' },
        dismiss: { type: 'boolean', description: 'They are nothing to learn from.' },
      },
      required: ['ids'],
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
    TemplateFaultView: {
      description: 'Something wrong with a text: where, counted from 1. `named` is what stands there.',
      type: 'object',
      properties: {
        why: {
          type: 'string',
          enum: ['too_long', 'syntax', 'unknown_variable', 'unknown_filter', 'unknown_tag', 'unfit_value'],
        },
        line: { type: 'number' },
        column: { type: 'number' },
        named: { type: 'string' },
      },
      required: ['why', 'line', 'column', 'named'],
    },
    TestConnectorDto: {
      type: 'object',
      properties: { args: { type: 'object', additionalProperties: {}, description: 'The arguments by their names.' } },
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
    TestOutreachDto: {
      description: "An address of somebody who wrote before, most often one's own.",
      type: 'object',
      properties: {
        channelId: { type: 'string', format: 'uuid' },
        address: { type: 'string', minLength: 1, maxLength: 320 },
      },
      required: ['channelId', 'address'],
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
    ThresholdDto: {
      description: 'A limit of a queue, or of all together. There is one for each thing that can be measured.',
      type: 'object',
      properties: {
        queueId: { type: ['string', 'null'], format: 'uuid', description: 'null: all queues together.' },
        measure: {
          type: 'string',
          enum: ['waiting', 'at_risk', 'longest_wait', 'broken', 'agents_online', 'bot_share', 'first_reply'],
          description: '`bot_share` and `first_reply` are measured of all queues together only.',
        },
        limit: {
          type: 'number',
          minimum: 0,
          maximum: 1000000,
          description: 'Seconds for `longest_wait` and `first_reply`, a share from 0 to 1 for `bot_share`.',
        },
        forSeconds: {
          type: 'integer',
          minimum: 0,
          maximum: 3600,
          description: 'How long it must be passed before anybody is told, and kept before it is over.',
        },
      },
      required: ['queueId', 'measure', 'limit'],
    },
    TicketChangeView: {
      description: 'A change of tickets that may still be taken back.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        kind: { type: 'string', enum: ['ticket_merge', 'message_move', 'ticket_split'] },
        at: { type: 'string' },
        undoUntil: { type: 'string' },
        by: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        messages: { type: 'number', description: 'How many messages it moved.' },
        from: { anyOf: [{ $ref: '#/components/schemas/RelatedTicketView' }, { type: 'null' }] },
        into: { $ref: '#/components/schemas/RelatedTicketView' },
      },
      required: ['id', 'kind', 'at', 'undoUntil', 'by', 'messages', 'from', 'into'],
    },
    TicketDetailView: {
      description: 'A ticket with its kin, found by its id or by any number that ever led to it.',
      type: 'object',
      properties: {
        ticket: { $ref: '#/components/schemas/TicketView' },
        conversation: { type: 'string', description: "The person's conversation." },
        mergedFrom: {
          type: ['number', 'null'],
          description: 'The number that was asked for, where that ticket was merged into this one.',
        },
        merged: {
          type: 'array',
          items: { $ref: '#/components/schemas/RelatedTicketView' },
          description: 'Tickets that were merged into it.',
        },
        parent: { anyOf: [{ $ref: '#/components/schemas/RelatedTicketView' }, { type: 'null' }] },
        children: { type: 'array', items: { $ref: '#/components/schemas/RelatedTicketView' } },
        follows: {
          type: ['object', 'null'],
          properties: {
            id: { type: 'string' },
            number: { type: 'number' },
            prefix: { type: 'string' },
            state: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] },
            subject: { type: 'string' },
            customer: { type: 'string', description: "Whose it is; '' where it is kept from this reader." },
            conversation: {
              type: ['string', 'null'],
              description: "The person's conversation; null where it is kept from this reader.",
            },
            as: { type: 'string', enum: ['follow_up', 'split'] },
          },
          required: ['id', 'number', 'prefix', 'state', 'subject', 'customer', 'conversation', 'as'],
        },
        followedBy: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              number: { type: 'number' },
              prefix: { type: 'string' },
              state: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] },
              subject: { type: 'string' },
              customer: { type: 'string', description: "Whose it is; '' where it is kept from this reader." },
              conversation: {
                type: ['string', 'null'],
                description: "The person's conversation; null where it is kept from this reader.",
              },
              as: { type: 'string', enum: ['follow_up', 'split'] },
            },
            required: ['id', 'number', 'prefix', 'state', 'subject', 'customer', 'conversation', 'as'],
          },
        },
        changes: {
          type: 'array',
          items: { $ref: '#/components/schemas/TicketChangeView' },
          description: 'What can be taken back, the latest first.',
        },
      },
      required: [
        'ticket',
        'conversation',
        'mergedFrom',
        'merged',
        'parent',
        'children',
        'follows',
        'followedBy',
        'changes',
      ],
    },
    TicketDto: { type: 'object', properties: { ticket: { type: 'string', maxLength: 200 } }, required: ['ticket'] },
    TicketFieldView: {
      description: 'What tickets are asked for besides their words.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        key: {
          type: 'string',
          description: 'Its name in rules, in the API and in `TicketView.fields`; never changes.',
        },
        kind: { type: 'string', enum: ['number', 'choice', 'text', 'date', 'choices', 'long_text', 'checkbox'] },
        name: { $ref: '#/components/schemas/FieldWordsView' },
        choices: { type: 'array', items: { $ref: '#/components/schemas/FieldChoiceView' } },
        queueIds: {
          type: ['array', 'null'],
          items: { type: 'string' },
          description: 'The queues whose tickets have it; null: those of all.',
        },
        requiredToSolve: { type: 'boolean', description: 'Agents cannot solve a ticket that lacks it.' },
        isRetired: { type: 'boolean', description: 'It takes no new values; old ones are shown.' },
        position: { type: 'number' },
        version: { type: 'number' },
      },
      required: [
        'id',
        'key',
        'kind',
        'name',
        'choices',
        'queueIds',
        'requiredToSolve',
        'isRetired',
        'position',
        'version',
      ],
    },
    TicketMergePreview: {
      description: 'What a merge would do, before anybody does it.',
      type: 'object',
      properties: {
        from: { $ref: '#/components/schemas/RelatedTicketView' },
        into: { $ref: '#/components/schemas/RelatedTicketView' },
        messages: { type: 'number' },
        holder: {
          type: ['string', 'null'],
          description: 'Somebody holds the ticket that is merged; it is taken off them.',
        },
        refused: {
          anyOf: [{ type: 'string', enum: ['finished', 'has_children', 'restricted'] }, { type: 'null' }],
          description: 'Why it cannot be done; null where it can.',
        },
      },
      required: ['from', 'into', 'messages', 'holder', 'refused'],
    },
    TicketPropertiesView: {
      description: "What a ticket's card shows that its row does not hold.",
      type: 'object',
      properties: {
        snooze: { anyOf: [{ $ref: '#/components/schemas/SnoozeView' }, { type: 'null' }] },
        followers: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              why: { type: 'string', enum: ['chose', 'mentioned'] },
            },
            required: ['id', 'name', 'why'],
          },
        },
        duplicates: { type: 'array', items: { $ref: '#/components/schemas/DuplicateView' } },
        closesAt: {
          type: ['string', 'null'],
          description: 'When it is solved unless its customer answers; null: nothing of the kind is near.',
        },
      },
      required: ['snooze', 'followers', 'duplicates', 'closesAt'],
    },
    TicketRef: {
      description:
        'Something that a number is made of. A talk with a bot or a told customer may have no ticket; the conversation is always there.',
      type: 'object',
      properties: {
        id: { type: ['string', 'null'] },
        number: { type: ['number', 'null'] },
        prefix: { type: ['string', 'null'] },
        conversation: {
          type: ['string', 'null'],
          description: 'null: it is in a queue that this reader does not see.',
        },
        customerName: { type: ['string', 'null'] },
        subject: { type: ['string', 'null'] },
        at: { type: 'string' },
        value: {
          type: 'number',
          description: 'What it adds to the number: seconds, a score, or how many messages; 1 where each is one.',
        },
      },
      required: ['id', 'number', 'prefix', 'conversation', 'customerName', 'subject', 'at', 'value'],
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
    TicketStateNameView: {
      description:
        "An organisation's own name of a state. It says more to people and changes nothing of what the state does.",
      type: 'object',
      properties: {
        id: { type: 'string' },
        state: { type: 'string', enum: ['open', 'pending', 'on_hold', 'solved'] },
        name: {
          type: 'object',
          properties: { en: { type: 'string' }, fa: { type: 'string' } },
          description: 'At least one of them is there; the other language reads it too.',
        },
        position: { type: 'number' },
        tickets: { type: 'number', description: 'Tickets that carry it and are not closed.' },
        retired: { type: 'boolean', description: 'Not offered any more; tickets that carry it keep it.' },
      },
      required: ['id', 'state', 'name', 'position', 'tickets', 'retired'],
    },
    TicketSurveyView: {
      description: 'A question about a ticket and what came of it, as agents see it on the ticket.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        surveyId: { type: 'string' },
        surveyName: { type: 'string' },
        kind: { type: 'string', enum: ['csat', 'nps', 'ces'] },
        state: {
          type: 'string',
          enum: ['expired', 'asked', 'due', 'skipped', 'answered', 'cancelled'],
          description:
            '`due`: to be asked at `dueAt` · `asked` · `answered` · `expired`: nobody answered in time · `skipped`: not asked, `why` says so · `cancelled`: the ticket was taken up again before.',
        },
        why: { type: 'string', enum: ['', 'off', 'opted_out', 'no_way', 'cool_down', 'reopened'] },
        dueAt: { type: ['string', 'null'] },
        askedAt: { type: ['string', 'null'] },
        answeredAt: { type: ['string', 'null'] },
        score: { type: ['number', 'null'] },
        isLow: { type: 'boolean' },
        comment: { type: 'string' },
        ticket: {
          type: 'object',
          properties: { id: { type: 'string' }, number: { type: 'number' }, prefix: { type: 'string' } },
          required: ['id', 'number', 'prefix'],
          description: 'The ticket that it is about; another one where this ticket looks after its low score.',
        },
        followUp: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, number: { type: 'number' }, prefix: { type: 'string' } },
          required: ['id', 'number', 'prefix'],
          description: 'The ticket that looks after a low score.',
        },
      },
      required: [
        'id',
        'surveyId',
        'surveyName',
        'kind',
        'state',
        'why',
        'dueAt',
        'askedAt',
        'answeredAt',
        'score',
        'isLow',
        'comment',
        'ticket',
        'followUp',
      ],
    },
    TicketUndoView: {
      description: 'What was taken back.',
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['ticket_merge', 'message_move', 'ticket_split'] },
        restored: { type: 'number', description: 'Messages that are where they were.' },
        kept: { type: 'number', description: 'Messages that somebody moved on since: they stay.' },
      },
      required: ['kind', 'restored', 'kept'],
    },
    TicketView: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        number: { type: 'number' },
        conversation: { type: 'string' },
        rev: { type: 'number' },
        version: { type: 'number' },
        state: { type: 'string', enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] },
        priority: { type: 'integer', enum: [2, 3, 1, 4] },
        queueId: { type: 'string' },
        ownerId: { type: ['string', 'null'] },
        subject: { type: 'string' },
        tags: { type: 'array', items: { type: 'string' } },
        lastMessageAt: { type: 'string' },
        openedAt: { type: 'string' },
        solvedAt: { type: ['string', 'null'] },
        stateNameId: {
          type: ['string', 'null'],
          description: "The organisation's own name of its state; see TicketStateNameView.",
        },
        mergedInto: {
          type: ['string', 'null'],
          description: 'The ticket that it was merged into; where its messages are now.',
        },
        parentId: { type: ['string', 'null'] },
        follows: {
          type: ['object', 'null'],
          properties: { id: { type: 'string' }, as: { type: 'string', enum: ['follow_up', 'split'] } },
          required: ['id', 'as'],
          description: 'The ticket that it goes on from: closed by then, or the one that it was split from.',
        },
        sla: { type: 'array', items: { $ref: '#/components/schemas/SlaClockView' } },
        prefix: {
          type: 'string',
          description: "Stands before the number, with a hyphen; '' where its first queue had none.",
        },
        fields: {
          type: 'object',
          additionalProperties: {
            anyOf: [
              { type: 'string' },
              { type: 'number' },
              { const: false },
              { const: true },
              { type: 'array', items: { type: 'string' } },
            ],
          },
          description: 'What is in its fields, by key.',
        },
        snoozedUntil: {
          type: ['string', 'null'],
          description:
            "Until when it sleeps: an instant, or 'reply' while only its customer's words wake it. Null: it is awake.",
        },
        isSpam: { type: 'boolean' },
        waitingSince: {
          type: ['string', 'null'],
          description: 'Since when its customer waits for our words; null while we owe them none.',
        },
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
        'stateNameId',
        'mergedInto',
        'parentId',
        'follows',
        'sla',
        'prefix',
        'fields',
        'snoozedUntil',
        'isSpam',
      ],
    },
    TierPreviewView: {
      description: 'How many would have which tier.',
      type: 'object',
      properties: {
        tiers: {
          type: 'array',
          items: {
            type: 'object',
            properties: { tier: { type: 'number' }, people: { type: 'number' } },
            required: ['tier', 'people'],
          },
        },
        byHand: { type: 'number', description: 'Who has a tier that was set by hand, and keeps it.' },
      },
      required: ['tiers', 'byHand'],
    },
    TierScoreView: {
      type: 'object',
      properties: {
        tier: { type: 'number' },
        score: { type: 'number', description: '0 to 100.' },
        points: {
          type: 'object',
          properties: { recency: { type: 'number' }, frequency: { type: 'number' }, value: { type: 'number' } },
          required: ['recency', 'frequency', 'value'],
          description: '0 to 4 each.',
        },
        facts: {
          type: 'object',
          properties: {
            daysSinceLast: { type: ['number', 'null'] },
            purchases: { type: 'number' },
            spent: { type: 'number' },
          },
          required: ['daysSinceLast', 'purchases', 'spent'],
        },
      },
      required: ['tier', 'score', 'points', 'facts'],
    },
    TierSettingsView: {
      type: 'object',
      properties: {
        enabled: { type: 'boolean' },
        terms: { $ref: '#/components/schemas/TierTermsView' },
        version: { type: 'number' },
        dueAt: { type: ['string', 'null'], description: 'When tiers are worked out next; null: never.' },
        isRunning: { type: 'boolean' },
        lastRun: {
          type: ['object', 'null'],
          properties: {
            at: { type: 'string' },
            looked: { type: 'number' },
            changed: { type: 'number' },
            byHand: { type: 'number' },
          },
          required: ['at', 'looked', 'changed', 'byHand'],
        },
      },
      required: ['enabled', 'terms', 'version', 'dueAt', 'isRunning', 'lastRun'],
    },
    TierTermsDto: {
      type: 'object',
      properties: { terms: { description: 'Bounds, weights and tiers; a fault is named by its place.' } },
      required: ['terms'],
    },
    TierTermsView: {
      type: 'object',
      properties: {
        windowDays: { type: 'number' },
        currency: { type: 'string' },
        recency: { type: 'array', items: { type: 'number' } },
        frequency: { type: 'array', items: { type: 'number' } },
        value: { type: 'array', items: { type: 'number' } },
        weights: {
          type: 'object',
          properties: { recency: { type: 'number' }, frequency: { type: 'number' }, value: { type: 'number' } },
          required: ['recency', 'frequency', 'value'],
        },
        tiers: {
          type: 'array',
          items: {
            type: 'object',
            properties: { tier: { type: 'number' }, atLeast: { type: 'number' } },
            required: ['tier', 'atLeast'],
          },
        },
      },
      required: ['windowDays', 'currency', 'recency', 'frequency', 'value', 'weights', 'tiers'],
    },
    TransferDto: {
      description: 'Who is to have the caller: one of the three.',
      type: 'object',
      properties: {
        agentId: { type: 'string', format: 'uuid', description: 'A colleague, whatever queues are theirs.' },
        queueId: { type: 'string', format: 'uuid', description: 'Whoever is free there.' },
        phone: {
          $ref: '#/components/schemas/AgentPhoneDto',
          description: 'A number outside, a SIP address, or an extension of the exchange.',
        },
      },
    },
    TransferTargetsView: {
      description: 'Whom a call can be handed to at this moment.',
      type: 'object',
      properties: {
        agents: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              state: { type: 'string', enum: ['busy', 'away', 'free', 'no_phone'] },
            },
            required: ['id', 'name', 'state'],
          },
          description: 'Everybody but the reader. `busy`: they talk, or have no room for a call.',
        },
        queues: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' }, isOpen: { type: 'boolean' } },
            required: ['id', 'name', 'isOpen'],
          },
        },
      },
      required: ['agents', 'queues'],
    },
    TransferView: {
      description: 'A call that is handed over: what comes of it is told by the call itself, and to whoever talks.',
      type: 'object',
      properties: { id: { type: 'string' }, state: { const: 'asked' } },
      required: ['id', 'state'],
    },
    TrialCallView: {
      description:
        'The telephone of a tester: a call to a phone channel with no provider between. `turn` is given back with whatever happens next. Everything that is played comes in its order; what is waited for is the last step.',
      type: 'object',
      properties: {
        callId: { type: 'string' },
        turn: { type: 'number' },
        steps: {
          type: 'array',
          items: {
            anyOf: [
              {
                type: 'object',
                properties: {
                  kind: { const: 'play' },
                  name: { type: 'string' },
                  url: { type: ['string', 'null'] },
                  text: { type: 'string' },
                  locale: { type: 'string' },
                },
                required: ['kind', 'name', 'url', 'text', 'locale'],
              },
              {
                type: 'object',
                properties: { kind: { const: 'say' }, text: { type: 'string' }, locale: { type: 'string' } },
                required: ['kind', 'text', 'locale'],
              },
              {
                type: 'object',
                properties: { kind: { const: 'pause' }, ms: { type: 'number' } },
                required: ['kind', 'ms'],
              },
              {
                type: 'object',
                properties: {
                  kind: { const: 'gather' },
                  keys: { type: 'boolean' },
                  speech: { type: 'boolean' },
                  digits: { type: ['number', 'null'] },
                  finishOnKey: { type: ['string', 'null'] },
                  timeoutMs: { type: 'number' },
                },
                required: ['kind', 'keys', 'speech', 'digits', 'finishOnKey', 'timeoutMs'],
              },
              {
                type: 'object',
                properties: { kind: { const: 'hold' }, maxMs: { type: 'number' }, music: { type: ['string', 'null'] } },
                required: ['kind', 'maxMs', 'music'],
              },
              {
                type: 'object',
                properties: {
                  kind: { const: 'dial' },
                  leg: { type: 'string' },
                  to: {
                    type: 'object',
                    properties: {
                      kind: { type: 'string', enum: ['number', 'sip', 'extension'] },
                      address: { type: 'string' },
                    },
                    required: ['kind', 'address'],
                  },
                  agent: { type: 'string' },
                  timeoutSecs: { type: 'number' },
                  records: { type: 'boolean' },
                },
                required: ['kind', 'leg', 'to', 'agent', 'timeoutSecs', 'records'],
              },
              {
                type: 'object',
                properties: {
                  kind: { const: 'record' },
                  maxMs: { type: 'number' },
                  finishOnKey: { type: ['string', 'null'] },
                },
                required: ['kind', 'maxMs', 'finishOnKey'],
              },
              {
                type: 'object',
                properties: { kind: { const: 'again' }, afterMs: { type: 'number' } },
                required: ['kind', 'afterMs'],
              },
              { type: 'object', properties: { kind: { const: 'hangup' } }, required: ['kind'] },
            ],
          },
        },
        conversation: {
          type: ['string', 'null'],
          description: 'The conversation that the call is in; null where it is in none.',
        },
        path: {
          type: 'array',
          items: {
            type: 'object',
            properties: { node: { type: 'string' }, at: { type: 'string' }, heard: { type: ['string', 'null'] } },
            required: ['node', 'at', 'heard'],
          },
          description: 'The way through the script so far.',
        },
      },
      required: ['callId', 'turn', 'steps', 'conversation', 'path'],
    },
    TrialHappeningDto: {
      description: 'What the tester did. Fields that do not belong to `kind` are left out.',
      type: 'object',
      properties: {
        turn: { type: 'integer', minimum: 0, maximum: 100000, description: 'Of the reply that this answers.' },
        kind: { type: 'string', enum: ['heard', 'recorded', 'played', 'held', 'dialled', 'hung_up'] },
        digits: { type: 'string', description: 'Of `heard`: the keys. Both it and `speech` left out is silence.' },
        speech: { type: 'string', maxLength: 500 },
        leg: { type: 'string', maxLength: 100, description: 'Of `dialled`.' },
        result: { type: 'string', enum: ['busy', 'failed', 'answered', 'no_answer', 'cancelled'] },
        seconds: {
          type: 'integer',
          minimum: 0,
          description:
            'Of `dialled`: how long the two talked; left out as they begin to. Of `recorded`: how long something was said; left out: nothing was.',
        },
      },
      required: ['turn', 'kind'],
    },
    TryScenariosDto: {
      type: 'object',
      properties: { scenarios: { type: 'array', items: {}, maxItems: 100 }, source: { type: 'string' } },
      required: ['scenarios', 'source'],
    },
    TryTextDto: {
      type: 'object',
      properties: { text: { type: 'string', maxLength: 20000 }, locale: { type: 'string', enum: ['en', 'fa'] } },
      required: ['text', 'locale'],
    },
    UndoDto: {
      type: 'object',
      properties: { email: { type: 'integer', minimum: 0 }, other: { type: 'integer', minimum: 0 } },
      required: ['email', 'other'],
    },
    UnreadDto: {
      type: 'object',
      properties: { message: { type: 'string', format: 'uuid', description: 'The first that is to be unread.' } },
      required: ['message'],
    },
    UnseenWhispersView: {
      description: 'Where an agent has whispers that they did not say they saw.',
      type: 'object',
      properties: {
        conversation: { type: 'string', description: "The person, by their root's conversation." },
        customer: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        by: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        count: { type: 'number' },
      },
      required: ['conversation', 'customer', 'by', 'count'],
    },
    ViewCount: {
      description: 'How many tickets a view shows: as many as were counted, and whether there may be more.',
      type: 'object',
      properties: { count: { type: 'number' }, isMore: { type: 'boolean' } },
      required: ['count', 'isMore'],
    },
    ViewCounts: {
      description:
        "Counts of an agent's lists, by what they stand under in the address: a fixed view, `v-` and a saved view, `q-` and a queue.",
      type: 'object',
      additionalProperties: { $ref: '#/components/schemas/ViewCount' },
    },
    ViewDraftDto: {
      type: 'object',
      properties: {
        filter: { description: 'All or any of tests and groups; see ViewFilter.' },
        sort: { type: 'string', enum: ['waiting', 'priority', 'newest', 'deadline'] },
      },
      required: ['filter'],
    },
    ViewOrderDto: {
      type: 'object',
      properties: { ids: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 300 } },
      required: ['ids'],
    },
    ViewPreview: {
      description: 'What a filter that is being written would show.',
      type: 'object',
      properties: {
        rows: { type: 'array', items: { $ref: '#/components/schemas/ListRow' } },
        count: { type: 'number' },
        isMore: { type: 'boolean' },
      },
      required: ['rows', 'count', 'isMore'],
    },
    VisitorConsentView: {
      description: 'What a visitor agreed to before a chat.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        channelId: { type: 'string' },
        version: { type: 'string' },
        words: { type: 'string' },
        givenAt: { type: 'string' },
        withdrawnAt: { type: ['string', 'null'] },
      },
      required: ['id', 'channelId', 'version', 'words', 'givenAt', 'withdrawnAt'],
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
                'expired',
                'used',
                'malformed',
                'wrong_algorithm',
                'unknown_key',
                'bad_signature',
                'not_yet',
                'too_long',
                'wrong_audience',
                'wrong_issuer',
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
    WatchView: {
      description: 'The same for a supervisor who watches.',
      type: 'object',
      properties: {
        watchers: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' }, since: { type: 'string' } },
            required: ['id', 'name', 'since'],
          },
          description: 'Everybody who watches now, the reader among them.',
        },
        workers: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              ticket: {
                type: 'object',
                properties: { id: { type: 'string' }, number: { type: 'number' }, prefix: { type: 'string' } },
                required: ['id', 'number', 'prefix'],
              },
            },
            required: ['id', 'name', 'ticket'],
          },
          description: "Who has the person's work, the latest first: those can be whispered to.",
        },
        whispers: {
          type: 'array',
          items: { $ref: '#/components/schemas/WhisperView' },
          description: 'All of the conversation, oldest first.',
        },
        hands: { type: 'array', items: { $ref: '#/components/schemas/RaisedHandView' } },
      },
      required: ['watchers', 'workers', 'whispers', 'hands'],
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
            'message.moved',
            'note.written',
            'delivery.sent',
            'delivery.unconfirmed',
            'delivery.parked',
            'delivery.failed',
            'ticket.opened',
            'ticket.assigned',
            'ticket.released',
            'ticket.changed',
            'ticket.reopened',
            'ticket.merged',
            'ticket.unmerged',
            'ticket.split',
            'ticket.unsplit',
            'ticket.field_changed',
            'ticket.snoozed',
            'ticket.woken',
            'ticket.spam',
            'ticket.called',
            'sla.warned',
            'sla.breached',
            'sla.escalated',
            'customer.merged',
            'customer.parted',
            'customer.blocked',
            'customer.unblocked',
            'customer.deletion_requested',
            'survey.asked',
            'survey.answered',
            'survey.commented',
            'bot.started',
            'bot.handed_over',
            'bot.returned',
            'bot.ended',
            'bot.failed',
            'outreach.started',
            'outreach.finished',
            'outreach.stopped',
            'channel.alarm',
            'channel.recovered',
            'queue.alert',
          ],
        },
        happenedAt: { type: 'string' },
        state: {
          type: 'string',
          enum: ['failed', 'skipped', 'queued', 'sent', 'sending'],
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
              'message.moved',
              'note.written',
              'delivery.sent',
              'delivery.unconfirmed',
              'delivery.parked',
              'delivery.failed',
              'ticket.opened',
              'ticket.assigned',
              'ticket.released',
              'ticket.changed',
              'ticket.reopened',
              'ticket.merged',
              'ticket.unmerged',
              'ticket.split',
              'ticket.unsplit',
              'ticket.field_changed',
              'ticket.snoozed',
              'ticket.woken',
              'ticket.spam',
              'ticket.called',
              'sla.warned',
              'sla.breached',
              'sla.escalated',
              'customer.merged',
              'customer.parted',
              'customer.blocked',
              'customer.unblocked',
              'customer.deletion_requested',
              'survey.asked',
              'survey.answered',
              'survey.commented',
              'bot.started',
              'bot.handed_over',
              'bot.returned',
              'bot.ended',
              'bot.failed',
              'outreach.started',
              'outreach.finished',
              'outreach.stopped',
              'channel.alarm',
              'channel.recovered',
              'queue.alert',
            ],
          },
        },
        ordered: { type: 'boolean', description: 'One at a time, oldest first.' },
        enabled: { type: 'boolean' },
        off: {
          type: ['object', 'null'],
          properties: { reason: { type: 'string', enum: ['gone', 'failing', 'owner'] }, at: { type: 'string' } },
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
    WhisperAnswerDto: {
      type: 'object',
      properties: { words: { type: 'string', maxLength: 2000 } },
      required: ['words'],
    },
    WhisperDto: {
      type: 'object',
      properties: {
        agentId: { type: ['string', 'null'], format: 'uuid', description: "null: whoever has the person's work." },
        words: { type: 'string', maxLength: 2000 },
      },
      required: ['words'],
    },
    WhisperView: {
      description:
        'Something said between a supervisor and an agent beside a conversation. It is no message, and stands nowhere else.',
      type: 'object',
      properties: {
        id: { type: 'string' },
        agent: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
          description: 'Whom it is said to; in an answer, who says it.',
        },
        by: {
          type: 'object',
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          required: ['id', 'name'],
        },
        words: { type: 'string' },
        at: { type: 'string' },
        seenAt: { type: ['string', 'null'], description: 'When the agent said that they saw it; null on answers.' },
      },
      required: ['id', 'agent', 'by', 'words', 'at', 'seenAt'],
    },
    WrittenReplyView: {
      description: 'A canned reply as it goes into a message; its files are ready to be attached.',
      type: 'object',
      properties: {
        text: { type: 'string' },
        locale: { type: 'string', enum: ['en', 'fa'] },
        missing: { type: 'array', items: { type: 'string' } },
        files: {
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
        },
      },
      required: ['text', 'locale', 'missing', 'files'],
    },
  },
};
