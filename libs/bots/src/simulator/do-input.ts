import { inDigitsOf, menuKeys } from '../render/menu-keys.js';
import { durationMs, type ScriptChannel } from '../script/terms.js';
import type { BotHappening } from '../engine/types/bot-event.js';
import { happen, note, passTime, type Play } from './play.js';
import type { SimulatedInput } from './simulated-run.js';
import { setAgents } from './simulated-world.js';

/** Does one input of a simulation, in the way of its channel. `at` is its place in the list. */
export function doInput(play: Play, input: SimulatedInput, at: number): void {
  const happening = happeningOf(play, input);
  if (happening === 'impossible') {
    const why = 'press' in input ? `“${input.press}” is not offered here` : 'this cannot be done here';
    play.impossible.push({ input: at, why });
    note(play, 'customer', why, input);
  } else if (happening === null) {
    changeWorld(play, input);
  } else {
    note(play, 'customer', told(happening), input);
    happen(play, happening);
  }
}

/** What an input is to the engine; null: it changes the world. */
function happeningOf(play: Play, input: SimulatedInput): BotHappening | 'impossible' | null {
  if ('type' in input) {
    return { kind: 'text', text: input.type };
  }
  if ('press' in input) {
    return pressed(play, input.press, input.turn);
  }
  if ('keypad' in input) {
    return play.state.channel === 'voice'
      ? { kind: 'digits', digits: input.keypad }
      : { kind: 'text', text: input.keypad };
  }
  if ('file' in input) {
    return { kind: 'file', mediaType: input.file };
  }
  return 'resume' in input ? { kind: 'resume' } : 'hangup' in input ? { kind: 'hangup' } : null;
}

/** A button on a page and in Telegram; its number by SMS, its words by e-mail, its key on the phone. */
function pressed({ state }: Play, option: string, turn: number | undefined): BotHappening | 'impossible' {
  const { asked } = state;
  const options = asked?.options ?? [];
  const at = options.findIndex(({ id }) => id === option);
  const chosen = options[at];
  if (turn !== undefined && state.channel !== 'voice') {
    return { kind: 'choice', turn, option };
  }
  if (chosen === undefined || asked === null) {
    return 'impossible';
  }
  const key = menuKeys(options)[at] ?? '';
  const { label, dtmf } = chosen;
  return ways[state.channel]({
    turn: asked.turn,
    option,
    label,
    dtmf,
    key: inDigitsOf(state.locale, key),
  });
}

type Pressed = { turn: number; option: string; label: string; dtmf: string | null; key: string };

const button = ({ turn, option }: Pressed): BotHappening => ({ kind: 'choice', turn, option });
const ways: Record<ScriptChannel, (pressed: Pressed) => BotHappening> = {
  web: button,
  telegram: button,
  sms: ({ key }) => ({ kind: 'text', text: key }),
  email: ({ label }) => ({ kind: 'text', text: label }),
  voice: ({ dtmf, key }) => ({ kind: 'digits', digits: dtmf ?? key }),
};

function changeWorld(play: Play, input: SimulatedInput): void {
  const { world } = play;
  if ('wait' in input) {
    passTime(play, typeof input.wait === 'number' ? input.wait : durationMs(input.wait));
  } else if ('agents' in input) {
    setAgents(world, input.agents, input.queue);
    note(play, 'hub', `agents ${input.agents}${input.queue === undefined ? '' : ` in ${input.queue}`}`);
  } else if ('calendar' in input) {
    world.calendars[input.calendar] = input.is;
    note(play, 'hub', `${input.calendar} is ${input.is}`);
  } else if ('lookup' in input) {
    world.lookups[input.lookup] = 'fails' in input ? { fails: input.fails } : { answer: input.answer };
  }
}

function told(happening: BotHappening): string {
  switch (happening.kind) {
    case 'text':
      return happening.text;
    case 'digits':
      return `keys ${happening.digits}`;
    case 'choice':
      return `[${happening.option}]`;
    case 'file':
      return `file ${happening.mediaType}`;
    case 'start':
    case 'silence':
    case 'result':
    case 'resume':
    case 'hangup':
      return happening.kind;
  }
}
