import { Injectable } from '@nestjs/common';
import { Reachability } from '../delivery/reachability.service.js';
import { AnswerArrivals } from './answer-arrivals.service.js';
import { AutomaticMail } from './automatic-mail.service.js';
import { ChatArrivals } from './chats/chat-arrivals.service.js';
import { SmsArrivals } from './sms-arrivals.service.js';

/** What arrivals mean besides being stored, each in the words of its kind of channel. */
@Injectable()
export class ArrivalMeanings {
  constructor(
    readonly mail: AutomaticMail,
    readonly chats: ChatArrivals,
    readonly sms: SmsArrivals,
    readonly reach: Reachability,
    readonly answers: AnswerArrivals,
  ) {}
}
