import { describe, expect, it } from '@jest/globals';
import { readReport, readReportDetail } from './read-report.js';

const mail = (head: string[], body: string): Uint8Array => Buffer.from([...head, '', body].join('\r\n'));
const fromServer = (body: string, subject = 'Undeliverable: Hello') =>
  mail(['From: Mail Delivery System <MAILER-DAEMON@mx.example>', 'To: us@shop.example', `Subject: ${subject}`], body);

/** The forms in which servers without a machine-readable part tell, each with its recipient and whether it is there no more. */
const forms: [server: string, body: string, address: string, hard: boolean][] = [
  [
    'qmail',
    "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<gone@example.org>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <us@shop.example>\nTo: somebody@else.example\n",
    'gone@example.org',
    true,
  ],
  [
    'Exim',
    'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  gone@example.org\n    host mx.example.org [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<gone@example.org>:\n    550 No such user here\n\n------ This is a copy of the message, including all the headers. ------\n',
    'gone@example.org',
    true,
  ],
  [
    'Exim, with the sender before the address',
    'A message sent by\n\n  <us@shop.example>\n\ncould not be delivered to one or more of its recipients. The following\naddress(es) failed:\n\n  full@example.org\n    mailbox is full: retry timeout exceeded\n\n------ This is a copy of the message, including all the headers. ------\n',
    'full@example.org',
    false,
  ],
  [
    'Exchange 2003',
    'Your message did not reach some or all of the intended recipients.\n\n      Subject:\tHello\n      Sent:\t4/28/2009 8:38 AM\n\nThe following recipient(s) could not be reached:\n\n      gone@example.org on 4/28/2009 8:38 AM\n            The e-mail account does not exist at the organization this message was sent to.\n            <mx.example #5.1.1>\n',
    'gone@example.org',
    true,
  ],
  [
    'Exchange 2007',
    "Delivery has failed to these recipients or distribution lists:\n\ngone@example.org\nThe recipient's e-mail address was not found in the recipient's e-mail system.\n\nDiagnostic information for administrators:\n\nGenerating server: mx.example\n\ngone@example.org\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n\nOriginal message headers:\n\nReceived: from x\n",
    'gone@example.org',
    true,
  ],
  [
    'Yahoo',
    "Sorry, we were unable to deliver your message to the following address.\n\n<gone@example.org>:\nRemote host said:\n554 delivery error: dd This user doesn't have a yahoo.com account (gone@example.org) [0]\n\n--- Below this line is a copy of the message.\n",
    'gone@example.org',
    true,
  ],
  [
    'Gmail',
    'Delivery to the following recipient failed permanently:\n\n     gone@example.org\n\nTechnical details of permanent failure: \nThe error that the other server returned was:\n550 550 5.1.1 <gone@example.org>: Recipient address rejected: User unknown (state 14).\n\n----- Original message -----\n',
    'gone@example.org',
    true,
  ],
  [
    'mail.ru',
    'Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n  gone@example.org\n    SMTP error from remote mail server after RCPT TO:<gone@example.org>:\n    550 5.1.1 User not found\n\n**********************\n',
    'gone@example.org',
    true,
  ],
  [
    'Domino',
    'Your message\n\n  Subject: Hello\n\nwas not delivered to:\n\n  gone@example.org\n\nbecause:\n\n  User gone (gone@example.org) not listed in Domino Directory\n',
    'gone@example.org',
    true,
  ],
  [
    'sendmail without its report',
    'The original message was received at Tue, 28 Apr 2009\nfrom shop.example [192.0.2.9]\n\n   ----- The following addresses had permanent fatal errors -----\n<full@example.org>\n    (reason: 552 5.2.2 Over quota)\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.org.:\n>>> RCPT To:<full@example.org>\n<<< 552 5.2.2 Over quota\n',
    'full@example.org',
    false,
  ],
  [
    'X.400',
    'This report relates to a message you sent with the following header fields:\n\n  Message-id: <1@shop.example>\n  Subject: Hello\n\nYour message cannot be delivered to the following recipients:\n\n  Recipient address: gone@example.org\n  Reason: unknown user account\n',
    'gone@example.org',
    true,
  ],
  [
    'a small server in prose',
    'There was an error delivering your mail to <gone@example.org>.\n\nDNS lookup failure: host example.org not found\n\nMessage headers follow.\n\nTo: <other@example.org>\n',
    'gone@example.org',
    true,
  ],
  [
    'MailMarshal, with the reason above the address',
    'Your message:\n  From:    us@shop.example\n  Subject: Hello\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected: \n  gone@example.org\n\nAdditional Information\n----------------------\nOriginal Sender:    <us@shop.example>\nSender-MTA:         <192.0.2.9>\nMessageName:        <B1.mml>\n',
    'gone@example.org',
    true,
  ],
  [
    'a service that repeats the answer only',
    'Technical report:\n\n550 5.1.1 user unknown for <gone@example.org>\n',
    'gone@example.org',
    true,
  ],
  [
    'a service that asks to try again with another address',
    "There's a problem with the e-mail address(es) you're trying to send to. Please verify the address(es) and try again.\n\n<gone@example.org>:\nUser unknown\n\n--- Undelivered message follows ---\n",
    'gone@example.org',
    true,
  ],
];

