import { describe, expect, it } from '@jest/globals';
import { visibleParts, visibleReply } from './visible-reply.js';

/** What mail programs write above older mail, in the languages that they speak. */
const heads = [
  'On 11-Apr-2011, at 6:54 PM, Roman T <romant@mail.example> wrote:',
  'On Tue, Apr 11, 2017 at 10:07 PM John Smith\n\n<\nmailto:John Smith <johnsmith@mail.example>\n> wrote:',
  'Sent from Samsung MobileName <address@mail.example> wrote:',
  'Op 13-02-2014 3:18 schreef Julius Caesar <pantheon@mail.example>:',
  'Op 17-feb.-2015, om 13:18 heeft Julius Caesar <pantheon@mail.example> het volgende geschreven:',
  'On 04/19/2011 07:10 AM, Roman Tkachenko wrote:',
  '2014-10-17 11:28 GMT+03:00 Postmaster <\npostmaster@mail.example>:',
  ' On Mar 8, 2012 9:59 AM, "Example.com" <r+7f1b@mail.example> wrote:',
  'On 11-Apr-2011, at 6:54 PM, Roman Tkachenko <romant@mail.example> sent:',
  'On Fri, May 6, 2011 at 6:03 PM, Roman Tkachenko from Hacker News\n<roman@mail.example> wrote:',
  'On Nov 30, 2011, at 12:47 PM, Somebody <\n416ffd3258d4d2fa4c85cfa4c44e1721d66e3e8f4@mail.example>\nwrote:',
  'On Tue, Jan 27, 2015 at 12:42 PM -0800, "Company" <christine.XXX@XXX.com> wrote:\n\n\n\n',
  'Le 23 janv. 2015 à 22:03, Brendan xxx <brendan.xxx@mail.example> a écrit:',
  'W dniu 28 stycznia 2015 01:53 użytkownik Zoe xxx <zoe.xxx@mail.example>\nnapisał:',
  'Vào 14:24 8 tháng 6, 2017, Hùng Nguyễn <hungnguyen@mail.example> đã viết:',
  'From: somebody@mail.example\nDate: Wed, 16 May 2012 00:15:02 -0600',
  'Date: Wed, 16 May 2012 00:15:02 -0600\nTo: klizhentas@mail.example',
  'Date: Fri=2C 28 Sep 2012 10:55:48 +0000\nFrom: tickets@mail.example\nTo: bob@mail.example\nSubject: [Ticket 8] Test',
  '-----Original Message-----',
  ' -----Original Message-----',
  '-----Reply Message-----',
  '------------------ Original ------------------\nFrom:  "Bob"<bob@mail.example>;\nDate:  Tue, Jan 3, 2017 10:00 AM\nTo:  "a"<a@mail.example>;\nSubject:  Re: x',
  '------------------ 原始邮件 ------------------\n发件人: "张三" <zhang@mail.example>;\n发送时间: 2017年1月3日(星期二) 上午10:00\n收件人: "李四"<li@mail.example>;\n主题: 回复',
  '-----原始邮件-----\n发件人:张三 <z@mail.example>\n发送时间:2017-01-03 10:00:00 (星期二)\n收件人:l@mail.example\n抄送:\n主题:测试',
  '在 2017-01-03 10:00:00，"张三" <z@mail.example> 写道：',
  '于 2017年1月3日 10:00, 张三 写道:',
  '张三 <z@mail.example> 于2017年1月3日周二 上午10:00写道：',
  '2017年1月3日(火) 10:00 山田太郎 <yamada@mail.example>:',
  '2017/01/03 10:00、山田太郎 <yamada@mail.example>のメール:',
  '2017年1月3日 10:00 山田 <y@mail.example> のメッセージ:',
  '差出人: 山田 <y@mail.example>\n送信日時: 2017年1月3日 10:00\n宛先: 田中\n件名: テスト',
  '2017년 1월 3일 (화) 오전 10:00, 홍길동 <hong@mail.example>님이 작성:',
  '보낸 사람: 홍길동 <h@mail.example>\n보낸 날짜: 2017년 1월 3일 화요일 오전 10:00\n받는 사람: kim\n제목: 테스트',
  '-----Original Message-----\nFrom: "홍길동" <h@mail.example>\nTo: <k@mail.example>;\nCc:\nSent: 2017-01-03 (화) 10:00:00 (GMT+09:00)\nSubject: x',
  'Am 12.03.2020 um 10:00 schrieb Max Muster:',
  'Am Do., 12. März 2020 um 10:00 Uhr schrieb Max Muster <\nmax@mail.example>:',
  'Am 12.03.2020 10:00, schrieb Max:',
  'Max Muster <max@mail.example> schrieb am Do., 12. März 2020, 10:00:',
  'Von: Max Muster <max@mail.example>\nGesendet: Donnerstag, 12. März 2020 10:00\nAn: Info\nBetreff: AW: Frage',
  '-----Ursprüngliche Nachricht-----\nVon: Max',
  'Gesendet: Donnerstag, 12. März 2020 um 10:00 Uhr\nVon: "Max" <max@mail.example>\nAn: info@mail.example\nBetreff: Re',
  'El jue., 12 mar. 2020 a las 10:00, Juan (<juan@mail.example>) escribió:',
  'El 12/3/20 a las 10:00, Juan escribió:',
  'De: Juan <juan@mail.example>\nEnviado el: jueves, 12 de marzo de 2020 10:00\nPara: info@mail.example\nAsunto: RE: x',
  'El dj., 12 de març 2020, 10:00, Joan <j@mail.example> va escriure:',
  'Em qui., 12 de mar. de 2020 às 10:00, João <joao@mail.example> escreveu:',
  'De: João <j@mail.example>\nEnviada em: quinta-feira, 12 de março de 2020 10:00\nPara: x\nAssunto: y',
  'Il giorno gio 12 mar 2020 alle ore 10:00 Mario Rossi <\nmario@mail.example> ha scritto:',
  'Il 12/03/20 10:00, Mario ha scritto:',
  'In data 12 marzo 2020 10:00:00, Mario <m@mail.example> ha scritto:',
  'Op do 12 mrt. 2020 om 10:00 schreef Jan <jan@mail.example>:',
  'Van: Jan <jan@mail.example>\nVerzonden: donderdag 12 maart 2020 10:00\nAan: x\nOnderwerp: y',
  'Den tors 12 mars 2020 kl 10:00 skrev Sven <sven@mail.example>:',
  '12 mars 2020 kl. 10:00 skrev Sven <sven@mail.example>:',
  'Den tor. 12. mar. 2020 kl. 10.00 skrev Hans <hans@mail.example>:',
  'Fra: Hans <h@mail.example>\nSendt: 12. marts 2020 10:00\nTil: x\nEmne: y',
  'Den 12.03.2020 10:00, skrev Ola:',
  'to 12. maalisk. 2020 klo 10.00 Matti (matti@mail.example) kirjoitti:',
  'Lähettäjä: Matti <m@mail.example>\nLähetetty: torstai 12. maaliskuuta 2020 10.00\nVastaanottaja: x\nAihe: y',
  'czw., 12 mar 2020 o 10:00 Jan <jan@mail.example> napisał(a):',
  'Od: Jan <j@mail.example>\nWysłano: czwartek, 12 marca 2020 10:00\nDo: x\nTemat: y',
  'чт, 12 мар. 2020 г. в 10:00, Иван <ivan@mail.example>:',
  '12 марта 2020 г., 10:00 пользователь Иван <i@mail.example> написал:',
  '12.03.2020 10:00, Иван пишет:',
  'Четверг, 12 марта 2020, 10:00 +03:00 от Иван <ivan@mail.example>:',
  '12.03.2020, 10:00, "Иван" <i@mail.example>:',
  'От: Иван <i@mail.example>\nОтправлено: 12 марта 2020 г. 10:00\nКому: x\nТема: y',
  'чт, 12 бер. 2020 о 10:00 Іван <ivan@mail.example> пише:',
  'Від: Іван <i@mail.example>\nНадіслано: 12 березня 2020 р. 10:00\nКому: x\nТема: y',
  'čt 12. 3. 2020 v 10:00 odesílatel Jan <jan@mail.example> napsal:',
  'Od: Jan <j@mail.example>\nOdesláno: čtvrtek 12. března 2020 10:00\nKomu: x\nPředmět: y',
  '---------- Původní e-mail ----------\nOd: Jan <j@mail.example>\nKomu: x\nDatum: 12. 3. 2020 10:00:00\nPředmět: y',
  '12 Mar 2020 Per, 10:00 tarihinde Ali <ali@mail.example> şunu yazdı:',
  'Kimden: Ali <a@mail.example>\nGönderildi: 12 Mart 2020 Perşembe 10:00\nKime: x\nKonu: y',
  'János <j@mail.example> ezt írta (időpont: 2020. márc. 12., Cs, 10:00):',
  'Feladó: János <j@mail.example>\nElküldve: 2020. március 12. 10:00\nCímzett: x\nTárgy: y',
  'În joi, 12 mar. 2020 la 10:00, Ion <ion@mail.example> a scris:',
  'Στις Πέμ, 12 Μαρ 2020 στις 10:00 π.μ., ο χρήστης Νίκος <n@mail.example> έγραψε:',
  '‫في الخميس، 12 مارس 2020 في 10:00 ص تمت كتابة ما يلي بواسطة ‪Ali‬‏ <‪ali@mail.example‬‏>:‬',
  'بتاريخ الخميس، ١٢ مارس ٢٠٢٠ ١٠:٠٠ ص، كتب علي <ali@mail.example>:',
  'من: علي <a@mail.example>\nتم الإرسال: الخميس، ١٢ مارس ٢٠٢٠ ١٠:٠٠\nإلى: x\nالموضوع: y',
  '‫בתאריך יום ה׳, 12 במרץ 2020 ב-10:00 מאת ‪Dan‬‏ <‪dan@mail.example‬‏>:‬',
  'מאת: דן <d@mail.example>\nנשלח: יום חמישי 12 מרץ 2020 10:00\nאל: x\nנושא: y',
  'Pada tanggal Kam, 12 Mar 2020 pukul 10.00 Budi <budi@mail.example> menulis:',
  'Quoting John <j@mail.example>:',
  'Zitat von Max <m@mail.example>:',
  'Nov 17, 2021, 11:00 by john@mail.example:',
  'On Thu, 12 Mar 2020 10:00:00 +0100\nBob <bob@mail.example> wrote:',
  '---- On Thu, 12 Mar 2020 10:00:00 +0530 Bob <bob@mail.example> wrote ----',
  '‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Thursday, March 12th, 2020 at 10:00 AM, Bob <b@mail.example> wrote:',
  '------- Original Message -------\nOn Thursday, March 12th, 2020 at 10:00, Bob wrote:',
  '-------- Original message --------\nFrom: Bob <b@mail.example>\nDate: 12/03/2020 10:00 (GMT+01:00)\nTo: x\nSubject: y',
  '________________________________\nFrom: Bob\nSent: Thursday, March 12, 2020 10:00 AM\nTo: x\nSubject: y',
  '\n  *From:* bob@mail.example [mailto:\n  bob@mail.example]\n  *Sent:* Wednesday',
  '____________________\n\n From: Bob <b@mail.example>',
  'On 3/12/20, Bob <b@mail.example> wrote:',
  'Bob <b@mail.example> writes:',
  'At 10:00 12/03/2020, Bob wrote:',
];
const reply = 'Thank you, that works for me.\nSecond line of it.';
const quotes = [
  ['marked', '\n> Old text\n> \n> More of it\n'],
  ['not marked', '\n\nOld text\n\nMore of it'],
] as const;

