import { cleanLine } from './clean-text.js';

const longestName = 150;

/** Names for parts that came without one, by their type. */
const names: Record<string, string> = {
  'text/calendar': 'invite.ics',
  'text/plain': 'text.txt',
  'text/html': 'page.html',
  'text/rfc822-headers': 'headers.txt',
  'message/delivery-status': 'delivery-status.txt',
  'message/rfc822': 'message.eml',
  'application/pdf': 'document.pdf',
  'application/zip': 'archive.zip',
  'application/pgp-signature': 'signature.asc',
  'application/pkcs7-signature': 'smime.p7s',
  'application/ms-tnef': 'winmail.dat',
  'image/jpeg': 'image.jpg',
  'image/svg+xml': 'image.svg',
  'audio/mpeg': 'audio.mp3',
};

/** A name under which a part can be shown and saved: never blank, no folder, no trick of direction, its ending kept when cut. */
export function attachmentName(given: string, mediaType: string): string {
  const plain = cleanLine(given)
    .replace(/^.*[/\\]/su, '')
    .replace(/^\.+/u, '')
    .trim();
  if (plain === '') {
    return names[mediaType] ?? fallbackName(mediaType);
  }
  if (plain.length <= longestName) {
    return plain;
  }
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(plain)?.[0] ?? '';
  return plain.slice(0, longestName - ending.length).toWellFormed() + ending;
}

function fallbackName(mediaType: string): string {
  const [kind, format] = mediaType.split('/');
  return (kind === 'image' || kind === 'audio' || kind === 'video') && /^[a-z0-9]{2,5}$/u.test(format ?? '')
    ? `${kind}.${format ?? ''}`
    : 'attachment.bin';
}
