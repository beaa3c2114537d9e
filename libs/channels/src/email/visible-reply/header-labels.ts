import { foldLine } from './fold-line.js';

/** What a line of a quoted head says. */
export type HeaderRole = 'from' | 'sent' | 'date' | 'to' | 'cc' | 'subject' | 'other';

/** The labels with which mail programs of many languages write the head of the mail they quote, without the colon. */
const labels: Record<HeaderRole, string> = {
  from: `from|von|de|da|van|fra|från|frá|lähettäjä|od|nadawca|от|от кого|від|від кого|odesílatel|odosielateľ|kimden|gönderen|من|المرسل|از
    |فرستنده|ارسال کننده|از طرف|מאת|差出人|送信者|送信元|发件人|發件人|寄件者|寄件人|보낸 사람|보낸사람|발신|feladó|expéditeur|expeditor|de la
    |remitente|remetente|mittente|afzender|avsändare|afsender|avsender|absender|από|dari|từ|người gửi|จาก|saatja|nuo|pošiljatelj|šalje`,
  sent: `sent|gesendet|envoyé|envoyé le|enviado|enviado el|enviada|enviada em|enviado em|enviada el|inviato|inviata|verzonden|skickat
    |sendt|lähetetty|wysłano|wysłane|data wysłania|отправлено|отправлен|дата отправки|надіслано|відправлено|odesláno|odoslané|gönderildi
    |gönderilme tarihi|gönderme tarihi|تم الإرسال|أرسلت|أُرسلت|تاريخ الإرسال|ارسال شده|ارسال شده در|تاریخ ارسال|زمان ارسال|فرستاده شده
    |ارسال|נשלח|送信日時|送信日|发送时间|發送時間|发送日期|寄件日期|傳送時間|보낸 날짜|보낸날짜|보낸 시간|elküldve|küldve|trimis|στάλθηκε
    |εστάλη|dikirim|đã gửi|ngày gửi|ส่ง|poslano|изпратено|saadetud|išsiųsta|nosūtīts`,
  date: `date|datum|fecha|data|dato|päivämäärä|päiväys|pvm|дата|dátum|tarih|التاريخ|تاریخ|زمان|תאריך|日付|日時|日期|时间|時間|날짜|일시
    |ημερομηνία|tanggal|ngày|วันที่|kuupäev|dagsetning`,
  to: `to|an|à|a|para|aan|naar|til|till|vastaanottaja|do|adresat|кому|komu|pro|kime|alıcı|إلى|المستلم|به|گیرنده|گیرندگان|אל|宛先|收件人
    |收件者|받는 사람|받는사람|수신|címzett|către|destinataire|destinatario|destinatário|ontvanger|προς|kepada|đến|người nhận|ถึง|za|до`,
  cc: `cc|kopie|copie|copia|cópia|con copia|kopia|kopi|kopio|dw|копия|копія|kópia|bilgi|نسخة|نسخة إلى|رونوشت|نسخه|העתק|抄送|副本|参照|참조
    |másolatot kap|másolat|κοινοποίηση|tembusan|đồng gửi|สำเนา|bcc|cci|cco|ccn`,
  subject: `subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|тема|předmět|predmet|konu|الموضوع|موضوع|עניין
    |נושא|件名|主题|主題|主旨|標題|제목|tárgy|subiect|θέμα|subjek|perihal|chủ đề|tiêu đề|เรื่อง|относно|teema|efni|tema|naslov|zadeva`,
  other: `reply-to|risposta|rispondi a|répondre à|antwort an|responder a|ответить|پاسخ به|reply to|importance|attachments|priority
    |organization|wichtigkeit|anlagen|priorität|pièces jointes|importanza|allegati|важность|اهمیت|پیوست|پیوست ها|resent-from|resent-to
    |return-path|mailed-by|message-id|x-mailer|list-id|in-reply-to|priorité|prioridad|prioridade`,
};

const roles = new Map<string, HeaderRole>(
  (Object.keys(labels) as HeaderRole[]).flatMap((role) =>
    labels[role].split('|').map((label): [string, HeaderRole] => [foldLine(label), role]),
  ),
);
const longestLabel = 32;

/** A line `label: value` of a quoted head, with what bold text leaves around the label; null for every other line. */
export function readHeaderLine(folded: string): { role: HeaderRole; value: string } | null {
  const colon = /[:：]/u.exec(folded.slice(0, longestLabel))?.index ?? -1;
  if (colon < 1) {
    return null;
  }
  const role = roles.get(folded.slice(0, colon).replace(/^[\s*_]+|[\s*_]+$/gu, ''));
  return role === undefined ? null : { role, value: folded.slice(colon + 1).replace(/^[\s*_]+/u, '') };
}
