// Written by tools/openapi.mjs from the controllers and the contract. Do not edit.
/* oxlint-disable max-lines */
import type { ApiShapes } from './api-shape.js';

export const apiShapes: ApiShapes = {
  rooms: {
    AgentsController: '',
    ApiKeysController:
      'The keys of the agent who is signed in. A program cannot make keys: one that leaked would outlive its revocation.',
    AttachmentsController: '',
    ChannelsController: '',
    ConversationsController: '',
    CustomersController: '',
    DemoController: 'Whether there is anything of the demonstration here, and the one click that takes it away.',
    HealthController: 'For load balancers and supervisors: is the process alive, and may it be sent work.',
    MeController: '',
    MessagesController: '',
    MetricsController:
      'Figures for Prometheus: by METRICS_TOKEN when it is set, else for this machine alone. Others learn nothing, not even that.',
    OpenApiController: 'The API, described: for tools and for people.',
    QueuesController: '',
    SessionController: '',
    SetUpController: 'The first visit to a new hub: makes its administrator, who is signed in at once.',
    TicketsController: '',
    VisitorFilesController:
      'Files of a web chat, for the visitor it is with. Their token comes in a header: an address is kept and passed on.',
    VisitorSessionController:
      'Where a chat on a web page becomes somebody. No cookie is read or set here, so other sites may call it: those that the channel names, or every one when it names none.',
    WebhookController:
      "Where providers call. A request is verified before it is read, stored before it is answered, and answered in the provider's own terms. A forged one is refused and leaves no trace but a count; a repeated one is answered like the first.",
  },
  operations: {
    'AgentsController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeAgentDto' },
      answers: { $ref: '#/components/schemas/AgentView' },
    },
    'AgentsController.create': {
      body: { $ref: '#/components/schemas/NewAgentDto' },
      answers: { $ref: '#/components/schemas/AgentView' },
    },
    'AgentsController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/AgentView' } } },
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
    'CustomersController.addIdentity': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/NewIdentityDto' },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'CustomersController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeCustomerDto' },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'CustomersController.merge': {
      status: 200,
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/MergeDto' },
      answers: { $ref: '#/components/schemas/CustomerView' },
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
                createdAt: { type: 'string' },
                conversation: { type: 'string' },
              },
              required: ['id', 'name', 'locale', 'tier', 'identities', 'createdAt', 'conversation'],
            },
          },
          next: { type: ['string', 'null'], description: 'Where the next page begins; null at the end.' },
        },
        required: ['rows', 'next'],
      },
    },
    'CustomersController.undoMerge': {
      path: { id: { type: 'string', format: 'uuid' } },
      answers: { $ref: '#/components/schemas/CustomerView' },
    },
    'DemoController.read': {
      answers: { type: 'object', properties: { present: { type: 'boolean' } }, required: ['present'] },
    },
    'DemoController.remove': { status: 204 },
    'HealthController.live': {
      answers: { type: 'object', properties: { alive: { const: true } }, required: ['alive'] },
    },
    'HealthController.ready': { answers: { $ref: '#/components/schemas/Readiness' } },
    'MeController.change': {
      body: { $ref: '#/components/schemas/MeDto' },
      answers: { $ref: '#/components/schemas/MeView' },
    },
    'MeController.read': { answers: { $ref: '#/components/schemas/MeView' } },
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
    'OpenApiController.read': { answers: { type: 'object', additionalProperties: {} } },
    'OpenApiController.show': { answers: { type: 'string' } },
    'QueuesController.change': {
      path: { id: { type: 'string', format: 'uuid' } },
      body: { $ref: '#/components/schemas/ChangeQueueDto' },
      answers: { $ref: '#/components/schemas/QueueView' },
    },
    'QueuesController.create': {
      body: { $ref: '#/components/schemas/NewQueueDto' },
      answers: { $ref: '#/components/schemas/QueueView' },
    },
    'QueuesController.list': { answers: { type: 'array', items: { $ref: '#/components/schemas/QueueView' } } },
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
    'VisitorFilesController.download': {
      path: { channel: { type: 'string', format: 'uuid' }, id: { type: 'string', format: 'uuid' } },
      raw: true,
    },
    'VisitorSessionController.begin': {
      status: 201,
      body: { $ref: '#/components/schemas/VisitorSessionDto' },
      answers: { $ref: '#/components/schemas/VisitorSessionView' },
    },
    'WebhookController.receive': { takesRaw: true, raw: true },
    'WebhookController.receiveEvent': { takesRaw: true, raw: true },
    'WebhookController.receivePush': { summary: 'Some SMS gateways push in the address.', raw: true },
  },
  schemas: {
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
    CallView: {
      type: 'object',
      properties: {
        direction: { type: 'string', enum: ['in', 'out'] },
        state: { type: 'string', enum: ['ringing', 'answered', 'ended'] },
        outcome: {
          anyOf: [
            { type: 'string', enum: ['busy', 'answered', 'missed', 'failed', 'voicemail', 'abandoned', 'cancelled'] },
            { type: 'null' },
          ],
        },
        startedAt: { type: ['string', 'null'] },
        durationSeconds: { type: ['number', 'null'] },
        recordingUrl: { type: ['string', 'null'] },
      },
      required: ['direction', 'state', 'outcome', 'startedAt', 'durationSeconds', 'recordingUrl'],
    },
    ChangeAgentDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 200 },
        role: { type: 'string', enum: ['agent', 'supervisor', 'admin'] },
        disabled: { type: 'boolean', description: 'true ends every session of the account at once.' },
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
      properties: { name: { type: 'string', maxLength: 200 }, locale: { type: 'string', enum: ['en', 'fa'] } },
    },
    ChangeQueueDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        restricted: {
          type: 'boolean',
          description: 'Messages of its tickets are withheld from agents who do not serve it.',
        },
        memberIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          description: 'Replaces the members as a whole.',
        },
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
    CustomerView: {
      type: 'object',
      properties: {
        id: { type: 'string', description: "The root of the person's group." },
        name: { type: 'string' },
        locale: { type: 'string' },
        tier: { type: 'number' },
        identities: { type: 'array', items: { $ref: '#/components/schemas/IdentityView' } },
        createdAt: { type: 'string' },
      },
      required: ['id', 'name', 'locale', 'tier', 'identities', 'createdAt'],
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
      },
      required: ['id', 'customerId', 'kind', 'address', 'trust', 'shared', 'lastSeenAt'],
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
    MergeDto: {
      type: 'object',
      properties: { into: { type: 'string', format: 'uuid', description: 'The customer who stays on top.' } },
      required: ['into'],
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
        call: { anyOf: [{ $ref: '#/components/schemas/CallView' }, { type: 'null' }] },
        event: {
          type: ['object', 'null'],
          properties: { name: { type: 'string' } },
          required: ['name'],
          additionalProperties: {},
        },
        attachments: { type: 'array', items: { $ref: '#/components/schemas/AttachmentView' } },
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
        queueIds: { type: 'array', items: { type: 'string', format: 'uuid' } },
        locale: { type: 'string', enum: ['en', 'fa'] },
      },
      required: ['email', 'name', 'role', 'password'],
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
          enum: ['busy', 'answered', 'missed', 'failed', 'voicemail', 'abandoned', 'cancelled'],
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
    NewIdentityDto: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['email', 'phone'] },
        address: { type: 'string', minLength: 3, maxLength: 320 },
      },
      required: ['kind', 'address'],
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
        ticketId: { type: 'string', format: 'uuid' },
        attachmentIds: { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: 20 },
      },
      required: ['id', 'kind', 'body'],
    },
    NewQueueDto: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        restricted: {
          type: 'boolean',
          description: 'Messages of its tickets are withheld from agents who do not serve it.',
        },
        memberIds: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          description: 'Replaces the members as a whole.',
        },
      },
      required: ['name'],
    },
    NewTicketDto: {
      type: 'object',
      properties: { subject: { type: 'string', maxLength: 300 }, queueId: { type: 'string', format: 'uuid' } },
      required: ['subject', 'queueId'],
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
        unavailable: {
          anyOf: [{ type: 'string', enum: ['opted_out', 'blocked', 'left', 'channel_off'] }, { type: 'null' }],
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
        'unavailable',
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
      ],
    },
    VisitorSessionDto: {
      type: 'object',
      properties: {
        locale: { type: 'string', enum: ['en', 'fa'], description: 'The language of the page or of the browser.' },
        token: {
          type: 'string',
          maxLength: 1000,
          description: 'The token this browser has, to go on as the same visitor.',
        },
      },
    },
    VisitorSessionView: {
      type: 'object',
      properties: {
        token: { type: 'string' },
        name: { type: 'string', description: "What the chat calls itself, in the visitor's language." },
        locale: { type: 'string', enum: ['en', 'fa'] },
      },
      required: ['token', 'name', 'locale'],
    },
  },
};
