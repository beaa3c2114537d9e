/**
 * The same small history as four products write it: Nora, who wrote twice and by two numbers, Omid, who is open still, and Sara, who
 * answers. Made here after what the products say of their formats.
 */
export interface ExportFile {
  name: string;
  content: string;
}

const at = (minute: number): string => new Date(Date.UTC(2025, 2, 1, 9, minute)).toISOString();
const seconds = (minute: number): number => Date.parse(at(minute)) / 1000;

/** One ticket a line, as the full JSON export writes them; the same person under two numbers. */
export const zendesk: ExportFile[] = [
  {
    name: 'tickets.json',
    content: [
      {
        url: 'https://example.zendesk.com/api/v2/tickets/1.json',
        id: 1,
        created_at: at(0),
        updated_at: at(50),
        subject: 'Late parcel',
        status: 'closed',
        priority: 'high',
        tags: ['delivery', 'vip'],
        requester: { id: 10, name: 'Nora Vale', email: 'Nora@Example.com', phone: '+49 30 901820' },
        assignee: { id: 90, name: 'Sara', email: 'SARA@PEYK.TEST' },
        group: { id: 7, name: 'Support' },
        comments: [
          { id: 101, type: 'Comment', author_id: 10, body: 'Where is it?', public: true, created_at: at(0), attachments: [
            { file_name: 'receipt.txt', content_type: 'text/plain', data: Buffer.from('paid').toString('base64') },
            { file_name: 'far.png', content_url: 'http://127.0.0.1:9/secret.png' },
          ] },
          { id: 102, type: 'Comment', author_id: 90, html_body: '<p>On its <b>way</b>.</p><script>alert(1)</script>', public: true, created_at: at(20) },
          { id: 103, type: 'Comment', author_id: 90, body: 'Called the driver.', public: false, created_at: at(21) },
        ],
      },
      {
        id: 2,
        created_at: at(10),
        updated_at: at(11),
        subject: 'Invoice',
        status: 'open',
        tags: [],
        requester: { id: 11, name: 'Nora V.', email: 'nora@example.com' },
        group: { id: 7, name: 'Support' },
        comments: [
          { id: 201, author_id: 11, body: 'An invoice, please.', public: true, created_at: at(10) },
          { id: 202, author_id: 91, body: 'Gone agent says yes.', public: true, created_at: at(10) },
        ],
      },
    ].map((ticket) => JSON.stringify(ticket)).join('\n'),
  },
  {
    name: 'users.json',
    content: JSON.stringify({
      users: [
        { id: 12, name: 'Omid Rad', email: 'omid@example.com', role: 'end-user', phone: null },
        { id: 91, name: 'Kim Gone', email: 'kim@old.example', role: 'agent' },
      ],
      count: 2,
    }),
  },
]; // prettier-ignore

export const chatwoot: ExportFile[] = [
  {
    name: 'conversations.json',
    content: JSON.stringify({
      data: {
        meta: { mine_count: 0, all_count: 1 },
        payload: [
          {
            meta: {
              sender: { id: 5, name: 'Pari Karimi', email: null, phone_number: '+989121110005', identifier: null },
              channel: 'Channel::Sms',
              assignee: { id: 3, name: 'Sara', email: 'sara@peyk.test' },
            },
            id: 31,
            inbox_id: 2,
            status: 'resolved',
            labels: ['شکایت'],
            messages: [{ id: 903, content: 'حتماً', inbox_id: 2, conversation_id: 31, message_type: 1, private: false, created_at: seconds(9) }],
            created_at: seconds(1),
            last_activity_at: seconds(9),
          },
        ],
      },
    }),
  },
  {
    name: 'messages-31.json',
    content: JSON.stringify({
      meta: { labels: [], contact: { id: 5 } },
      payload: [
        { id: 901, content: 'سفارشم نرسید', inbox_id: 2, conversation_id: 31, message_type: 0, private: false, created_at: seconds(1), sender: { id: 5, name: 'Pari Karimi', type: 'contact' } },
        { id: 902, content: 'Assigned to Sara', inbox_id: 2, conversation_id: 31, message_type: 2, private: false, created_at: seconds(2) },
        { id: 903, content: 'حتماً', inbox_id: 2, conversation_id: 31, message_type: 1, private: false, created_at: seconds(9), sender: { id: 3, name: 'Sara', email: 'sara@peyk.test', type: 'user' } },
      ],
    }),
  },
  { name: 'inboxes.json', content: JSON.stringify({ payload: [{ id: 2, name: 'پیامک', channel_type: 'Channel::Sms' }] }) },
  { name: 'contacts.csv', content: 'id,name,email,phone_number\n5,Pari Karimi,,+98 912 111 0005\n6,Reza Nik,reza@example.com,\n' },
]; // prettier-ignore

