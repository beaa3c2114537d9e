/** What is known of a failed recipient: the machine-readable status, the server's words, and what the report tells around them. */
export interface Failure {
  /** The status field, '' when there was none. */
  status: string;
  /** The words of the server that refused. */
  words: string;
  /** What the notification tells of this recipient, the step of the exchange included. */
  context: string;
  /** The server keeps trying. */
  isDelay: boolean;
}

/** A verdict on a failed recipient. `status` is the most telling one that was stated, '' when none was. */
export interface Verdict {
  status: string;
  digit: '4' | '5';
  smtp: string;
  hard: boolean;
}

const enhanced = /(?<![\d.])([245])\.(\d)\.(\d{1,3})(?![\d.]\d|\d)/gu;
const replyCode = /(?<![\d.:])([45]\d\d)(?=[- #(]|$)/gu;

/** Somebody or something other than the recipient is not accepted. */
const aboutSender =
  /\b(?:sender|return.?path|mail from|from (?:address|domain|header)|reverse (?:dns|lookup)|rdns|\bptr\b|client host|your (?:mail ?server|ip|host|domain|server)|helo|ehlo)\b/iu;
const passing =
  /\b(?:quota|over ?quota|(?:mailbox|account|inbox|disk|box|storage|user)\b[^.]{0,20}\b(?:is )?full|exceed\w*|too (?:large|big|many|much|fast)|size limit|message size|insufficient|out of space|disabled|suspend\w*|archiv\w*|inactive|inactiv\w*|deactivated|discontinued|frozen|locked|blocked|block ?list\w*|black ?list\w*|spam\w*|junk|virus\w*|malware|infect\w*|polic(?:y|ies)|dmarc|spf|dkim|authenticat\w*|relay\w*|tls|starttls|encrypt\w*|certificate|rate|frequency|limited|limit|grey ?list\w*|try again|later|tempor\w*|timed? ?out|timeout|expired|unreachable|refused|loop\w*|hops?|content|attachment|reputation|permission|not permitted|not allowed|not authori[sz]ed|prohibited|forbidden|denied|restricted|compliant|header|error)\b/iu;
const who =
  '(?:user|recipient|addressee|mailbox|account|address|addresses|alias|local ?part|email|e-mail|person|customer|usager|destinataire|destinatario|usuario|utente|benutzer|empf\\w+nger|postfach)';
const missing =
  "(?:unknown|not (?:been )?found|not (?:be |a )?(?:known|valid|listed|exist\\w*|recogni[sz]ed|our (?:user|customer))|n[o']t (?:currently )?(?:exist|have an?|found|known|listed|valid)|doesn.?t (?:exist|have)|does not (?:exist|have)|isn.?t (?:valid|known)|couldn.?t be found|wasn.?t found|could not be found|invalid\\w*|no longer (?:in use|valid|exists?|available|active|on server)|unavailable|nonexist\\w*|non-exist\\w*|undefined|bad|illegal|inconnu\\w*|desconocid\\w*|inexist\\w*|unbekannt|nicht (?:gefunden|bekannt)|n.existe pas|no existe|existiert nicht)";
const nobodyThere = new RegExp(
  [
    `\\b${who}\\b[^.;\\n]{0,60}?\\b${missing}`,
    `\\b(?:unknown|invalid|no such|nonexistent|non-existent|bad|illegal|unrouteable|unroutable|no)\\b[^.;\\n]{0,30}?\\b${who}\\b`,
    '\\bno such (?:person|user|mailbox|recipient|one)|\\bnot our customer|\\bnobody (?:here )?by that name|\\bhas (?:moved|left)|\\bno mailbox here|\\bunknown (?:or illegal|local)',
    '\\bnot listed in|\\bunrouteable address|\\baddress rejected\\b(?!\\s*:)|recipient (?:not found|rejected)|\\b(?:该用户|用户)不存在|пользовател\\S* не найден|недействительный|宛先不明|見つからない',
    'mailbox unavailable|user not local|not a known user|unknown recipient|permanent noemail|recipnotfound|recipientnotfound|badrecipient',
  ].join('|'),
  'iu',
);
const noHost =
  /\b(?:unknown host|(?:host|domain|name)\b[^.;\n]{0,60}?\b(?:not (?:been )?found|unknown|does ?n[o']t exist|not exist|couldn.?t be found|no mx|not known|non-?existent|may not exist)|no such (?:domain|host)|null ?mx|no mx|mail exchanger|doesn.?t receive e?-?mail|does not (?:accept|receive) (?:any )?(?:e-?)?mails?|nxdomain|no (?:relevant answers|route to (?:host|domain)|mail exchange)|unrouteable (?:mail )?domain|bad (?:destination )?(?:domain|host)|host unknown)\b/iu;
/** The address had been accepted; it is the mail, or a filter, that failed then. */
const afterAddress =
  /end of data|after (?:end of )?data|smtp transmission failure|after i sent the message|-SMTP command\s+DATA|SMTP command\s*\n?\s*DATA/iu;
const gone = /^5\.1\.(?:[0-46]|10|351)$|^5\.4\.(?:4|310)$/u;
/** These name a trouble that is not the address, whatever the words beside them say. */
const otherTrouble = /^5\.(?:1\.[789]|2\.[023-9]|3\.\d+|4\.(?:[267])|6\.\d+)$/u;

/**
 * Judges a failed recipient. Hard is only what says clearly that the address or its domain is not there: full, blocked, filtered and
 * refused mailboxes may answer another day, and a wrong "hard" would silence somebody for good.
 */
export function judgeFailure(failure: Failure): Verdict {
  const words = innermost(withoutNoise(failure.words));
  const all = `${failure.words}\n${failure.context}`;
  const status = tellingStatus(failure.status, failure.words, all);
  const smtp = lastOf(replyCode, failure.words) || lastOf(replyCode, failure.context);
  const digit = digitOf(status, smtp, failure, all);
  return { status, smtp, digit, hard: digit === '5' && !failure.isDelay && isHard(status, words, failure.context) };
}

function isHard(status: string, words: string, context: string): boolean {
  if (otherTrouble.test(status)) {
    return false;
  }
  if (/^5\.1\.6$|\b551\b[^.]*not our/u.test(`${status}`) || noHost.test(words)) {
    return !aboutSender.test(words);
  }
  const isLate = afterAddress.test(context) && !/^5\.1\.1$/u.test(status);
  if (isLate || aboutSender.test(words)) {
    return false;
  }
  return nobodyThere.test(words) || isRefusedAddress(status, words) || (gone.test(status) && !passing.test(words));
}

/** Microsoft refuses addresses that do not exist with a sentence about access. */
function isRefusedAddress(status: string, words: string): boolean {
  return status === '5.4.1' && /recipient address rejected: access denied/iu.test(words);
}

/** Links, addresses, host names and quoted ids say nothing of the reason, and hold every word there is. */
function withoutNoise(text: string): string {
  return text
    .slice(0, 4_000)
    .replace(/https?:\S+/giu, ' ')
    .replace(/<[^<>\s]{0,300}>/gu, ' ')
    .replace(/[^\s@]{1,100}@[^\s@]{1,200}/gu, ' ')
    .replace(/\b[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}\b/gu, ' ')
    .replace(/\[[^\]]{0,100}\]/gu, (held) => (/[a-z] [a-z]/iu.test(held) ? held : ' '))
    .replace(/\s+/gu, ' ');
}

/** A relay that quotes the server before it puts a guess of its own in front: `Unknown address error 550-'Access denied'`. */
function innermost(text: string): string {
  const quoted = /\b[45]\d\d-?\s?'([^']{3,})/u.exec(text)?.[1];
  return quoted ?? text;
}

/** The status field says "5.0.0" where the server gave no reason; its words may still name one. */
function tellingStatus(field: string, words: string, all: string): string {
  const said = lastOf(enhanced, words) || lastOf(enhanced, field === '' ? all : words);
  const isTelling = field !== '' && !field.endsWith('.0.0');
  return isTelling ? field : said || field;
}

function lastOf(pattern: RegExp, text: string): string {
  return text.match(pattern)?.at(-1) ?? '';
}

const stillTrying =
  /\b(?:delayed|deferred|transient|will be retried|will retry|still trying|temporar\w+|try again|have been failing|warning message only|not yet been delivered)\b/iu;

function digitOf(status: string, smtp: string, { isDelay, words }: Failure, all: string): '4' | '5' {
  const stated = status.endsWith('.0.0') && smtp !== '' ? smtp : status || smtp;
  if (stated !== '') {
    return stated.startsWith('4') ? '4' : '5';
  }
  const isTold = nobodyThere.test(words) || !stillTrying.test(all);
  return !isDelay && isTold ? '5' : '4';
}
