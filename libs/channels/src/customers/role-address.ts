/**
 * Names of mailboxes that a function has and no person, by RFC 2142 and by habit, English and Persian in Latin letters; without the signs
 * between words.
 */
export const roleMailboxes: readonly string[] = (
  'abuse accounting accounts admin administrator advertising alerts billing bookings careers ceo contact customercare ' +
  'customerservice dev dpo enquiries enquiry feedback finance foroosh forosh frontdesk general hello help helpdesk hostmaster hr ' +
  'info inquiries inquiry invoice invoices it jobs kharid legal mail mailer-daemon management marketing media modiriat news ' +
  'newsletter no-reply noreply notifications office operations order orders payment payments poshtibani postmaster press privacy ' +
  'procurement purchase purchasing reception recruitment reservations root sale sales security service services shop staff ' +
  'subscriptions support team tech technical vendas web webmaster'
)
  .replaceAll('-', '')
  .split(' ');

const roles = new Set(roleMailboxes);

/**
 * Whether a mail address, in its normal form, is a mailbox of a role: several people write from it, so it never makes two customers
 * one by itself. A tag, a trailing number or a sign between words does not hide it (`support+de@`, `info2@`, `no-reply@`).
 */
export function isRoleAddress(address: string): boolean {
  const local = address.slice(0, address.lastIndexOf('@'));
  const [mailbox = ''] = local.split('+');
  return roles.has(mailbox.replace(/[._-]?\d+$/u, '').replace(/[._-]/gu, ''));
}
