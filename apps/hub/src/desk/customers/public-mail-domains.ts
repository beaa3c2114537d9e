/** Domains at which anybody has a mailbox: that two customers have one there says nothing about where they work. */
export const publicMailDomains: readonly string[] = (
  'gmail.com googlemail.com yahoo.com ymail.com rocketmail.com yahoo.co.uk hotmail.com outlook.com live.com msn.com icloud.com me.com ' +
  'mac.com aol.com proton.me protonmail.com pm.me gmx.com gmx.de gmx.net web.de mail.com mail.ru yandex.ru yandex.com zoho.com ' +
  'fastmail.com tutanota.com hey.com qq.com 163.com 126.com chmail.ir mailfa.com vatanmail.ir iran.ir parsmail.ir mihanmail.ir'
).split(' ');