export const zammad: ExportFile[] = [
  {
    name: 'tickets.json',
    content: JSON.stringify([
      { id: 41, number: '22041', title: 'Printer', group_id: 1, group: 'Users', state: 'closed', priority: '3 high', customer_id: 8, customer: 'lena@example.com', owner: 'sara@peyk.test', close_at: at(30), created_at: at(5), updated_at: at(31), article_ids: [51, 52] },
    ]),
  },
  {
    name: 'articles.json',
    content: JSON.stringify([
      { id: 52, ticket_id: 41, sender: 'Agent', type: 'email', from: 'Sara <support@old.example>', body: 'Turn it <i>off</i>.', content_type: 'text/html', internal: false, created_at: at(12), created_by: 'sara@peyk.test', created_by_id: 3, attachments: [] },
      { id: 51, ticket_id: 41, sender: 'Customer', type: 'email', from: 'Lena <lena@example.com>', body: 'It does not print.', content_type: 'text/plain', internal: false, created_at: at(5), created_by: 'lena@example.com', created_by_id: 8, attachments: [{ id: 1, filename: 'log.txt', size: 3 }] },
    ]),
  },
  {
    name: 'users.json',
    content: JSON.stringify([
      { id: 8, login: 'lena@example.com', firstname: 'Lena', lastname: 'Maas', email: 'lena@example.com', phone: '', mobile: '', roles: ['Customer'] },
      { id: 3, login: 'sara@peyk.test', firstname: 'Sara', lastname: '', email: 'sara@peyk.test', roles: ['Agent'] },
    ]),
  },
]; // prettier-ignore

export const freescout: ExportFile[] = [
  {
    name: 'conversations.json',
    content: JSON.stringify({
      _embedded: {
        conversations: [
          {
            id: 61, number: 61, type: 'email', status: 'closed', state: 'published', subject: 'Refund', mailboxId: 4,
            assignee: { id: 1, type: 'user', firstName: 'Sara', lastName: '', email: 'sara@peyk.test' },
            createdAt: at(3), updatedAt: at(40), closedAt: at(40),
            customer: { id: 1, type: 'customer', firstName: 'Max', lastName: 'Moor', email: 'max@example.com' },
            _embedded: {
              threads: [
                { id: 602, type: 'message', state: 'published', body: '<div>Paid back.</div>', createdAt: at(40), createdBy: { id: 1, type: 'user', firstName: 'Sara', lastName: '', email: 'sara@peyk.test' } },
                { id: 601, type: 'customer', state: 'published', body: 'Money back?<br>Thanks', createdAt: at(3), createdBy: { id: 1, type: 'customer', firstName: 'Max', lastName: 'Moor', email: 'max@example.com' }, _embedded: { attachments: [{ id: 9, fileName: 'a.pdf', fileUrl: 'https://old.example/a.pdf' }] } },
                { id: 603, type: 'lineitem', state: 'published', body: '', createdAt: at(41) },
                { id: 604, type: 'message', state: 'draft', body: 'never sent', createdAt: at(42) },
              ],
              tags: [{ id: 1, name: 'refund' }],
            },
          },
        ],
      },
      page: { size: 50, totalElements: 1, totalPages: 1, number: 1 },
    }),
  },
  { name: 'mailboxes.json', content: JSON.stringify({ _embedded: { mailboxes: [{ id: 4, name: 'Billing', email: 'billing@old.example' }] } }) },
  { name: 'customers.json', content: JSON.stringify({ _embedded: { customers: [{ id: 1, firstName: 'Max', lastName: 'Moor', _embedded: { emails: [{ id: 1, value: 'max@example.com', type: 'home' }], phones: [] } }] } }) },
]; // prettier-ignore

/** A long history of `people`, each of whom said `each` things in turn, as one line a ticket. */
export function longZendesk(people: number, each: number): ExportFile {
  const lines = Array.from({ length: people }, (_, person) =>
    JSON.stringify({
      id: 10_000 + person,
      subject: `Long ${String(person)}`,
      status: 'closed',
      created_at: at(0),
      updated_at: at(59),
      requester: { id: 5_000 + person, name: `Person ${String(person)}`, email: `long${String(person)}@example.com` },
      group: { id: 7, name: 'Support' },
      comments: Array.from({ length: each }, (__, said) => ({
        id: 100_000 + person * each + said,
        author_id: said % 2 === 0 ? 5_000 + person : 90,
        body: `word ${String(said)}`,
        public: true,
        created_at: new Date(Date.parse(at(0)) + said * 1000).toISOString(),
      })),
    }),
  );
  return { name: 'long.json', content: lines.join('\n') };
}