describe('a failure told in words', () => {
  it.each(forms)('of %s names its recipient and its weight', (_, body, address, hard) => {
    const report = readReport(fromServer(body));
    expect(report?.kind).toBe('bounce');
    expect(report?.recipients.map((one) => [one.address, one.hard])).toEqual([[address, hard]]);
  });

  it.each(forms)('of %s is read the same with any line ends', (_, body) => {
    const plain = fromServer(body).toString().replaceAll('\r\n', '\n');
    const [lf, cr, crlf] = ['\n', '\r', '\r\n'].map((end) => readReport(Buffer.from(plain.replaceAll('\n', end))));
    expect(cr).toEqual(lf);
    expect(crlf).toEqual(lf);
  });
});

const dsn = (group: string[], notice = 'Sorry.') =>
  mail(
    [
      'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
      'Subject: Undelivered Mail Returned to Sender',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    ],
    [
      '--b',
      '',
      notice,
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx',
      '',
      ...group,
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Message-ID: <m.1@shop.example>',
      'To: x@example.org',
      '',
      'Hi',
      '--b--',
      '',
    ].join('\r\n'),
  );

describe('a report for machines', () => {
  it('names the mail it is about, the status and the words of the server', () => {
    const report = readReport(
      dsn([
        'Final-Recipient: rfc822; gone@example.org',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
      ]),
    );
    expect(report).toEqual({
      kind: 'bounce',
      about: '<m.1@shop.example>',
      recipients: [{ address: 'gone@example.org', status: '5.1.1', hard: true, diagnostic: '550 5.1.1 User unknown' }],
      awayUntil: null,
    });
  });

  it('keeps several recipients in their order, apart from those whom it reached', () => {
    const group = (address: string, action: string, status: string) => [
      `Final-Recipient: rfc822; ${address}`,
      `Action: ${action}`,
      `Status: ${status}`,
      '',
    ];
    const report = readReport(
      dsn([
        ...group('b@example.org', 'failed', '5.2.2'),
        ...group('c@example.org', 'relayed', '2.0.0'),
        ...group('a@example.org', 'failed', '5.1.1'),
      ]),
    );
    expect(report?.recipients.map(({ address, hard }) => [address, hard])).toEqual([
      ['b@example.org', false],
      ['a@example.org', true],
    ]);
  });

  it('keeps recipients apart whose groups have no blank line between them, and what stands before the first with it', () => {
    const groups = ['gone', 'full'].flatMap((name) => [
      `Final-Recipient: rfc822; ${name}@example.org`,
      'Status: 5.1.1',
    ]);
    const report = readReport(dsn(['Action: failed', ...groups]));
    expect(report?.recipients.map(({ address }) => address)).toEqual(['gone@example.org', 'full@example.org']);
  });

  it('of a delay says that nobody failed', () => {
    const report = readReport(dsn(['Final-Recipient: rfc822; slow@example.org', 'Action: delayed', 'Status: 4.4.1']));
    expect(report).toMatchObject({ kind: 'bounce', recipients: [] });
  });

  it('of an arrival is none', () => {
    const raw = dsn(['Final-Recipient: rfc822; here@example.org', 'Action: delivered', 'Status: 2.0.0']);
    expect(readReport(raw)).toBeNull();
    expect(readReportDetail(raw).class).toBe('delivered');
  });

  it.each([
    ['5.2.2', '552 mailbox full', false],
    ['5.7.1', '550 5.7.1 Message rejected as spam', false],
    ['5.7.26', '550-5.7.26 Unauthenticated email is not accepted due to DMARC policy', false],
    ['5.1.8', '553 5.1.8 Domain of sender address does not exist', false],
    ['5.4.1', '550 5.4.1 Recipient address rejected: Access denied', true],
    ['5.0.0', '550 Unrouteable address', true],
    ['5.1.2', '550 Host unknown', true],
    ['5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found', true],
    ['4.2.2', '452 4.2.2 user unknown for now', false],
    ['5.1.1', '550 5.5.0 Boite du destinataire archivee. Archived destination account.', false],
    ['5.2.1', '550 5.2.1 The account is disabled', false],
  ])('with %s and "%s" is hard: %s', (status, words, hard) => {
    const raw = dsn([
      'Final-Recipient: rfc822; x@example.org',
      'Action: failed',
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${words}`,
    ]);
    expect(readReport(raw)?.recipients.map((one) => one.hard)).toEqual([hard]);
  });

  it('does not believe "unknown user" from a server that had taken the address', () => {
    const words = '550 : User unknown';
    const raw = dsn(
      ['Final-Recipient: rfc822; x@example.org', 'Action: failed', 'Status: 5.0.0', `Diagnostic-Code: smtp; ${words}`],
      `<x@example.org>: host mx said: ${words} (in reply to end of DATA command)`,
    );
    expect(readReport(raw)?.recipients.map((one) => one.hard)).toEqual([false]);
  });
});

describe('a complaint', () => {
  const complaint = (type: string) =>
    mail(
      [
        'From: feedback@provider.example',
        'Subject: Fw: Hello',
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
      ],
      [
        '--b',
        '',
        'A report.',
        '--b',
        'Content-Type: message/feedback-report',
        '',
        `Feedback-Type: ${type}`,
        'Original-Rcpt-To: <angry@example.org>',
        '',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'Message-ID: <m.2@shop.example>',
        '',
        'Hi',
        '--b--',
      ].join('\r\n'),
    );

  it('names who complained and about what', () => {
    expect(readReport(complaint('abuse'))).toMatchObject({
      kind: 'complaint',
      about: '<m.2@shop.example>',
      recipients: [{ address: 'angry@example.org' }],
    });
  });

  it('silences nobody where a domain only tells how our mail fared', () => {
    expect(readReport(complaint('auth-failure'))?.recipients).toEqual([]);
  });
});

describe('an absence', () => {
  const away = (subject: string, text: string, head: string[] = []) =>
    readReport(
      mail(
        [
          'From: Mina <mina@example.org>',
          `Subject: ${subject}`,
          'Date: Sun, 22 Nov 2026 10:00:00 +0000',
          'In-Reply-To: <m.3@shop.example>',
          'Content-Type: text/plain; charset=utf-8',
          ...head,
        ],
        text,
      ),
    );

  it.each([
    ['Automatic reply: Order', 'I am out of the office until December 3, 2026.', '2026-12-03'],
    ['Out of Office: Order', 'I will be away. I return on 12 January.', '2027-01-12'],
    ['Automatische Antwort: Bestellung', 'Ich bin bis zum 04.12.2026 im Urlaub.', '2026-12-04'],
    ['Réponse automatique : Commande', "Je suis absent du bureau jusqu'au 7 décembre 2026.", '2026-12-07'],
    ['Respuesta automática: Pedido', 'Estaré ausente hasta el 9 de diciembre de 2026.', '2026-12-09'],
    ['پاسخ خودکار: سفارش', 'سلام، تا ۱۵ آذر ۱۴۰۵ در مرخصی هستم.', '2026-12-06'],
    ['پاسخ خودکار: سفارش', 'اینجانب تا تاریخ ۱۴۰۵/۰۹/۲۰ در محل کار حضور ندارم.', '2026-12-11'],
    ['Auto: Order', 'I will be travelling from December 10-14.', '2026-12-14'],
    ['Out of Office: Order', 'I am away 21-28 December.', '2026-12-28'],
    ['Out of Office: Order', 'Out from 24 Dec to 2 Jan.', '2027-01-02'],
    ['پاسخ خودکار: سفارش', 'از تاریخ ۱۴۰۵/۱۰/۰۱ لغایت ۱۴۰۵/۱۰/۱۵ در مرخصی هستم.', '2027-01-05'],
    ['پاسخ خودکار: سفارش', 'تا ۵ ژانویه ۲۰۲۷ در سفر هستم.', '2027-01-05'],
    ['پاسخ خودکار: سفارش', 'روز سه‌شنبه ۱۵ دی بازمی‌گردم.', '2027-01-05'],
    ['رد تلقائي: طلب', 'أنا في إجازة حتى 5 يناير 2027.', '2027-01-05'],
    ['Автоответ: Заказ', 'Я в отпуске до 5 января.', '2027-01-05'],
  ])('"%s" tells its end', (subject, text, end) => {
    const head = subject.startsWith('Auto:') ? ['Auto-Submitted: auto-replied'] : [];
    expect(away(subject, text, head)).toEqual({
      kind: 'away',
      about: '<m.3@shop.example>',
      recipients: [],
      awayUntil: end,
    });
  });

  it.each([
    ['Mina Z. is out of the office.', []],
    ['Mina Z. is out of the office (returning 12/01/2027)', []],
    ['【自動返信】注文について', []],
    ['Mina ist außer Haus', ['Auto-Submitted: auto-generated']],
  ])('"%s" is one', (subject, head) => {
    expect(away(subject, 'I am out of the office.', head)).toMatchObject({ kind: 'away' });
  });

  it('is not what a person writes about somebody else', () => {
    expect(away('Mina is out of the office, who helps me?', 'I wait since Monday.')).toBeNull();
    expect(away('Why is Mina out of the office?', 'I wait since Monday.')).toBeNull();
  });

  it('without a date is one all the same', () => {
    expect(away('Automatic reply: Order', 'I am out of the office.')).toMatchObject({ kind: 'away', awayUntil: null });
  });

  it('is not what any robot says', () => {
    expect(away('Re: Order', 'We received your request.', ['Auto-Submitted: auto-replied'])).toBeNull();
  });

  it('is not what a person asks about one', () => {
    expect(away('Vacation: which dates are free?', 'I am on vacation until 3 May, can you call me?')).toBeNull();
    expect(away('How do I set an automatic reply?', 'Please help')).toBeNull();
  });
});

describe('words of failure', () => {
  const told = (subject: string, text: string, head: string[] = []) =>
    mail(
      ['From: Maryam <maryam@example.com>', `Subject: ${subject}`, 'Content-Type: text/plain; charset=utf-8', ...head],
      text,
    );
  const words = '<maryam.z@example.org>: 550 5.1.1 User unknown';

  it.each([
    ['سفارش من تحویل نشد', `این خطا آمد: error message 550\r\n${words}`],
    ['Delivery status of order 4410', 'maryam.z@example.org is my other address. My order was not delivered.'],
    ['Delivery error', `My parcel could not be delivered.\r\nmaryam.z@example.org`],
    ['I was unable to send the form', 'The page said "error 500". My address is maryam.z@example.org'],
  ])('are no bounce where a person writes "%s"', (subject, text) => {
    expect(readReport(told(subject, text), 'maryam@example.com')).toBeNull();
    expect(readReport(told(subject, text, ['Auto-Submitted: no']))).toBeNull();
  });

  it('are no bounce where a program writes about a parcel', () => {
    const raw = told('Your delivery failed: parcel 12', 'Not delivered. Write to help@parcels.example', [
      'Auto-Submitted: auto-generated',
    ]);
    expect(readReport(raw)).toBeNull();
  });

  it('are no bounce where a mail program says that a mail was read', () => {
    const raw = mail(
      [
        'From: Mina <mina@example.org>',
        'Subject: Not read: Hello',
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"',
      ],
      '--b\r\n\r\nYour message was not delivered to eyes.\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; mina@example.org\r\nDisposition: manual-action/MDN-sent-manually; deleted\r\n--b--',
    );
    expect(readReportDetail(raw).class).toBe('not-a-bounce');
  });

  it.each([
    ['Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@corp.example>', 'Non remis : Offre'],
    ['"Courier mail server at mx.example" <@mx.example>', 'NOTICE: mail delivery status.'],
  ])('are a bounce where %s tells of it', (from, subject) => {
    const raw = mail([`From: ${from}`, `Subject: ${subject}`], `${words}\r\n`);
    expect(readReport(raw)).toMatchObject({ kind: 'bounce', recipients: [{ address: 'maryam.z@example.org' }] });
  });

  it.each<[string, string[], string | null]>([
    ['a server', ['Return-Path: <>'], null],
    ['the null sender', [], ''],
    ['a program', ['Auto-Submitted: auto-generated'], 'maryam@example.com'],
  ])('are a bounce where %s tells of it', (_, head, envelopeFrom) => {
    expect(readReport(told('Delivery error', words, head), envelopeFrom)).toMatchObject({
      kind: 'bounce',
      recipients: [{ address: 'maryam.z@example.org', hard: true }],
    });
  });
});

describe('an ordinary mail', () => {
  it('reports nothing, even when it quotes a report', () => {
    const quoting = mail(
      ['From: Mina <mina@example.org>', 'Subject: Fwd: Undelivered Mail Returned to Sender'],
      '> <gone@example.org>: host mx said: 550 5.1.1 User unknown',
    );
    expect(readReport(quoting)).toBeNull();
  });

  it('costs next to nothing, however it is made', () => {
    const group = 'Final-Recipient: rfc822; x@example.org\r\n';
    const groups = Array.from(
      { length: 15_000 },
      (_, index) => `Final-Recipient: rfc822; x${index}@example.org\r\nAction: failed\r\n`,
    );
    const hostile = [
      dsn([group.repeat(25_000)]),
      dsn(groups),
      fromServer(`${'a'.repeat(200_000)}@`.repeat(4)),
      fromServer('<'.repeat(500_000)),
      fromServer('user '.repeat(150_000)),
      fromServer('x@y.'.repeat(200_000)),
      mail(['From: MAILER-DAEMON@x.example', `Subject: ${'=?utf-8?b?'.repeat(50_000)}`], 'x'),
      mail(['From: <>', 'Content-Type: multipart/report; boundary=b'], '--b\n\n'.repeat(100_000)),
    ];
    for (const raw of hostile) {
      const before = process.cpuUsage();
      readReport(raw);
      // What grew with the square of these sizes would take minutes.
      expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
    }
  });
});