function shown(text: string): string {
  const parts = visibleParts(text, visibleReply({ text, html: null }));
  return parts
    .filter(({ isHidden }) => !isHidden)
    .map((part) => part.text)
    .join('\n');
}

describe('the words above older mail', () => {
  it.each(heads)('are known: %j', (head) => {
    const seen = quotes.flatMap(([, quote]) => ['\n\n', '\n'].map((gap) => shown(reply + gap + head + quote)));
    expect(seen).toEqual([reply, reply, reply, reply]);
  });

  it.each(heads)('are a mail by themselves when nothing else is written: %j', (head) => {
    expect(shown(`${head}\n> Old text`)).not.toBe('');
  });
});

const signatures = [
  'Sent from my iPhone',
  'Sent from my Verizon Wireless BlackBerry',
  'Sent on the new Sprint Network from my Samsung Galaxy S®4.',
  'Yahoo Mail: Search, Organize, Conquer',
  'Sent from Yahoo Mail on Android <https://mail.example/x>',
  'Get Outlook for iOS<https://mail.example/o>',
  'Von meinem iPhone gesendet',
  'Gesendet mit der GMX Mail App',
  'Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.',
  'Envoyé de mon iPhone',
  'Télécharger Outlook pour iOS',
  'Enviado desde mi iPhone',
  'Enviado do meu iPhone',
  'Enviado do Yahoo Mail no Android',
  'Inviato da iPhone',
  'Verstuurd vanaf mijn iPhone',
  'Skickat från min iPhone',
  'Sendt fra min iPhone',
  'Lähetetty iPhonesta',
  'Wysłane z iPhone’a',
  'Отправлено с iPhone',
  'Надіслано з iPhone',
  'Odesláno z iPhonu',
  "iPhone'umdan gönderildi",
  'أُرسلت من الـ iPhone',
  'נשלח מה-iPhone שלי',
  'iPhoneから送信',
  '发自我的 iPhone',
  '나의 iPhone에서 보냄',
  'ارسال شده از iPhone من',
  'از آیفون من ارسال شد',
  'دانلود Outlook برای iOS',
];

describe('what programs sign with', () => {
  it.each(signatures)('is folded away: %j', (signature) => {
    expect(shown(`Hello\n\n${signature}`)).toBe('Hello');
  });

  it.each([
    'Sent on Monday',
    'Sent via DHL',
    'Gesendet mit DHL',
    'Von meinem Konto wurde abgebucht',
    'من مصر',
    '나의 생각은 다릅니다',
  ])('is not what people say of parcels and themselves: %j', (line) => {
    expect(shown(`Hello\n\n${line}`)).toBe(`Hello\n\n${line}`);
  });
});
