import { alternatives } from './fold-line.js';

const original = `original|original message|original appointment|original email|reply message|ursprüngliche nachricht|originalnachricht|original-nachricht
  |antwort nachricht|ursprüngliche mail|message d'origine|message d’origine|message original|message initial|courriel original
  |mensaje original|missatge original|mensagem original|messaggio originale|messaggio di origine|oorspronkelijk bericht
  |origineel bericht|originele bericht|oprindelig meddelelse|oprindelig besked|oprindelig e-mail|opprinnelig melding|original melding
  |originalmeddelelse|ursprungligt meddelande|originalmeddelande|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość
  |исходное сообщение|оригинальное сообщение|исходное письмо|оригінальне повідомлення|початкове повідомлення|původní zpráva
  |původní e-mail|pôvodná správa|eredeti üzenet|orijinal mesaj|özgün ileti|orijinal ileti|asıl mesaj|mesaj original|mesajul original
  |αρχικό μήνυμα|الرسالة الأصلية|رسالة أصلية|الرسالة الاصلية|پیام اصلی|پیام اولیه|نامه اصلی|ایمیل اصلی|پیغام اصلی|متن پیام اصلی
  |הודעה מקורית|元のメッセージ|元のメール|オリジナルメッセージ|原始邮件|原始郵件|原邮件|原始信息|원본 메시지|원본 메일|원본메일|pesan asli
  |thư gốc|tin nhắn gốc|ข้อความต้นฉบับ|izvorno sporočilo|izvorna poruka|originalna poruka|оригинално съобщение|algne kiri|mezua
  |previous message|reply separator|alkuperäinen viesti`;
const forwarded = `forwarded message|forwarded mail|forwarded email|begin forwarded message|weitergeleitete nachricht
  |anfang der weitergeleiteten nachricht|weitergeleitete e-mail|message transféré|début du message réexpédié|début du message transféré
  |courriel transféré|mensaje reenviado|inicio del mensaje reenviado|mensagem encaminhada|início da mensagem encaminhada
  |mensagem reencaminhada|messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht
  |vidarebefordrat meddelande|vidarebefordrat brev|videresendt besked|videresendt meddelelse|videresendt melding|start på videresendt
  |välitetty viesti|przekazana wiadomość|treść przekazanej wiadomości|пересылаемое сообщение|пересланное сообщение|начало переадресованного
  |переслане повідомлення|přeposlaná zpráva|preposlaná správa|iletilen mesaj|yönlendirilmiş ileti|iletilmiş mesaj|továbbított üzenet
  |mesaj redirecționat|προωθημένο μήνυμα|رسالة معاد توجيهها|رسالة محولة|پیام هدایت شده|پیام بازارسال شده|پیام ارجاعی|پیام ارجاع شده
  |نامه ارجاعی|پیام فوروارد شده|ایمیل فوروارد شده|پیام باز ارسال شده|הודעה שהועברה|転送されたメッセージ|转发的邮件|转发邮件|轉寄郵件
  |전달된 메시지|전달된 메일|pesan terusan|thư đã chuyển tiếp`;

const words = (phrases: string) => alternatives(phrases.split('|'));
const dashes = String.raw`[-_=*]{2,}`;
const separator = new RegExp(
  `^(?:${dashes}\\s*(?:${words(original)})\\s*[:：]?\\s*[-_=*]*|-\\s?(?:${words(original)})\\s?-|(?:${words(original)})\\s*${dashes})$`,
  'u',
);
const forward = new RegExp(
  `^(?:${dashes}\\s*(?:${words(forwarded)})[\\s\\p{L}]{0,30}[:：]?\\s*[-_=*]*|(?:${words(forwarded)})[:：])$`,
  'u',
);
/** What other help desks write above what they repeat. */
const foreignMarker =
  /^[-#=_*+~\s]{2,40}(?:please )?(?:(?:type|write|enter|add) your (?:reply|response|answer) above|reply above|respond above|reply to this email above|do not (?:write|reply) below|antworten sie (?:bitte )?oberhalb|répondez au-dessus|escriba su respuesta (?:por )?encima|پاسخ (?:خود )?را بالای)[^\n]{0,60}$/u;
const rule = /^(?:[_=-]{5,}|[-*_\s]{9,})$/u;
const inline = new RegExp(
  `(?:${words(`inline below|comments inline|answers inline|replies inline|reply inline|see inline|answers in red|comments in red|in red below
    |in blue below|in between your|siehe unten im text|antworten im text|réponses dans le texte|réponses en rouge|respuestas en rojo
    |risposte in rosso|پاسخ ها در متن|جواب ها در متن|پاسخ را در متن|لابلای متن|لا به لای متن|داخل متن شما|با رنگ قرمز|به رنگ قرمز
    |زیر هر سوال`)})`,
  'u',
);

/** A line such as "-----Original Message-----", in many languages. */
export function isSeparator(folded: string): boolean {
  return folded.length < 120 && (separator.test(folded) || foreignMarker.test(folded));
}

/** The line above mail that is forwarded, which is then what the sender wants to show. */
export function isForward(folded: string): boolean {
  return folded.length < 120 && forward.test(folded);
}

/** A line of dashes or the like, as programs draw it between a reply and what it answers. */
export function isRule(folded: string): boolean {
  return folded.length < 200 && rule.test(folded);
}

/** The writer says that the answers stand inside the older mail, where nothing but their colour tells them apart. */
export function announcesInline(text: string): boolean {
  return inline.test(text);
}
