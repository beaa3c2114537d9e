/** A failure report as a mail server writes it, about a mail of ours. */
export interface BounceWish {
  to: string;
  /** The address that failed. */
  failed: string;
  messageId: string;
  status?: string;
  words?: string;
  action?: 'failed' | 'delayed';
}

let count = 0;

export function buildBounce({ to, failed, messageId, ...wish }: BounceWish): Buffer {
  count += 1;
  const {
    status = '5.1.1',
    action = 'failed',
    words = `550 5.1.1 <${failed}>: Recipient address rejected: User unknown`,
  } = wish;
  return Buffer.from(
    [
      'From: Mail Delivery System <MAILER-DAEMON@mx.example.net>',
      `To: ${to}`,
      'Subject: Undelivered Mail Returned to Sender',
      `Message-ID: <bounce-${count}@mx.example.net>`,
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
      '',
      '--b1',
      'Content-Type: text/plain; charset=us-ascii',
      '',
      'This is the mail system at host mx.example.net.',
      '',
      `<${failed}>: host mx.example.org[192.0.2.1] said: ${words} (in reply to RCPT TO command)`,
      '--b1',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.net',
      '',
      `Final-Recipient: rfc822; ${failed}`,
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${words}`,
      '--b1',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId}`,
      `To: ${failed}`,
      'Subject: what we wrote',
      '--b1--',
      '',
    ].join('\r\n'),
  );
}
